import { createHash } from 'node:crypto';

/** A Java keystore put together by hand, so that it can be wrong in any place. */
export type StoreParts = {
  version?: number;
  count?: number;
  password?: string;
};

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const text = (words: string): Buffer => {
  const plain = Buffer.from(words);
  return Buffer.concat([u16(plain.length), plain]);
};

const date = Buffer.from('0000019a00000000', 'hex');

/** A certificate with its type in front, as version 2 has it. */
export const certificateBytes = (der: Uint8Array, type = 'X.509'): Buffer =>
  Buffer.concat([text(type), u32(der.length), der]);

/** A certificate as version 1 has it. */
export const withoutType = (der: Uint8Array): Buffer => Buffer.concat([u32(der.length), der]);

export const keyEntryBytes = (
  sealed: Uint8Array,
  certificates: Buffer[],
  { alias = 'aquila', at = date } = {}
): Buffer =>
  Buffer.concat([u32(1), text(alias), at, u32(sealed.length), sealed, u32(certificates.length), ...certificates]);

export const certificateEntryBytes = (certificate: Buffer, alias = 'ca', kind = 2): Buffer =>
  Buffer.concat([u32(kind), text(alias), date, certificate]);

export function storeBytes(
  entries: Buffer[],
  { version = 2, count = entries.length, password = 'throw-away' }: StoreParts = {}
): Buffer {
  const body = Buffer.concat([Buffer.from('feedfeed', 'hex'), u32(version), u32(count), ...entries]);
  const hash = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite');
  return Buffer.concat([body, hash.update(body).digest()]);
}
