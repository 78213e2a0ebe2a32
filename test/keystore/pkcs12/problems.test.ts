import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { problemsOf, type KeystoreReading } from '../../../src/keystore/entry.ts';
import { encodeInteger, encodeOid } from '../../../src/cert/der-encoding.ts';
import { bmpPassword } from '../../../src/keystore/pkcs12/derivation.ts';
import { readPkcs12 } from '../../../src/keystore/pkcs12/read.ts';
import { keyFilePath, keyPair } from '../../cert/key-files.ts';
import { codesOf, flipped, keystore, pairs, password, stranger } from '../fixtures.ts';
import { asBer } from './ber-forms.ts';
import {
  certificateBag,
  context0,
  dataOid,
  encryptedPart,
  fileOf,
  inClear,
  keyBag,
  localKeyId,
  nestedBag,
  octets,
  pbes2Of,
  remade,
  secretBag,
  sequence,
  tripleDes,
} from './file-bytes.ts';

const read = (bytes: Uint8Array): Promise<KeystoreReading> => readPkcs12(bytes, password, 'my.p12');

const whole = keystore('openssl.p12');
const pkcs8 = pairs[2048].privateKey.export({ type: 'pkcs8', format: 'der' });
const der = pairs[2048].chain[0]!.raw;

/** [what is wrong, the file, what is said of it, how many entries can be had all the same] */
const cases: Array<[what: string, bytes: Uint8Array, codes: string[], entries: number]> = [
  ['no bytes', Buffer.alloc(0), ['KeystoreEmpty'], 0],
  ['a private key as text', keyPair('rsa2048.key'), ['KeystoreUnrecognised'], 0],
  ['a text that begins with the digit 0', Buffer.from('0123456789'), ['KeystoreUnrecognised'], 0],
  ['a certificate in DER', der, ['KeystoreUnrecognised'], 0],
  ['a private key in DER', pkcs8, ['KeystoreUnrecognised'], 0],
  ['PKCS#7', readFileSync(keyFilePath('bundle.der.p7b')), ['KeystoreUnrecognised'], 0],
  ['JKS', keystore('keytool17.jks'), ['KeystoreIsJks'], 0],
  ['JCEKS', keystore('keytool-jceks.jks'), ['KeystoreIsJceks'], 0],
  ['version 2', fileOf(inClear(), { version: 2 }), ['KeystoreVersionUnknown'], 0],
  [
    'a signature in place of a MAC',
    fileOf(inClear(), { type: encodeOid('1.2.840.113549.1.7.2') }),
    ['KeystoreEncryptionUnknown'],
    0,
  ],
  ['a missing last byte', whole.subarray(0, -1), ['KeystoreTruncated'], 0],
  ['the first ten bytes', whole.subarray(0, 10), ['KeystoreTruncated'], 0],
  ['a missing end of BER', asBer(whole).subarray(0, -2), ['KeystoreTruncated'], 0],
  ['trailing bytes', Buffer.concat([whole, Buffer.from('abc')]), ['KeystoreTrailingBytes'], 1],
  ['a MAC of another password', remade(keystore('openssl.p12'), bmpPassword('another')), ['KeystoreChecksumWrong'], 0],
  ['a changed certificate', flipped(whole, 400), ['KeystoreChecksumWrong'], 0],
  ['a changed MAC', flipped(whole, whole.length - 30), ['KeystoreChecksumWrong'], 0],
  [
    'a changed file that was never encrypted',
    flipped(keystore('openssl-in-clear.p12'), 400),
    ['KeystorePasswordWrong'],
    0,
  ],
  ['no MAC', keystore('openssl-without-mac.p12'), ['KeystoreWithoutMac'], 1],
  ['a MAC of another algorithm', fileOf(inClear(), { digest: '1.2.840.113549.2.5' }), ['KeystoreEncryptionUnknown'], 0],
  ['two passwords', keystore('openssl-two-passwords.p12'), ['KeystoreOfTwoPasswords'], 1],
  ['certificates under RC4', keystore('openssl-rc4.p12'), ['KeystoreEncryptionUnknown'], 1],
  [
    'PBES2 with scrypt',
    fileOf(encryptedPart(pbes2Of({ kdf: '1.3.6.1.4.1.11591.4.11' }))),
    ['KeystoreEncryptionUnknown'],
    0,
  ],
  [
    'PBES2 with another cipher',
    fileOf(encryptedPart(pbes2Of({ cipher: '1.2.840.113549.3.2' }))),
    ['KeystoreEncryptionUnknown'],
    0,
  ],
  ['an IV of another length', fileOf(encryptedPart(pbes2Of({ iv: 8 }))), ['KeystoreDamaged'], 0],
  ['no rounds of derivation', fileOf(encryptedPart(tripleDes(0))), ['KeystoreDamaged'], 0],
  [
    '5,000,000 rounds after the one of the MAC',
    fileOf(encryptedPart(tripleDes(5_000_000))),
    ['KeystoreIterationsTooMany'],
    0,
  ],
  [
    '5,000,001 rounds of PBKDF2',
    fileOf(encryptedPart(pbes2Of({ iterations: 5_000_001 }))),
    ['KeystoreIterationsTooMany'],
    0,
  ],
  [
    '5,000,001 rounds for the MAC',
    fileOf(inClear(), { iterations: encodeInteger(5_000_001) }),
    ['KeystoreIterationsTooMany'],
    0,
  ],
  [
    'rounds in a number of nine bytes',
    fileOf(inClear(), { iterations: Buffer.from('0209010000000000000000', 'hex') }),
    ['KeystoreIterationsTooMany'],
    0,
  ],
  ['rounds below zero', fileOf(inClear(), { iterations: Buffer.from('0201ff', 'hex') }), ['KeystoreDamaged'], 0],
  ['a content that is no sequence', fileOf(Buffer.from('0500', 'hex')), ['KeystoreDamaged'], 0],
  ['bags that are no bags', fileOf(inClear(encodeInteger(1))), ['KeystoreDamaged'], 0],
  [
    'octets that are no bags',
    fileOf(sequence(sequence(dataOid, context0(octets(Buffer.from('no')))))),
    ['KeystoreDamaged'],
    0,
  ],
  ['a key without certificate', keystore('openssl-key-alone.p12'), ['KeystoreKeyWithoutCertificate'], 1],
  [
    'a key that is none',
    fileOf(inClear(keyBag(sequence(encodeInteger(0))), certificateBag(der))),
    ['KeystoreKeyDamaged'],
    2,
  ],
  [
    'a certificate that is none',
    fileOf(inClear(keyBag(pkcs8), certificateBag(Buffer.from('no')))),
    ['KeystoreCertificateDamaged'],
    1,
  ],
  [
    "another key's certificate",
    fileOf(inClear(keyBag(pkcs8), certificateBag(stranger.raw))),
    ['KeystoreKeyWithoutCertificate'],
    2,
  ],
  [
    "another key's certificate, said to be the one of the key",
    fileOf(inClear(keyBag(pkcs8, localKeyId(1)), certificateBag(stranger.raw, localKeyId(1)))),
    ['KeystoreKeyMismatch'],
    1,
  ],
  ['a bag in a bag', fileOf(inClear(nestedBag(keyBag(pkcs8), certificateBag(der)))), [], 1],
  ['a secret of another kind beside the key', fileOf(inClear(secretBag, keyBag(pkcs8), certificateBag(der))), [], 1],
  ['an empty file of its kind', fileOf(inClear()), [], 0],
];

describe('readPkcs12: problems', () => {
  for (const [what, bytes, codes, entries] of cases) {
    it(`${what}: ${codes.join(', ') || 'none'}`, async () => {
      const reading = await read(bytes);
      expect(codesOf(reading)).to.deep.equal(codes);
      expect(reading.entries).to.have.length(entries);
      for (const { message, actions } of problemsOf(reading)) {
        expect(message).to.include('my.p12');
        expect([message, ...actions].join())
          .to.not.include('%s')
          .and.not.include(password);
      }
    });
  }

  for (const name of ['openssl.p12', 'openssl-legacy.p12', 'openssl-3des.p12', 'openssl-without-mac.p12']) {
    it(`${name} does not open with a wrong password, and without one a password is asked for`, async () => {
      const codes = async (word: string | undefined): Promise<string[]> =>
        codesOf(await readPkcs12(keystore(name), word, name)).filter((code) => code !== 'KeystoreWithoutMac');
      expect(await codes('another')).to.deep.equal(['KeystorePasswordWrong']);
      expect(await codes('')).to.deep.equal(['KeystorePasswordWrong']);
      expect(await codes(undefined)).to.deep.equal(['KeystorePasswordMissing']);
    });
  }

  it('a wrong password is never taken for the right one, although one in 256 passes for it by padding', async () => {
    for (const name of ['openssl-without-mac.p12', 'openssl-legacy.p12']) {
      for (let attempt = 0; attempt < 400; attempt++) {
        const reading = await readPkcs12(keystore(name), `another ${attempt}`, name);
        expect(reading.problems.map(({ code }) => code)).to.include('KeystorePasswordWrong');
        expect(reading.entries).to.deep.equal([]);
      }
    }
  });

  it('every file that was cut off is refused, wherever the cut is', async () => {
    for (const file of [whole, asBer(whole)]) {
      for (let length = 12; length < file.length; length += 37) {
        expect(codesOf(await read(file.subarray(0, length))), String(length)).to.deep.equal(['KeystoreTruncated']);
      }
    }
  });

  it('no single change of a byte passes unnoticed, or raises another error than ours', async () => {
    for (const name of ['openssl.p12', 'openssl-legacy.p12']) {
      const file = keystore(name);
      for (let at = 0; at < file.length; at += 5)
        expect(codesOf(await read(flipped(file, at))), String(at)).to.not.be.empty;
    }
  });

  it('no change of a byte in a file without MAC raises another error than ours', async () => {
    const clear = fileOf(inClear(keyBag(pkcs8), certificateBag(der)), { hasMac: false });
    for (const file of [clear, keystore('openssl-without-mac.p12')]) {
      expect(codesOf(await read(file))).to.deep.equal(['KeystoreWithoutMac']);
      for (let at = 0; at < file.length; at += 31) {
        for (const code of codesOf(await read(flipped(file, at)))) expect(code).to.match(/^Key(?:store|File)[A-Z]/);
      }
    }
  });
});
