import type { X509Certificate } from 'node:crypto';
import { readCertificate } from '../cert/certificate.ts';
import { toError } from '../errors.ts';
import { readInputFile } from './read.ts';

/**
 * Reads the first certificate of a file, PEM or DER.
 *
 * @returns with the absolute path
 * @throws CertificateFileMissing and the other errors of files, or what the file holds in place of a certificate
 */
export async function readCertificateFrom(file: string): Promise<{ path: string; certificate: X509Certificate }> {
  const { bytes, path } = await readInputFile(file, 'certificate');
  const reading = readCertificate(bytes, path);
  if ('problem' in reading) throw toError(reading.problem);
  return { path, certificate: reading.certificate };
}
