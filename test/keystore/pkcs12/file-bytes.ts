import { createHmac } from 'node:crypto';
import { encodeElement, encodeInteger, encodeOid } from '../../../src/cert/der-encoding.ts';
import { bmpPassword, derive } from '../../../src/keystore/pkcs12/derivation.ts';
import { password } from '../fixtures.ts';

export const sequence = (...parts: Uint8Array[]): Buffer => encodeElement(0x30, ...parts);
export const octets = (bytes: Uint8Array): Buffer => encodeElement(0x04, bytes);
export const context0 = (element: Uint8Array): Buffer => encodeElement(0xa0, element);
export const dataOid = encodeOid('1.2.840.113549.1.7.1');
const bagOid = (kind: number): Buffer => encodeOid(`1.2.840.113549.1.12.10.1.${kind}`);
export const keyBag = (pkcs8: Uint8Array, ...attributes: Buffer[]): Buffer =>
  sequence(bagOid(1), context0(pkcs8), ...attributes);
export const localKeyId = (id: number): Buffer => {
  const values = encodeElement(0x31, octets(Buffer.from([id])));
  return encodeElement(0x31, sequence(encodeOid('1.2.840.113549.1.9.21'), values));
};
export const certificateBag = (der: Uint8Array, ...attributes: Buffer[]): Buffer => {
  const certificate = sequence(encodeOid('1.2.840.113549.1.9.22.1'), context0(octets(der)));
  return sequence(bagOid(3), context0(certificate), ...attributes);
};

/** Bags inside a bag. */
export const nestedBag = (...bags: Buffer[]): Buffer => sequence(bagOid(6), context0(sequence(...bags)));

/** A bag that holds neither a key nor a certificate. */
export const secretBag = sequence(bagOid(5), context0(sequence(dataOid, context0(octets(Buffer.from('secret'))))));

type FileParts = {
  hasMac?: boolean;
  version?: number;
  type?: Buffer;
  password?: Uint8Array;
  iterations?: Buffer;
  digest?: string;
};

/** A PKCS#12 file around an AuthenticatedSafe, put together by hand so that it can be wrong in any place. */
export function fileOf(content: Uint8Array, parts: FileParts = {}): Buffer {
  const { version = 3, hasMac = true, type = dataOid, iterations = encodeInteger(1) } = parts;
  const salt = Buffer.alloc(8, 5);
  const word = parts.password ?? bmpPassword(password);
  const macKey = derive('sha1', word, { salt, iterations: 1 }, 3, 20);
  const mac = createHmac('sha1', macKey).update(content).digest();
  const algorithm = sequence(encodeOid(parts.digest ?? '1.3.14.3.2.26'), Buffer.from('0500', 'hex'));
  const macData = sequence(sequence(algorithm, octets(mac)), octets(salt), iterations);
  return sequence(encodeInteger(version), sequence(type, context0(octets(content))), ...(hasMac ? [macData] : []));
}

export const inClear = (...bags: Buffer[]): Buffer => sequence(sequence(dataOid, context0(octets(sequence(...bags)))));

/** The content of a file under a new MAC with another password, given as its bytes. */
export function remade(file: Buffer, word: Uint8Array): Buffer {
  const start = file.indexOf(Buffer.from('2a864886f70d010701a0', 'hex')) + 9;
  const content = file.subarray(start + 8, start + 8 + file.readUInt16BE(start + 6));
  return fileOf(content, { password: word });
}

/** An encrypted part that says it was made with these parameters. */
export function encryptedPart(algorithm: Buffer, encrypted = Buffer.alloc(16)): Buffer {
  const info = sequence(dataOid, algorithm, encodeElement(0x80, encrypted));
  const data = sequence(encodeInteger(0), info);
  return sequence(sequence(encodeOid('1.2.840.113549.1.7.6'), context0(data)));
}

export const tripleDes = (iterations: number): Buffer =>
  sequence(encodeOid('1.2.840.113549.1.12.1.3'), sequence(octets(Buffer.alloc(8)), encodeInteger(iterations)));

export function pbes2Of({
  iterations = 1,
  iv = 16,
  kdf = '1.2.840.113549.1.5.12',
  cipher = '2.16.840.1.101.3.4.1.42',
}): Buffer {
  const derivation = sequence(encodeOid(kdf), sequence(octets(Buffer.alloc(8)), encodeInteger(iterations)));
  const scheme = sequence(encodeOid(cipher), octets(Buffer.alloc(iv)));
  return sequence(encodeOid('1.2.840.113549.1.5.13'), sequence(derivation, scheme));
}
