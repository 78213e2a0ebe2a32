import fs from 'node:fs';
import { hasErrno, translateFileError } from './file-error.ts';

/**
 * Whether a folder of this name can be filled: nothing is there, or a folder with nothing in it, as a killed run leaves one behind.
 *
 * @throws FolderUnwritable, FileFailed
 */
export function isVacant(path: string): boolean {
  try {
    return fs.readdirSync(path).length === 0;
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return true;
    if (hasErrno(error, 'ENOTDIR')) return false;
    throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FolderUnwritable' });
  }
}
