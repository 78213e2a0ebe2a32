import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const opensToWrite = (flags: unknown): boolean => typeof flags === 'string' && /[wa+]/.test(flags);

type Calls = Record<string, (...args: unknown[]) => unknown>;

/**
 * Lets this process kill itself right after the n-th call that changes something on the disk; 0: never. To be called before anything is
 * imported that takes such a call.
 *
 * @returns how many such calls there have been
 */
export function dieAfterOperation(at: number): () => number {
  let count = 0;
  const afterwards = <Result>(result: Result): Result => {
    count += 1;
    if (count === at) process.kill(process.pid, 'SIGKILL');
    return result;
  };
  const sync = fs as unknown as Calls;
  for (const name of ['openSync', 'linkSync', 'renameSync', 'rmSync', 'writeFileSync', 'mkdirSync'] as const) {
    const call = sync[name]!;
    sync[name] = (...args) => {
      const changes = name === 'openSync' ? opensToWrite(args[1]) : name !== 'rmSync' || fs.existsSync(String(args[0]));
      const result = call(...args);
      return changes ? afterwards(result) : result;
    };
  }
  const promised = fs.promises as unknown as Calls;
  for (const name of ['open', 'writeFile', 'rename', 'mkdir', 'rm', 'unlink'] as const) {
    const call = promised[name]!;
    promised[name] = async (...args) => {
      const result = await call(...args);
      return name === 'open' && !opensToWrite(args[1]) ? result : afterwards(result);
    };
  }
  syncBuiltinESMExports();
  return () => count;
}
