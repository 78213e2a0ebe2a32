import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOf, type KeystoreReading } from '../../src/keystore/entry.ts';

const folder = join(import.meta.dirname, '..', 'fixtures');

/** What opens every fixture whose test doesn't say otherwise. */
export const password = 'throw-away';

export const keystorePath = (name: string): string => join(folder, 'keystores', name);

/** A file of test/fixtures/keystores. */
export const keystore = (name: string): Buffer => readFileSync(keystorePath(name));

export const certificateOf = (path: string): X509Certificate => new X509Certificate(readFileSync(join(folder, path)));

const keyOf = (path: string): KeyObject => createPrivateKey(readFileSync(join(folder, path)));

export type Pair = { privateKey: KeyObject; chain: X509Certificate[] };

/** Key pairs by their bits, each with a certificate of its own. */
export const pairs: Record<2048 | 3072 | 4096, Pair> = {
  2048: { privateKey: keyOf('keys/rsa2048.key'), chain: [certificateOf('keys/rsa2048.crt')] },
  3072: { privateKey: keyOf('keystores/rsa3072.key'), chain: [certificateOf('keystores/rsa3072.crt')] },
  4096: { privateKey: keyOf('keystores/rsa4096.key'), chain: [certificateOf('keystores/rsa4096.crt')] },
};

/** The key of 2048 bits with a certificate that a CA issued. */
export const issued: Pair = {
  privateKey: pairs[2048].privateKey,
  chain: [certificateOf('keystores/issued2048.crt'), certificateOf('keystores/ca.crt')],
};

/** Another key's certificate. */
export const stranger = certificateOf('keys/other2048.crt');

/** The codes of all problems, those of the file first. */
export const codesOf = (reading: KeystoreReading): string[] => problemsOf(reading).map(({ code }) => code);

/** What can be compared of the entries: alias, kind, key, and fingerprints of the chain. */
export function gist({ entries }: KeystoreReading): unknown[] {
  return entries.map(({ alias, kind, privateKey, chain }) => ({
    ...{ alias, kind, key: privateKey?.export({ type: 'pkcs8', format: 'der' }).toString('hex') },
    chain: chain.map(({ fingerprint256 }) => fingerprint256),
  }));
}

/** The same for a pair that was put in. */
export const gistOf = (alias: string, { privateKey, chain }: Pair): unknown => ({
  ...{ alias, kind: 'private-key', key: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex') },
  chain: chain.map(({ fingerprint256 }) => fingerprint256),
});

/** A copy with the byte at this place changed. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x40;
  return copy;
}
