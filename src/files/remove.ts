import { lstat, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrno, translateFileError } from './file-error.ts';

/**
 * Whether there is a regular file under this path; a link or a folder is none.
 *
 * @throws FileUnreadable, FileFailed
 */
export async function isRegularFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false;
    throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FileUnreadable' });
  }
}

/**
 * The names of the folders in a folder, in alphabetical order; a link is none.
 *
 * @throws FileUnreadable, FileFailed
 */
export async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FileUnreadable' });
  }
}

/**
 * Removes one file, never a folder.
 *
 * @throws FolderUnwritable, FileFailed
 */
export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FolderUnwritable' });
  }
}

/**
 * Removes these files of a folder, in this order, and then the folder, unless something else lies in it.
 *
 * @throws FolderUnwritable, FileFailed
 */
export async function removeFolderOf(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await removeFile(join(folder, name));
  try {
    await rmdir(folder);
  } catch (error) {
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return;
    throw translateFileError(error, folder, { missing: 'FileFailed', denied: 'FolderUnwritable' });
  }
}

/** Whether two paths lead to one file, through links as well; false where either does not exist. */
export async function sameFile(one: string, other: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(one, { bigint: true }), stat(other, { bigint: true })]);
    return first.ino === second.ino && first.dev === second.dev;
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return one === other;
    throw translateFileError(error, one, { missing: 'FileFailed', denied: 'FileUnreadable' });
  }
}
