import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hasErrno, translateFileError } from './file-error.ts';

/**
 * Asked first by work whose files are written last. A folder that does not exist yet can be made where the nearest one upwards may be
 * written to.
 *
 * @throws FolderUnwritable, FolderIsFile
 */
export function requireWritable(directory: string): void {
  const folder = resolve(directory);
  try {
    fs.accessSync(nearest(folder), fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw translateFileError(error, folder, { missing: 'FolderUnwritable', denied: 'FolderUnwritable' });
  }
}

/** The folder itself, or the one upwards that would get it. */
function nearest(folder: string): string {
  try {
    if (fs.statSync(folder).isDirectory()) return folder;
  } catch (error) {
    const parent = dirname(folder);
    if (hasErrno(error, 'ENOENT') && parent !== folder) return nearest(parent);
    throw error;
  }
  throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}
