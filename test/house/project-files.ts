import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Every file that is committed or about to be: paths from the root of the project, with forward slashes. */
export function projectFiles(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  // a clone may belong to another user than the one who tests it
  const output = execFileSync('git', ['-c', 'safe.directory=*', ...list], { cwd: root, encoding: 'utf8' });
  return [...new Set(output.split('\0'))].filter((file) => isFile(join(root, file))).sort();
}

/** Neither deleted since, nor a folder behind a link. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
