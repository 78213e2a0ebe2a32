import { lstat, rm } from 'node:fs/promises';
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
