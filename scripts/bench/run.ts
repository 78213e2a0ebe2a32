import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One temporary folder for everything that the comparisons make; it goes when the process does. */
export const workshop = mkdtempSync(join(tmpdir(), 'aquila-bench-'));
process.on('exit', () => rmSync(workshop, { recursive: true, force: true, maxRetries: 3 }));

/** An empty folder. */
export const newFolder = (): string => mkdtempSync(join(workshop, 'run-'));

/** Runs a program to its end, without standard input, and throws unless it ends as expected. */
export async function run(
  program: string,
  words: string[],
  { cwd, env = {}, expected = 0 }: { cwd: string; env?: Record<string, string>; expected?: number }
): Promise<void> {
  const quiet = { SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true', NO_COLOR: '1' };
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: workshop, USERPROFILE: workshop, ...quiet, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== expected) throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${stderr}`);
}

/** The programs of the guide that are not installed here. */
export const missingTools = (): string[] =>
  ['openssl', 'keytool'].filter((tool) => spawnSync(tool, ['-help'], { stdio: 'ignore' }).error !== undefined);
