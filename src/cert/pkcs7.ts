import { oidOf, readElement, tags, type DerElement } from './der.ts';

const signedData = '1.2.840.113549.1.7.2';

/** A SignedData has six levels above its certificates; more are made to exhaust the stack. */
const maximumDepth = 32;

/**
 * The certificates of a PKCS#7 or CMS SignedData (RFC 5652 §5.1, §10.2.2), each as its own bytes, in the order of the file.
 * Signatures in it are not looked at: certification authorities only use it as an envelope.
 *
 * @returns undefined if the bytes are something else, such as an encrypted message, or are cut off
 */
export function pkcs7Certificates(ber: Uint8Array): Uint8Array[] | undefined {
  const [type, content] = partsOf(ber, tags.sequence) ?? [];
  if (!type || !content || oidOf(readElement(type)) !== signedData) return undefined;
  const [message] = partsOf(content, tags.context0) ?? [];
  const fields = message && partsOf(message, tags.sequence);
  if (!fields) return undefined;
  const certificates = fields.find(([tag]) => tag === tags.context0);
  // other kinds, such as attribute certificates, have tags of their own
  return certificates ? partsOf(certificates, tags.context0)?.filter(([tag]) => tag === tags.sequence) : [];
}

/** The elements in a constructed element with this tag, as bytes; undefined if it is another one, or not whole. */
function partsOf(bytes: Uint8Array, tag: number): Uint8Array[] | undefined {
  const element = readBer(bytes);
  if (element?.tag !== tag) return undefined;
  const parts: Uint8Array[] = [];
  for (let rest = element.contents; rest.length > 0;) {
    const part = readBer(rest);
    if (!part) return undefined;
    parts.push(rest.subarray(0, part.length));
    rest = rest.subarray(part.length);
  }
  return parts;
}

/** As `readElement`, and indefinite lengths too (X.690 §8.1.3.6), in which Java programs like to write the outer levels. */
export function readBer(bytes: Uint8Array, depth = 0): DerElement | undefined {
  const [tag, size] = bytes;
  if (tag === undefined || size !== 0x80) return readElement(bytes);
  let at = 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const child = depth < maximumDepth ? readBer(bytes.subarray(at), depth + 1) : undefined;
    if (!child) return undefined;
    at += child.length;
  }
  return { tag, contents: bytes.subarray(2, at), length: at + 2 };
}
