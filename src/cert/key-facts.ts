import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** Kinds of keys by the names of node:crypto; `unknown` for all others. */
const keyTypes = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448', 'x25519', 'x448', 'dsa', 'dh', 'unknown'] as const;

export type KeyType = (typeof keyTypes)[number];

/** What can be said of a key, private or public, without giving any of it away. */
export type KeyFacts = {
  type: KeyType;
  /** Length of the modulus, where the key has one. */
  bits?: number;
  /** The curve of an EC key, by the name that OpenSSL gives it. */
  curve?: string;
  /** SHA-256 of the public key as SubjectPublicKeyInfo in DER, upper-case hexadecimal with colons: the same for all that belongs together. */
  publicKeySha256: string;
};

/** The facts about a private or public key. */
export function describeKey(key: KeyObject): KeyFacts {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const { modulusLength: bits, namedCurve: curve } = publicKey.asymmetricKeyDetails ?? {};
  const digest = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    type: keyTypes.find((type) => type === publicKey.asymmetricKeyType) ?? 'unknown',
    ...(bits !== undefined && { bits }),
    ...(curve !== undefined && { curve }),
    publicKeySha256: colons(digest.digest()),
  };
}

/** Upper-case hexadecimal with colons, as fingerprints are written. */
export const colons = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('hex').toUpperCase().match(/../g)?.join(':') ?? '';
