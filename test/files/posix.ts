import { lstatSync } from 'node:fs';
import { expect } from 'chai';

const isWindows = process.platform === 'win32';

/** A test of what Windows doesn't have: links for everybody, a umask, signals that a process can send itself. */
export const onPosix = isWindows ? it.skip : it;

/** The permission bits of a file; on Windows only the write bit exists, so there is nothing to compare. */
export function expectMode(path: string, mode: string): void {
  if (!isWindows) expect((lstatSync(path).mode & 0o777).toString(8), path).to.equal(mode);
}
