import { encodeElement } from './der-encoding.ts';
import { readElement, tags, type DerElement } from './der.ts';

/** Why bytes are no element of BER: they end too early, or they make no sense. */
export type BerFault = 'cut off' | 'malformed';

/** No container needs more levels; deeper ones are made to exhaust the stack. */
const maximumDepth = 32;

/**
 * The first element of BER (X.690 §8.1): as `readElement`, and indefinite lengths too (§8.1.3.6), in which Java programs like to write
 * the outer levels. The contents stay as they are.
 */
export function readBer(bytes: Uint8Array, depth = 0): DerElement | BerFault {
  const [tag, size] = bytes;
  if (tag === undefined || size === undefined) return 'cut off';
  const isLongTag = (tag & 0x1f) === 0x1f;
  if (isLongTag || depth > maximumDepth) return 'malformed';
  if (size === 0x80) return (tag & 0x20) === 0 ? 'malformed' : indefinite(tag, bytes, depth);
  const header = 2 + (size > 0x80 ? size & 0x7f : 0);
  return header > 6 ? 'malformed' : (readElement(bytes) ?? 'cut off');
}

/** Children up to two zero bytes. */
function indefinite(tag: number, bytes: Uint8Array, depth: number): DerElement | BerFault {
  for (let at = 2; at + 1 < bytes.length;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return { tag, contents: bytes.subarray(2, at), length: at + 2 };
    const child = readBer(bytes.subarray(at), depth + 1);
    if (typeof child === 'string') return child;
    at += child.length;
  }
  return 'cut off';
}

/** The elements in a constructed element with this tag, each as its own bytes; undefined if it is another one, or not whole. */
export function berParts(bytes: Uint8Array, tag: number): Uint8Array[] | undefined {
  const element = readBer(bytes);
  if (typeof element === 'string' || element.tag !== tag) return undefined;
  const parts: Uint8Array[] = [];
  for (let rest = element.contents; rest.length > 0;) {
    const part = readBer(rest);
    if (typeof part === 'string') return undefined;
    parts.push(rest.subarray(0, part.length));
    rest = rest.subarray(part.length);
  }
  return parts;
}

/**
 * The first element of BER in DER: definite lengths, and an OCTET STRING in one piece, so that `readElement` can go through it. What
 * octets and bits hold stays as it is.
 *
 * @returns `length`: how many of the given bytes the element takes
 */
export function toDer(bytes: Uint8Array, depth = 0): { der: Buffer; length: number } | BerFault {
  const element = readBer(bytes, depth);
  if (typeof element === 'string') return element;
  const { tag, contents, length } = element;
  if ((tag & 0x20) === 0) return { der: encodeElement(tag, contents), length };
  const children: Buffer[] = [];
  for (let at = 0; at < contents.length;) {
    const child = toDer(contents.subarray(at), depth + 1);
    if (typeof child === 'string') return 'malformed';
    children.push(child.der);
    at += child.length;
  }
  if (tag !== (tags.octetString | 0x20)) return { der: encodeElement(tag, ...children), length };
  const pieces = children.flatMap((child) => readElement(child) ?? []);
  if (pieces.some((piece) => piece.tag !== tags.octetString)) return 'malformed';
  return { der: encodeElement(tags.octetString, ...pieces.map(({ contents: octets }) => octets)), length };
}
