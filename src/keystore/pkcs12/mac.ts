import { createHmac, timingSafeEqual } from 'node:crypto';
import { tags, type DerElement } from '../../cert/der.ts';
import { keystoreError } from '../problem.ts';
import { spendRounds, type Opening } from './decrypt.ts';
import { derive, purposes } from './derivation.ts';
import { algorithmIn, childrenIn, octetsIn } from './elements.ts';
import { digests } from './oids.ts';

/** The MAC of PKCS#12 (RFC 7292, appendix A and §4); `salt` and `iterations` belong to its key. */
export function macOf(
  digest: string,
  password: Uint8Array,
  { salt, iterations }: { salt: Uint8Array; iterations: number },
  content: Uint8Array
): Buffer {
  const length = createHmac(digest, '').digest().length;
  return createHmac(digest, derive(digest, password, { salt, iterations }, purposes.mac, length))
    .update(content)
    .digest();
}

/**
 * Whether the MacData fits the content under the password. An empty password may have been written with or without an end: the
 * one that fits is kept for what comes after.
 *
 * @throws KeystoreEncryptionUnknown, KeystoreIterationsTooMany, KeystoreDamaged
 */
export function verifyMac(macData: DerElement, content: Uint8Array, opening: Opening): boolean {
  const { file } = opening;
  const [digestInfo, saltElement, iterationsElement] = childrenIn(macData, tags.sequence, file);
  const [algorithm, expectedElement] = childrenIn(digestInfo, tags.sequence, file);
  const { oid } = algorithmIn(algorithm, file);
  const digest = digests.get(oid);
  if (!digest) throw keystoreError('KeystoreEncryptionUnknown', file, oid);
  const expected = octetsIn(expectedElement, file);
  const salt = octetsIn(saltElement, file);
  const passwords = opening.password === '' ? [opening.bmp, Buffer.alloc(0)] : [opening.bmp];
  for (const password of passwords) {
    const iterations = iterationsElement ? spendRounds(iterationsElement, opening) : 1;
    opening.protection.add(`MAC with ${digest.replace('sha', 'SHA-')}, ${iterations} iterations`);
    const mac = macOf(digest, password, { salt, iterations }, content);
    if (mac.length === expected.length && timingSafeEqual(mac, expected)) {
      opening.bmp = password;
      return true;
    }
  }
  return false;
}
