import { readElement, tags } from '../../cert/der.ts';
import { encodeElement } from '../der-encoding.ts';

/** Why bytes are no element of BER: they end too early, or they make no sense. */
export type BerFault = 'cut off' | 'malformed';

/** No container needs more levels; deeper ones are made to exhaust the stack. */
const maximumDepth = 32;

/**
 * The first element of BER (X.690 §8.1) in DER: definite lengths, and an OCTET STRING in one piece, so that `readElement` can go through
 * it. What octets and bits hold stays as it is.
 *
 * @returns `length`: how many of the given bytes the element takes
 */
export function toDer(bytes: Uint8Array, depth = 0): { der: Buffer; length: number } | BerFault {
  const [tag, size] = bytes;
  if (tag === undefined || size === undefined) return 'cut off';
  const isConstructed = (tag & 0x20) !== 0;
  const isLongTag = (tag & 0x1f) === 0x1f;
  if (isLongTag || depth > maximumDepth) return 'malformed';
  if (size === 0x80) return isConstructed ? indefinite(tag, bytes, depth) : 'malformed';
  const header = 2 + (size > 0x80 ? size & 0x7f : 0);
  if (header > 6) return 'malformed';
  const element = readElement(bytes);
  if (!element) return 'cut off';
  if (!isConstructed) return { der: encodeElement(tag, element.contents), length: element.length };
  const children: Buffer[] = [];
  for (let at = 0; at < element.contents.length;) {
    const child = toDer(element.contents.subarray(at), depth + 1);
    if (typeof child === 'string') return 'malformed';
    children.push(child.der);
    at += child.length;
  }
  return assembled(tag, children, element.length);
}

/** Children up to two zero bytes. */
function indefinite(tag: number, bytes: Uint8Array, depth: number): { der: Buffer; length: number } | BerFault {
  const children: Buffer[] = [];
  for (let at = 2; at + 1 < bytes.length;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return assembled(tag, children, at + 2);
    const child = toDer(bytes.subarray(at), depth + 1);
    if (typeof child === 'string') return child;
    children.push(child.der);
    at += child.length;
  }
  return 'cut off';
}

function assembled(tag: number, children: Buffer[], length: number): { der: Buffer; length: number } | BerFault {
  if (tag !== (tags.octetString | 0x20)) return { der: encodeElement(tag, ...children), length };
  const pieces = children.flatMap((child) => readElement(child) ?? []);
  if (pieces.some((piece) => piece.tag !== tags.octetString)) return 'malformed';
  return { der: encodeElement(tags.octetString, ...pieces.map(({ contents }) => contents)), length };
}
