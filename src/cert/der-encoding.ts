/** One element of DER (X.690 §10.1): the tag byte, the length in as few bytes as it takes, the contents. */
export function encodeElement(tag: number, ...contents: Uint8Array[]): Buffer {
  const size = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), encodeLength(size), ...contents]);
}

function encodeLength(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes = bigEndian(size);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

/** An INTEGER that is not negative (X.690 §8.3). */
export function encodeInteger(value: number): Buffer {
  const bytes = bigEndian(value);
  return encodeElement(0x02, Buffer.from((bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes));
}

/** An OBJECT IDENTIFIER from its dotted form (X.690 §8.19). */
export function encodeOid(dotted: string): Buffer {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [root * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128));
    return groups;
  });
  return encodeElement(0x06, Buffer.from(bytes));
}

function bigEndian(value: number): number[] {
  const bytes = [value % 256];
  for (let left = Math.floor(value / 256); left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return bytes;
}
