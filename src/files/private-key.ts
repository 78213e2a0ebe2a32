import type { KeyObject } from 'node:crypto';
import { readPrivateKey } from '../cert/key-file.ts';
import { toError } from '../errors.ts';
import { readInputFile } from './read.ts';

/**
 * Reads a private key that a login is made or renewed with; it must be usable as it is: PEM, RSA, without a passphrase.
 *
 * @returns with the absolute path
 * @throws KeyFileMissing and the other errors of files, or what is wrong with the key
 */
export async function readKeyFrom(file: string): Promise<{ path: string; privateKey: KeyObject }> {
  const { bytes, path } = await readInputFile(file, 'key');
  const reading = readPrivateKey(bytes, path);
  if (!reading.usable) throw toError(reading.problem);
  return { path, privateKey: reading.privateKey };
}
