import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cli } from '../process.ts';

const makeSet = fileURLToPath(new URL('make-set.ts', import.meta.url));

/** The whole command line, or only what it does once the framework has started. */
export type Victim = 'command' | 'function';

/** When to kill: so many milliseconds after the start, or at the n-th change in the folder that is written to. */
export type Moment = { afterMs: number } | { atChange: number };

/** How a run ended: `changes` counts what was seen in the folder, and is 0 where nobody looked. */
export type Ending = { wasKilled: boolean; changes: number; ms: number; stderr: string };

/**
 * Starts `cert create --force --keystore p12 --keystore jks` for a folder, kills it at the given moment as a power cut would, and
 * waits until it is gone. It may be done by then.
 */
export async function makeKilled(
  victim: Victim,
  { home, folder, password }: { home: string; folder: string; password: string },
  moment?: Moment
): Promise<Ending> {
  const started = performance.now();
  const flags = ['--force', '--keystore', 'p12', '--keystore', 'jks', '--no-prompt', '--output-dir', folder];
  const words = victim === 'command' ? [cli, 'aquila', 'cert', 'create', ...flags] : [makeSet, folder];
  const child = spawn(process.execPath, words, {
    cwd: home,
    env: {
      ...{ PATH: process.env.PATH, HOME: home, USERPROFILE: home, NO_COLOR: '1' },
      ...{ SF_DISABLE_TELEMETRY: 'true', SF_AQUILA_KEYSTORE_PASSWORD: password },
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let changes = 0;
  const watcher = watch(folder, () => {
    changes += 1;
    if (moment && 'atChange' in moment && changes === moment.atChange) child.kill('SIGKILL');
  });
  const timer = moment && 'afterMs' in moment ? setTimeout(() => child.kill('SIGKILL'), moment.afterMs) : undefined;
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (...ending) => resolve(ending));
  });
  clearTimeout(timer);
  watcher.close();
  if (signal === null && code !== 0) throw new Error(`it ended with ${code} of its own accord: ${stderr}`);
  return { wasKilled: signal === 'SIGKILL', changes, ms: performance.now() - started, stderr };
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
