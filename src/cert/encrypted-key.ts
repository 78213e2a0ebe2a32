import { createCipheriv, pbkdf2, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { asn1 as Asn1 } from 'node-forge';
import { encodePem } from './pem.ts';

/** What OWASP asks of PBKDF2-HMAC-SHA256; Node's own export is fixed at 2048 (docs/reference/keys-and-keystores.md §6). */
const iterations = 600_000;

const oids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
};

/**
 * A private key as encrypted PKCS#8 PEM: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC (RFC 8018 §6.2, RFC 5958 §3).
 *
 * @param passphrase used as its bytes in UTF-8, as OpenSSL does
 * @param random 16 bytes each, never used twice
 */
export async function encryptPrivateKey(
  privateKey: KeyObject,
  passphrase: string,
  random: { salt: Uint8Array; iv: Uint8Array }
): Promise<string> {
  const { asn1, util } = (await import('node-forge')).default;
  const { OID, SEQUENCE, OCTETSTRING, INTEGER, NULL } = asn1.Type;
  const element = (type: number, value: string): Asn1.Asn1 => asn1.create(asn1.Class.UNIVERSAL, type, false, value);
  const sequence = (...parts: Asn1.Asn1[]): Asn1.Asn1 => asn1.create(asn1.Class.UNIVERSAL, SEQUENCE, true, parts);
  const oid = (dotted: string): Asn1.Asn1 => element(OID, asn1.oidToDer(dotted).getBytes());
  const octets = (bytes: Uint8Array): Asn1.Asn1 => element(OCTETSTRING, util.binary.raw.encode(bytes));

  const key = await promisify(pbkdf2)(passphrase, random.salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, random.iv);
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  plain.fill(0);
  key.fill(0);

  const derivation = sequence(
    octets(random.salt),
    element(INTEGER, asn1.integerToDer(iterations).getBytes()),
    sequence(oid(oids.hmacWithSha256), element(NULL, ''))
  );
  const scheme = sequence(sequence(oid(oids.pbkdf2), derivation), sequence(oid(oids.aes256Cbc), octets(random.iv)));
  const info = sequence(sequence(oid(oids.pbes2), scheme), octets(encrypted));
  return encodePem('ENCRYPTED PRIVATE KEY', Buffer.from(asn1.toDer(info).getBytes(), 'latin1'));
}
