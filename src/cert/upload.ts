import type { X509Certificate } from 'node:crypto';
import { aquilaError } from '../errors.ts';
import { describeCertificate } from './certificate.ts';
import { encodePem } from './pem.ts';
import { shellWord, siblingName } from './shell.ts';
import { uploadLimit } from './upload-limit.ts';

/**
 * A certificate as the file to upload: alone, PEM, LF.
 *
 * @param source a file that holds this certificate and no other, if there is one: for a command in a message
 * @throws CertificateSignatureUnsupported unless it is signed with RSA and SHA-2; CertificatePemTooLarge where only DER fits,
 *   CertificateDerTooLarge where nothing does (docs/reference/salesforce-oauth.md §7)
 */
export function uploadFile(certificate: X509Certificate, source = 'ALONE.crt'): string {
  const { subject, signatureAlgorithm } = describeCertificate(certificate, certificate.validToDate);
  if (!/^sha(?:256|384|512)With/.test(signatureAlgorithm)) {
    throw aquilaError('CertificateSignatureUnsupported', [subject, signatureAlgorithm]);
  }
  const pem = encodePem('CERTIFICATE', certificate.raw);
  const der = certificate.raw.length;
  if (der > uploadLimit) throw aquilaError('CertificateDerTooLarge', [subject, der, uploadLimit]);
  if (pem.length > uploadLimit) {
    const convert = `openssl x509 -in ${shellWord(source)} -outform DER -out ${shellWord(siblingName(source, '.upload.der'))}`;
    throw aquilaError('CertificatePemTooLarge', [subject, pem.length, uploadLimit, der], [convert]);
  }
  return pem;
}

/** Salesforce documents SHA-256; whether it takes the stronger hashes of the family is not known. */
export const isSignatureDocumented = (signatureAlgorithm: string): boolean =>
  signatureAlgorithm === 'sha256WithRSAEncryption';
