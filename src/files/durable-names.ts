import fs from 'node:fs';
import { hasErrno } from './file-error.ts';

/**
 * Gives a temporary its name where nothing has that name yet; fails with EEXIST otherwise. Where the file system has no hard
 * links (FAT, exFAT, some network shares), an empty file created exclusively holds the place for the rename.
 */
export function linkOrMove(temporary: string, path: string): void {
  try {
    fs.linkSync(temporary, path);
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    fs.closeSync(fs.openSync(path, 'wx', 0o600));
    try {
      fs.renameSync(temporary, path);
    } catch (second) {
      fs.rmSync(path);
      throw second;
    }
  }
}

export function isWithoutLinks(error: unknown): boolean {
  return hasErrno(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK');
}

/** Makes renames and links durable. Windows can't open a folder for this, and doesn't need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
