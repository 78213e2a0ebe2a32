import { hash } from 'node:crypto';

/** What the derived bytes are for (RFC 7292, appendix B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const;

/** The password as PKCS#12 derives from it: UTF-16, big-endian, with two zero bytes at the end (RFC 7292, appendix B.1). */
export const bmpPassword = (password: string): Buffer => Buffer.from(`${password}\0`, 'utf16le').swap16();

/**
 * The key derivation of PKCS#12 (RFC 7292, appendix B.2), which node:crypto doesn't have: it stays a loop over its hashes.
 *
 * @param digest name of the hash as node:crypto has it
 * @param password in the bytes of `bmpPassword`
 * @param length of the result in bytes
 */
export function derive(
  digest: string,
  password: Uint8Array,
  { salt, iterations }: { salt: Uint8Array; iterations: number },
  purpose: (typeof purposes)[keyof typeof purposes],
  length: number
): Buffer {
  const blockBytes = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  const diversifier = Buffer.alloc(blockBytes, purpose);
  const input = Buffer.concat([repeated(salt, blockBytes), repeated(password, blockBytes)]);
  const derived: Buffer[] = [];
  for (let made = 0; made < length;) {
    let digested = hash(digest, Buffer.concat([diversifier, input]), 'buffer');
    for (let round = 1; round < iterations; round++) digested = hash(digest, digested, 'buffer');
    derived.push(digested);
    made += digested.length;
    addToBlocks(input, repeated(digested, blockBytes).subarray(0, blockBytes));
  }
  return Buffer.concat(derived).subarray(0, length);
}

/** Copies of the bytes one after the other until they fill whole blocks; nothing stays nothing. */
function repeated(bytes: Uint8Array, blockBytes: number): Buffer {
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes, bytes);
}

/** Adds `summand` and 1 to every block of `input`, each block being one big-endian number without carry out. */
function addToBlocks(input: Buffer, summand: Buffer): void {
  for (let start = 0; start < input.length; start += summand.length) {
    let carry = 1;
    for (let index = summand.length - 1; index >= 0; index--) {
      const sum = (input[start + index] ?? 0) + (summand[index] ?? 0) + carry;
      input[start + index] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
