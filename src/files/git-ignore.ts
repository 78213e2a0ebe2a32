import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { hasErrno, translateFileError } from './file-error.ts';

/** Files that a git work tree would take into a commit, and the lines that prevent it. */
export type OpenToGit = {
  /** The `.gitignore` at the top of the work tree, existing or not. */
  gitIgnore: string;
  lines: string[];
};

/**
 * Which of the files in a folder git doesn't ignore; undefined outside a work tree or where all are ignored. Where git itself
 * can't be asked, none counts as ignored. Never fails: it is only for a warning.
 */
export async function openToGit(directory: string, names: string[]): Promise<OpenToGit | undefined> {
  const folder = realPath(directory);
  const top = workTreeOf(folder);
  if (top === undefined || names.length === 0) return undefined;
  const paths = names.map((name) => relative(top, join(folder, name)).split(sep).join('/'));
  const ignored = await ignoredPaths(top, paths);
  const lines = paths.filter((path) => !ignored.includes(path)).map(patternOf);
  return lines.length === 0 ? undefined : { gitIgnore: join(top, '.gitignore'), lines };
}

/**
 * The text of a folder's `.gitignore` with a line in it; undefined where the file has the line already.
 *
 * @throws FileUnreadable, FileIsFolder
 */
export function withIgnoredLine(directory: string, line: string): { text: string; exists: boolean } | undefined {
  const path = join(directory, '.gitignore');
  let before: string | undefined;
  try {
    before = fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTDIR')) {
      throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FileUnreadable' });
    }
  }
  if (before === undefined) return { text: `${line}\n`, exists: false };
  // The last of two lines that contradict each other counts.
  const lines = before.split(/\r?\n/).map((one) => one.trim());
  if (lines.findLast((one) => one === line || one === `!${line}`) === line) return undefined;
  return { text: `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`, exists: true };
}

function realPath(directory: string): string {
  try {
    return fs.realpathSync(directory);
  } catch {
    return directory;
  }
}

/** The nearest folder upwards with a `.git` in it, which is a folder, or a file in submodules and linked work trees. */
function workTreeOf(folder: string): string | undefined {
  if (fs.existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : workTreeOf(parent);
}

/**
 * Asks git in the work tree, since the folder itself may not be there yet, and without running a file-system monitor that the repository's
 * own configuration may name.
 */
async function ignoredPaths(top: string, paths: string[]): Promise<string[]> {
  const args = ['-C', top, '-c', 'core.fsmonitor=false', 'check-ignore', '-z', '--stdin'];
  return new Promise((resolve) => {
    const git = execFile('git', args, { timeout: 5000, windowsHide: true }, (error, stdout) => {
      resolve(error ? [] : stdout.split('\0').filter((name) => name !== ''));
    });
    git.stdin?.on('error', () => undefined); // git may be missing or gone before it reads
    git.stdin?.end(paths.join('\0'));
  });
}

/** A path with slashes as a line of .gitignore that means this file only (gitignore(5)). */
function patternOf(path: string): string {
  return `/${path.replace(/[\\*?[\]]/g, String.raw`\$&`).replace(/ +$/, (blanks) => blanks.replaceAll(' ', '\\ '))}`;
}
