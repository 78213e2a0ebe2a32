import { execFileSync, spawnSync } from 'node:child_process';

/** Whether a program can be started; says so once if it can't. */
export function hasTool(name: string): boolean {
  const { error } = spawnSync(name, name === 'keytool' ? ['-help'] : ['version'], { stdio: 'ignore' });
  if (error) console.log(`  skipped: ${name} is not installed`);
  return error === undefined;
}

/** Runs a program and gives what it printed; its errors are part of the failure. */
export function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs a line in a POSIX shell. */
export function shell(line: string, folder: string): string {
  return execFileSync('sh', ['-ec', line], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
