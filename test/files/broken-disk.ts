import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Calls that change or sync something on the disk. */
const calls = ['openSync', 'writeSync', 'fsyncSync', 'linkSync', 'renameSync'] as const;

type Call = (typeof calls)[number];

/**
 * Lets `hook` run before each of these calls, and before the opening of a file by promise, until `restore`. What the hook
 * throws is what the disk answers.
 */
export function interceptDisk(hook: (call: Call | 'open', count: number) => void): { restore: () => void } {
  const originals = { ...fs };
  const { open } = fs.promises;
  let count = 0;
  for (const call of calls) {
    const original = fs[call] as (...args: unknown[]) => unknown;
    (fs as unknown as Record<string, unknown>)[call] = (...args: unknown[]): unknown => {
      hook(call, (count += 1));
      return original(...args);
    };
  }
  fs.promises.open = async (...args) => {
    hook('open', (count += 1));
    return open(...args);
  };
  syncBuiltinESMExports();
  return {
    restore: () => {
      for (const call of calls) (fs as unknown as Record<string, unknown>)[call] = originals[call];
      fs.promises.open = open;
      syncBuiltinESMExports();
    },
  };
}

/** An error as the operating system gives it. */
export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: from the test`), { code });
}
