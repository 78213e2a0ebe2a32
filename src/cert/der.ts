/** One element of DER (X.690): its tag byte, its contents, and how many bytes the whole element takes. */
export type DerElement = { tag: number; contents: Uint8Array; length: number };

export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  context0: 0xa0,
} as const;

/**
 * The element that starts at `offset`; undefined where there is none, or where it is longer than the bytes. Only what
 * keys and certificates use is read: tags of one byte and definite lengths below 4 GiB.
 */
export function readElement(bytes: Uint8Array, offset = 0): DerElement | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) return undefined;
  const start = offset + 2 + lengthBytes;
  if (start > bytes.length) return undefined;
  const size = lengthBytes === 0 ? first : Buffer.from(bytes.subarray(offset + 2, start)).readUIntBE(0, lengthBytes);
  if (start + size > bytes.length) return undefined;
  return { tag, contents: bytes.subarray(start, start + size), length: start + size - offset };
}

/** The elements inside a constructed element; as many as can be read. */
export function childrenOf(element: DerElement): DerElement[] {
  const children: DerElement[] = [];
  for (let offset = 0; offset < element.contents.length;) {
    const child = readElement(element.contents, offset);
    if (!child) break;
    children.push(child);
    offset += child.length;
  }
  return children;
}

/** An object identifier in dotted form; undefined if the element is something else. */
export function oidOf(element: DerElement | undefined): string | undefined {
  if (element?.tag !== tags.oid) return undefined;
  const arcs: number[] = [];
  let value = 0;
  for (const byte of element.contents) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(head / 40), 2);
  return [root, head - root * 40, ...rest].join('.');
}
