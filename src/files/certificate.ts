import type { X509Certificate } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { readCertificate } from '../cert/certificate.ts';
import { problemOf, toError } from '../errors.ts';
import { readInputFile, type InputFile } from './read.ts';

/**
 * Reads the first certificate of a file, PEM or DER.
 *
 * @returns with the absolute path
 * @throws CertificateFileMissing and the other errors of files, or what the file holds in place of a certificate
 */
export async function readCertificateFrom(file: string): Promise<{ path: string; certificate: X509Certificate }> {
  return certificateIn(await readInputFile(file, 'certificate'));
}

/**
 * The certificate beside a key: the file of the key's own name with `.crt`, else `server.crt`, as the guide calls it.
 *
 * @returns the paths that were looked at where there is none
 */
export async function findCertificateBeside(keyPath: string): Promise<InputFile | { missing: string[] }> {
  const folder = dirname(keyPath);
  const names = new Set([`${basename(keyPath, extname(keyPath))}.crt`, 'server.crt']);
  const missing = [...names].map((name) => join(folder, name));
  for (const candidate of missing) {
    try {
      return await readInputFile(candidate, 'certificate');
    } catch (error) {
      if (problemOf(error).code !== 'CertificateFileMissing') throw error;
    }
  }
  return { missing };
}

/** @throws what the file holds in place of a certificate */
export function certificateIn({ bytes, path }: InputFile): { path: string; certificate: X509Certificate } {
  const reading = readCertificate(bytes, path);
  if ('problem' in reading) throw toError(reading.problem);
  return { path, certificate: reading.certificate };
}
