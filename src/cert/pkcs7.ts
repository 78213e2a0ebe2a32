import { berParts } from './ber.ts';
import { oidOf, readElement, tags } from './der.ts';

const signedData = '1.2.840.113549.1.7.2';

/**
 * The certificates of a PKCS#7 or CMS SignedData (RFC 5652 §5.1, §10.2.2), each as its own bytes, in the order of the file.
 * Signatures in it are not looked at: certification authorities only use it as an envelope.
 *
 * @returns undefined if the bytes are something else, such as an encrypted message, or are cut off
 */
export function pkcs7Certificates(ber: Uint8Array): Uint8Array[] | undefined {
  const [type, content] = berParts(ber, tags.sequence) ?? [];
  if (!type || !content || oidOf(readElement(type)) !== signedData) return undefined;
  const [message] = berParts(content, tags.context0) ?? [];
  const fields = message && berParts(message, tags.sequence);
  if (!fields) return undefined;
  const certificates = fields.find(([tag]) => tag === tags.context0);
  // other kinds, such as attribute certificates, have tags of their own
  return certificates ? berParts(certificates, tags.context0)?.filter(([tag]) => tag === tags.sequence) : [];
}
