import { X509Certificate } from 'node:crypto';
import { Problem } from './elements.ts';

const longest = 4096;

/**
 * The PEM of what `<certificate>` holds: a full PEM, the bare base64 body of one, or the base64 of a whole PEM file. RSA only, 4 KB at most
 * (docs/reference/external-client-apps.md §3). The words of the refusals are guesses.
 */
export function certificatePem(text: string): string {
  const bytes = text.includes('BEGIN CERTIFICATE') ? Buffer.from(text) : Buffer.from(text, 'base64');
  if (bytes.length > longest) throw new Problem('The certificate file is too large. The maximum size is 4 KB.');
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(bytes);
  } catch {
    throw new Problem('The certificate is invalid.');
  }
  if (certificate.publicKey.asymmetricKeyType !== 'rsa') {
    throw new Problem('The certificate is invalid: its key must be an RSA key.');
  }
  return certificate.toString().trim();
}
