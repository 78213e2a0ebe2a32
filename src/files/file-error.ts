import { SfError } from '@salesforce/core/sfError';
import { aquilaError, type ErrorCode } from '../errors.ts';

/** Whether an error came from the operating system with one of these codes. */
export function hasErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * The border between the operating system's errors and ours. Our own errors pass through unchanged.
 *
 * @param path what was being read or written
 * @param codes what a missing file and a refused access mean here
 */
export function translateFileError(
  error: unknown,
  path: string,
  codes: { missing: ErrorCode; denied: ErrorCode }
): Error {
  if (error instanceof SfError) return error;
  if (hasErrno(error, 'ENOENT') && codes.missing !== 'FileFailed') return aquilaError(codes.missing, [path]);
  if (hasErrno(error, 'EACCES', 'EPERM', 'EROFS')) return aquilaError(codes.denied, [path]);
  if (hasErrno(error, 'ENOTDIR', 'EEXIST')) return aquilaError('FolderIsFile', [path]);
  if (hasErrno(error, 'EISDIR')) return aquilaError('FileIsFolder', [path]);
  if (hasErrno(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) return aquilaError('DiskFull', [path]);
  const errno = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return aquilaError('FileFailed', [path, errno]);
}
