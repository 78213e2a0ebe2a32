import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { tags, type DerElement } from '../../cert/der.ts';
import { maximumRounds } from '../../cert/derivation-limit.ts';
import { keystoreError } from '../problem.ts';
import { bmpPassword, derive, purposes } from './derivation.ts';
import { algorithmIn, childrenIn, integerIn, octetsIn } from './elements.ts';
import { ciphers, digests, oids } from './oids.ts';

/** What the parts of a reader have in common while they open one file. */
export type Opening = {
  file: string;
  password: string;
  /** The password as `bmpPassword` gives it, or without its end where the writer of an empty password left that out. */
  bmp: Uint8Array;
  /** How many rounds of key derivation the file has cost so far. */
  rounds: number;
  /** Whether anything could be decrypted. */
  hasOpened: boolean;
  /** What protects the file, in words. */
  protection: Set<string>;
};

export const openingOf = (file: string, password: string): Opening => ({
  ...{ file, password, bmp: bmpPassword(password), rounds: 0, hasOpened: false, protection: new Set<string>() },
});

/** The iterations of one derivation, if the file may still ask for them: all its derivations together must keep to the limit. @throws KeystoreIterationsTooMany, KeystoreDamaged */
export function spendRounds(element: DerElement | undefined, opening: Opening): number {
  const iterations = integerIn(element, opening.file);
  if (iterations === 0) throw keystoreError('KeystoreDamaged', opening.file);
  if (opening.rounds + iterations > maximumRounds) {
    throw keystoreError('KeystoreIterationsTooMany', opening.file, maximumRounds);
  }
  opening.rounds += iterations;
  return iterations;
}

/**
 * Decrypts as an AlgorithmIdentifier says: PBES2 with PBKDF2 and AES or 3DES (RFC 8018), or the 3DES and RC2 of PKCS#12
 * (RFC 7292, appendix C).
 *
 * @returns undefined if the password doesn't fit, as far as padding tells
 * @throws KeystoreEncryptionUnknown, KeystoreIterationsTooMany, KeystoreDamaged
 */
export async function decrypt(
  algorithm: DerElement | undefined,
  encrypted: Uint8Array,
  opening: Opening
): Promise<Buffer | undefined> {
  const { oid, parameters } = algorithmIn(algorithm, opening.file);
  if (oid === oids.pbes2) return decryptPbes2(parameters, encrypted, opening);
  const scheme = pbes1.get(oid);
  if (!scheme) throw keystoreError('KeystoreEncryptionUnknown', opening.file, oid);
  const [saltElement, iterationsElement] = childrenIn(parameters, tags.sequence, opening.file);
  const salt = octetsIn(saltElement, opening.file);
  const iterations = spendRounds(iterationsElement, opening);
  opening.protection.add(`${scheme.name}, ${iterations} iterations`);
  const key = derive('sha1', opening.bmp, { salt, iterations }, purposes.key, scheme.keyBytes);
  const iv = derive('sha1', opening.bmp, { salt, iterations }, purposes.iv, 8);
  return scheme.rc2Bits ? decryptRc2(key, iv, scheme.rc2Bits, encrypted) : decipher('des-ede3-cbc', key, iv, encrypted);
}

const pbes1: ReadonlyMap<string, { name: string; keyBytes: number; rc2Bits?: number }> = new Map([
  [oids.pbeSha1TripleDes, { name: 'PBE with SHA-1 and 3DES', keyBytes: 24 }],
  [oids.pbeSha1Rc2Of128, { name: 'PBE with SHA-1 and RC2-128', keyBytes: 16, rc2Bits: 128 }],
  [oids.pbeSha1Rc2Of40, { name: 'PBE with SHA-1 and RC2-40', keyBytes: 5, rc2Bits: 40 }],
]);

function decryptPbes2(parameters: DerElement | undefined, encrypted: Uint8Array, opening: Opening): Buffer | undefined {
  const { file } = opening;
  const [derivation, encryption] = childrenIn(parameters, tags.sequence, file);
  const kdf = algorithmIn(derivation, file);
  const { oid, parameters: ivElement } = algorithmIn(encryption, file);
  const cipher = ciphers.get(oid);
  if (kdf.oid !== oids.pbkdf2) throw keystoreError('KeystoreEncryptionUnknown', file, kdf.oid);
  if (!cipher) throw keystoreError('KeystoreEncryptionUnknown', file, oid);
  const [salt, iterationsElement, ...options] = childrenIn(kdf.parameters, tags.sequence, file);
  const prf = options.find(({ tag }) => tag === tags.sequence);
  const prfOid = prf ? algorithmIn(prf, file).oid : undefined;
  const digest = prfOid === undefined ? 'sha1' : digests.get(prfOid); // RFC 8018, appendix A.2: HMAC-SHA-1 unless named
  if (!digest) throw keystoreError('KeystoreEncryptionUnknown', file, prfOid ?? '');
  const iv = octetsIn(ivElement, file);
  if (iv.length !== cipher.ivBytes) throw keystoreError('KeystoreDamaged', file);
  const saltBytes = octetsIn(salt, file);
  const iterations = spendRounds(iterationsElement, opening);
  const [name, hmac] = [cipher.name.toUpperCase(), digest.replace('sha', 'SHA-')];
  opening.protection.add(`PBES2, ${name}, PBKDF2 with HMAC-${hmac}, ${iterations} iterations`);
  return decipher(
    cipher.name,
    pbkdf2Sync(opening.password, saltBytes, iterations, cipher.keyBytes, digest),
    iv,
    encrypted
  );
}

function decipher(name: string, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Buffer | undefined {
  const cipher = createDecipheriv(name, key, iv);
  try {
    return Buffer.concat([cipher.update(encrypted), cipher.final()]);
  } catch {
    return undefined;
  }
}

/** The only computing that node-forge does for this plugin, because node:crypto has no RC2. */
async function decryptRc2(key: Buffer, iv: Buffer, bits: number, encrypted: Uint8Array): Promise<Buffer | undefined> {
  const { rc2, util } = (await import('node-forge')).default;
  if (encrypted.length === 0 || encrypted.length % 8 !== 0) return undefined;
  const cipher = rc2.createDecryptionCipher(key.toString('latin1'), bits);
  cipher.start(iv.toString('latin1'));
  cipher.update(util.createBuffer(Buffer.from(encrypted).toString('latin1')));
  const padded = Buffer.from(cipher.output.getBytes(), 'latin1');
  const padding = padded.at(-1) ?? 0;
  const isPadded = padding > 0 && padding <= 8 && padded.subarray(-padding).every((byte) => byte === padding);
  return isPadded ? padded.subarray(0, -padding) : undefined;
}
