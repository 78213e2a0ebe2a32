// Runs the setup in the home of HOME, into the folder of the first argument, and kills itself right after the n-th call that changes
// something on the disk (second argument; 0: never). At the end it prints how many there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', at] = process.argv.slice(2);

let count = 0;
function afterwards<Result>(result: Result): Result {
  count += 1;
  if (count === Number(at)) process.kill(process.pid, 'SIGKILL');
  return result;
}

const opensToWrite = (flags: unknown): boolean => typeof flags === 'string' && /[wa+]/.test(flags);

type Calls = Record<string, (...args: unknown[]) => unknown>;
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

const { openNetwork } = await import('../../src/org/http.ts');
const { runSetup } = await import('./setup-run.ts');
await runSetup(
  process.env.HOME ?? '',
  folder,
  openNetwork({}, () => new Date())
);
process.stdout.write(String(count));
