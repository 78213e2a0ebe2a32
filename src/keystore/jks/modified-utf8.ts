/**
 * Java's modified UTF-8 (java.io.DataInput): like UTF-8, but each UTF-16 code unit stands alone, so that characters beyond U+FFFF
 * take two groups of three bytes, and U+0000 takes two bytes.
 */
export function encodeModifiedUtf8(text: string): Buffer {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0 && unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Buffer.from(bytes);
}

/** The text; undefined where Java would not read it either. */
export function decodeModifiedUtf8(bytes: Uint8Array): string | undefined {
  const units: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const size = first < 0x80 ? 1 : first >> 5 === 0b110 ? 2 : first >> 4 === 0b1110 ? 3 : 0;
    const rest = bytes.subarray(at + 1, at + size);
    if (size === 0 || rest.length !== size - 1 || rest.some((byte) => byte >> 6 !== 0b10)) return undefined;
    const start = size === 1 ? first : first & (size === 2 ? 0x1f : 0x0f);
    units.push(rest.reduce((unit, byte) => (unit << 6) | (byte & 0x3f), start));
    at += size;
  }
  return units.map((unit) => String.fromCharCode(unit)).join('');
}
