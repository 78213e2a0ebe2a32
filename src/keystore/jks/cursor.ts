import { keystoreError } from '../problem.ts';

/** Reads big-endian values one after the other. Nothing is allocated for a length before the bytes are known to be there. */
export class Cursor {
  at = 0;
  readonly #bytes: Buffer;
  readonly #file: string;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#file = file;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** @throws KeystoreTruncated where fewer bytes are left; so do all others */
  take(length: number): Buffer {
    if (length > this.left) throw keystoreError('KeystoreTruncated', this.#file);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  i64(): bigint {
    return this.take(8).readBigInt64BE();
  }

  /** That many bytes as the four bytes before them say. */
  block(): Buffer {
    return this.take(this.u32());
  }
}
