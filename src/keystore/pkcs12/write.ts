import { createCipheriv, createHash, pbkdf2Sync, type KeyObject, type X509Certificate } from 'node:crypto';
import { tags } from '../../cert/der.ts';
import { toError } from '../../errors.ts';
import { encodeElement, encodeInteger, encodeOid } from '../../cert/der-encoding.ts';
import { requirePair } from '../entry.ts';
import { keystorePasswordProblem } from '../password.ts';
import { bmpPassword, derive, purposes } from './derivation.ts';
import { macOf } from './mac.ts';
import { oids } from './oids.ts';

/** How many random bytes `writePkcs12` takes. */
export const pkcs12RandomBytes = 84;

/** What the JDK takes; the derivation of the MAC is a loop in JavaScript, so more would be felt. */
const defaultIterations = 10_000;

export type Pkcs12Input = {
  privateKey: KeyObject;
  /** The certificate of the key first, then its issuers. */
  chain: X509Certificate[];
  /** friendlyName of the key and its certificate. Kept as it is; Java shows it in lower case. */
  alias: string;
  password: string;
  /**
   * - `modern`: PBES2 with AES-256 and PBKDF2-HMAC-SHA-256, MAC with SHA-256
   * - `compat`: 3DES and MAC with SHA-1, for Java before 8u301 and 11.0.12, and for the Keychain of macOS
   */
  profile: 'modern' | 'compat';
  /** `pkcs12RandomBytes` bytes, never used twice. */
  random: Uint8Array;
  /** Of every derivation; 10,000 if left out. */
  iterations?: number;
};

/**
 * A PKCS#12 file with one key and its chain (RFC 7292; docs/reference/keys-and-keystores.md §8.2 and §8.3).
 *
 * @throws KeystorePasswordNotAscii, KeystorePasswordTooShort, KeystoreChainMissing, KeystorePairMismatch
 */
export function writePkcs12(input: Pkcs12Input): Buffer {
  const { privateKey, chain, alias, password, profile, iterations = defaultIterations } = input;
  const unfit = keystorePasswordProblem(password);
  if (unfit) throw toError(unfit);
  requirePair(alias, privateKey, chain);
  const [keySalt, keyIv, certificateSalt, certificateIv, macSalt] = split(input.random);
  const encrypt = profile === 'modern' ? encryptPbes2 : encryptTripleDes;
  const names = nameAttributes(alias, chain[0]?.raw ?? Buffer.alloc(0));

  const certificates = sequence(...chain.map(({ raw }, index) => certificateBag(raw, index === 0 ? names : [])));
  const [certificateAlgorithm, encryptedCertificates] = encrypt(certificates, password, {
    ...{ salt: certificateSalt, iv: certificateIv, iterations },
  });
  const plainKey = privateKey.export({ type: 'pkcs8', format: 'der' });
  const [keyAlgorithm, encryptedKey] = encrypt(plainKey, password, { salt: keySalt, iv: keyIv, iterations });
  plainKey.fill(0);
  const shrouded = sequence(keyAlgorithm, octets(encryptedKey));
  const keys = sequence(sequence(encodeOid(oids.shroudedKeyBag), explicit(shrouded), ...names));

  const content = sequence(encryptedPart(certificateAlgorithm, encryptedCertificates), dataPart(keys));
  const mac = macData(profile === 'modern' ? 'sha256' : 'sha1', password, { salt: macSalt, iterations }, content);
  return sequence(encodeInteger(3), dataPart(content), mac);
}

type Random = [keySalt: Uint8Array, keyIv: Uint8Array, salt: Uint8Array, iv: Uint8Array, macSalt: Uint8Array];

/** Two salts of 16 bytes with an IV of 16 bytes each, and 20 bytes for the MAC: GnuTLS complains about longer ones. */
const split = (random: Uint8Array): Random => [
  random.subarray(0, 16),
  random.subarray(16, 32),
  random.subarray(32, 48),
  random.subarray(48, 64),
  random.subarray(64, pkcs12RandomBytes),
];

const sequence = (...parts: Uint8Array[]): Buffer => encodeElement(tags.sequence, ...parts);
const octets = (bytes: Uint8Array): Buffer => encodeElement(tags.octetString, bytes);
const explicit = (element: Uint8Array): Buffer => encodeElement(tags.context0, element);
const none = encodeElement(0x05);

/** A SET OF in DER: sorted by encoding (X.690 §11.6). */
const setOf = (...elements: Buffer[]): Buffer => encodeElement(0x31, ...elements.sort((a, b) => Buffer.compare(a, b)));

const dataPart = (content: Uint8Array): Buffer => sequence(encodeOid(oids.data), explicit(octets(content)));

function encryptedPart(algorithm: Uint8Array, encrypted: Uint8Array): Buffer {
  const info = sequence(encodeOid(oids.data), algorithm, encodeElement(0x80, encrypted));
  return sequence(encodeOid(oids.encryptedData), explicit(sequence(encodeInteger(0), info)));
}

function certificateBag(der: Uint8Array, attributes: Buffer[]): Buffer {
  const certificate = sequence(encodeOid(oids.x509Certificate), explicit(octets(der)));
  return sequence(encodeOid(oids.certBag), explicit(certificate), ...attributes);
}

/** friendlyName and localKeyId, the same on the key and on its certificate: by them programs find the pair. */
function nameAttributes(alias: string, der: Uint8Array): Buffer[] {
  const friendlyName = encodeElement(0x1e, Buffer.from(alias, 'utf16le').swap16());
  const keyId = createHash('sha1').update(der).digest();
  return [
    setOf(
      sequence(encodeOid(oids.friendlyName), setOf(friendlyName)),
      sequence(encodeOid(oids.localKeyId), setOf(octets(keyId)))
    ),
  ];
}

type Protection = { salt: Uint8Array; iv: Uint8Array; iterations: number };

/** An AlgorithmIdentifier, and what the algorithm makes of the plain bytes. */
type Encrypted = [algorithm: Buffer, encrypted: Buffer];

function encryptPbes2(plain: Uint8Array, password: string, { salt, iv, iterations }: Protection): Encrypted {
  const prf = sequence(encodeOid(oids.hmacSha256), none);
  const derivation = sequence(encodeOid(oids.pbkdf2), sequence(octets(salt), encodeInteger(iterations), prf));
  const cipher = sequence(encodeOid(oids.aes256Cbc), octets(iv));
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  return [sequence(encodeOid(oids.pbes2), sequence(derivation, cipher)), encipher('aes-256-cbc', key, iv, plain)];
}

/** Key and IV both come out of the derivation of PKCS#12 (RFC 7292, appendix C). */
function encryptTripleDes(plain: Uint8Array, password: string, { salt, iterations }: Protection): Encrypted {
  const bmp = bmpPassword(password);
  const key = derive('sha1', bmp, { salt, iterations }, purposes.key, 24);
  const iv = derive('sha1', bmp, { salt, iterations }, purposes.iv, 8);
  const algorithm = sequence(encodeOid(oids.pbeSha1TripleDes), sequence(octets(salt), encodeInteger(iterations)));
  return [algorithm, encipher('des-ede3-cbc', key, iv, plain)];
}

function encipher(name: string, key: Buffer, iv: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(name, key, iv);
  key.fill(0);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

function macData(
  digest: 'sha1' | 'sha256',
  password: string,
  { salt, iterations }: { salt: Uint8Array; iterations: number },
  content: Uint8Array
): Buffer {
  const mac = macOf(digest, bmpPassword(password), { salt, iterations }, content);
  const algorithm = sequence(encodeOid(oids[digest]), none);
  return sequence(sequence(algorithm, octets(mac)), octets(salt), encodeInteger(iterations));
}
