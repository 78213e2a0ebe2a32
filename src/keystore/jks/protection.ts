import { createHash } from 'node:crypto';
import { childrenOf, oidOf, readElement, tags } from '../../cert/der.ts';
import { encodeElement, encodeOid } from '../../cert/der-encoding.ts';

// Format: docs/reference/keys-and-keystores.md §9.2, as Java's JavaKeyStore and KeyProtector have it. SHA-1 is what it prescribes.

const keyProtector = '1.3.6.1.4.1.42.2.17.1.1';
const saltLength = 20;
const digestLength = 20;

/** The password in the bytes that Java hashes: UTF-16, big-endian, no mark and no end. */
export const passwordBytes = (password: string): Buffer => Buffer.from(password, 'utf16le').swap16();

/** The checksum at the end of a store, over all bytes before it. */
export function storeDigest(password: string, body: Uint8Array): Buffer {
  return createHash('sha1').update(passwordBytes(password)).update('Mighty Aphrodite').update(body).digest();
}

/**
 * A private key as Java's EncryptedPrivateKeyInfo.
 *
 * @param plain the key as PKCS#8 in DER
 * @param salt 20 random bytes, never used twice
 */
export function sealKey(plain: Uint8Array, password: string, salt: Uint8Array): Buffer {
  const key = passwordBytes(password);
  const check = createHash('sha1').update(key).update(plain).digest();
  const algorithm = encodeElement(tags.sequence, encodeOid(keyProtector), encodeElement(0x05));
  return encodeElement(
    tags.sequence,
    algorithm,
    encodeElement(tags.octetString, salt, xorStream(plain, key, salt), check)
  );
}

/**
 * The PKCS#8 bytes inside an EncryptedPrivateKeyInfo; the caller wipes them.
 *
 * @returns 'locked' if the password is another one, 'malformed' if this is nothing that Java writes
 */
export function openKey(sealed: Uint8Array, password: string): Buffer | 'locked' | 'malformed' {
  const protectedBytes = protectedKey(sealed);
  if (!protectedBytes) return 'malformed';
  const key = passwordBytes(password);
  const salt = protectedBytes.subarray(0, saltLength);
  const check = protectedBytes.subarray(protectedBytes.length - digestLength);
  const plain = xorStream(protectedBytes.subarray(saltLength, protectedBytes.length - digestLength), key, salt);
  if (createHash('sha1').update(key).update(plain).digest().equals(check)) return plain;
  plain.fill(0);
  return 'locked';
}

/** Salt, key and digest; the NULL behind the algorithm may be there (JDK 17) or not (JDK 25). */
function protectedKey(sealed: Uint8Array): Uint8Array | undefined {
  const info = readElement(sealed);
  if (info?.tag !== tags.sequence || info.length !== sealed.length) return undefined;
  const [algorithm, octets] = childrenOf(info);
  if (algorithm?.tag !== tags.sequence || octets?.tag !== tags.octetString) return undefined;
  if (oidOf(childrenOf(algorithm)[0]) !== keyProtector) return undefined;
  return octets.contents.length > saltLength + digestLength ? octets.contents : undefined;
}

/** XOR with SHA-1(key | salt), SHA-1(key | the digest before), …; the same way there and back. */
function xorStream(bytes: Uint8Array, key: Uint8Array, salt: Uint8Array): Buffer {
  const result = Buffer.from(bytes);
  let digest: Uint8Array = salt;
  for (let at = 0; at < result.length; at += digestLength) {
    digest = createHash('sha1').update(key).update(digest).digest();
    const end = Math.min(at + digestLength, result.length);
    for (let index = at; index < end; index++) result[index] = (result[index] ?? 0) ^ (digest[index - at] ?? 0);
  }
  return result;
}
