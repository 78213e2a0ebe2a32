import { createHash, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { problemsOf, type KeystoreReading } from '../../../src/keystore/entry.ts';
import { sealKey } from '../../../src/keystore/jks/protection.ts';
import { readJks } from '../../../src/keystore/jks/read.ts';
import { writeJks } from '../../../src/keystore/jks/write.ts';
import { keyFilePath, keyPair } from '../../cert/key-files.ts';
import { codesOf, flipped, issued, keystore, pairs, password, stranger } from '../fixtures.ts';
import { certificateBytes, certificateEntryBytes, keyEntryBytes, storeBytes, u32 } from './store-bytes.ts';

const read = (bytes: Uint8Array, word: string | undefined = password): KeystoreReading =>
  readJks(bytes, word, 'my.jks');

const { privateKey, chain } = pairs[2048];
const der = chain[0]!.raw;
const salt = Buffer.alloc(20, 9);
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
const seal = (plain: Uint8Array): Buffer => sealKey(plain, password, salt);
const sealed = seal(pkcs8);
const whole = keystore('keytool17.jks');
const rsa1024 = createPrivateKey(readFileSync(keyFilePath('rsa1024.pem'))).export({ type: 'pkcs8', format: 'der' });

/** [what is wrong, the file, what is said of it, the entries that can be had all the same] */
type Case = [what: string, bytes: Uint8Array, codes: string[], entries: string[]];
const key = 'key and certificate';

const pwb = Buffer.from(password, 'utf16le').swap16();
const body = whole.subarray(0, -20);

/** The same store with a digest over these parts. */
function resealed(parts: Array<Uint8Array | string>): Buffer {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return Buffer.concat([body, hash.digest()]);
}

const cases: Case[] = [
  ['no bytes', Buffer.alloc(0), ['KeystoreEmpty'], []],
  ['a private key as text', keyPair('rsa2048.key'), ['KeystoreUnrecognised'], []],
  ['a certificate in DER', der, ['KeystoreUnrecognised'], []],
  ['half a magic number', whole.subarray(0, 3), ['KeystoreUnrecognised'], []],
  ['JCEKS', keystore('keytool-jceks.jks'), ['KeystoreIsJceks'], []],
  ['PKCS#12', keystore('keytool-pkcs12-inside.jks'), ['KeystoreIsPkcs12'], []],
  ['a magic number and no more', whole.subarray(0, 4), ['KeystoreTruncated'], []],
  ['version 3', storeBytes([], { version: 3 }), ['KeystoreVersionUnknown'], []],
  ['version 0', storeBytes([], { version: 0 }), ['KeystoreVersionUnknown'], []],
  ['a missing last byte', whole.subarray(0, -1), ['KeystoreTruncated'], []],
  ['no digest', whole.subarray(0, -20), ['KeystoreTruncated'], []],
  ['half the file', whole.subarray(0, whole.length / 2), ['KeystoreTruncated'], []],
  ['trailing bytes', Buffer.concat([whole, Buffer.from('abc')]), ['KeystoreTrailingBytes'], [key]],
  [
    'a count of four billion',
    Buffer.concat([whole.subarray(0, 8), u32(0xffffffff), whole.subarray(12)]),
    ['KeystoreDamaged'],
    [],
  ],
  ['four billion entries and no entry', storeBytes([], { count: 0xffffffff }), ['KeystoreDamaged'], []],
  [
    'an entry too many in the count',
    storeBytes([keyEntryBytes(sealed, [certificateBytes(der)])], { count: 2 }),
    ['KeystoreDamaged'],
    [],
  ],
  [
    'an entry too few in the count',
    storeBytes([keyEntryBytes(sealed, [certificateBytes(der)])], { count: 0 }),
    ['KeystoreTrailingBytes', 'KeystorePasswordWrong'],
    [],
  ],
  [
    'a certificate of four gigabytes',
    storeBytes([certificateEntryBytes(Buffer.concat([Buffer.from('0005582e353039', 'hex'), u32(0xffffffff)]))]),
    ['KeystoreTruncated'],
    [],
  ],
  [
    'an alias beyond the end',
    Buffer.concat([whole.subarray(0, 16), Buffer.from('ffff', 'hex'), whole.subarray(18)]),
    ['KeystoreTruncated'],
    [],
  ],
  [
    'an entry of an unknown kind',
    storeBytes([certificateEntryBytes(certificateBytes(der), 'ca', 3)]),
    ['KeystoreDamaged'],
    [],
  ],
  [
    'a certificate of another type',
    storeBytes([certificateEntryBytes(certificateBytes(der, 'X509'))]),
    ['KeystoreDamaged'],
    [],
  ],
  [
    'an alias in plain UTF-8 where Java has its own',
    storeBytes([certificateEntryBytes(certificateBytes(der), '😀')]),
    ['KeystoreDamaged'],
    [],
  ],
  ['a changed certificate', flipped(whole, whole.length - 100), ['KeystoreChecksumWrong'], []],
  ['a changed alias', flipped(whole, 18), ['KeystoreChecksumWrong'], []],
  ['a changed digest', flipped(whole, whole.length - 1), ['KeystoreChecksumWrong'], []],
  ['a changed key', flipped(whole, 300), ['KeystorePasswordWrong'], []],
  [
    'certificates alone, one of them changed',
    flipped(keystore('keytool-certificates.jks'), 200),
    ['KeystorePasswordWrong'],
    [],
  ],
  ['a digest without the words of Java', resealed([pwb, body]), ['KeystoreChecksumWrong'], []],
  [
    'a digest over the password in UTF-8',
    resealed([password, 'Mighty Aphrodite', body]),
    ['KeystoreChecksumWrong'],
    [],
  ],
  ['a digest as Java has it', resealed([pwb, 'Mighty Aphrodite', body]), [], [key]],
  [
    'a key with a password of its own',
    keystore('keytool-key-password.jks'),
    ['KeystoreKeyPasswordDiffers'],
    ['certificate'],
  ],
  [
    'a key in PKCS#1',
    storeBytes([keyEntryBytes(seal(privateKey.export({ type: 'pkcs1', format: 'der' })), [certificateBytes(der)])]),
    ['KeystoreKeyNotPkcs8'],
    ['certificate'],
  ],
  [
    'a key in PEM',
    storeBytes([keyEntryBytes(seal(keyPair('rsa2048.key')), [certificateBytes(der)])]),
    ['KeystoreKeyNotPkcs8'],
    ['certificate'],
  ],
  [
    'no key where a key should be',
    storeBytes([keyEntryBytes(seal(Buffer.from('no key')), [certificateBytes(der)])]),
    ['KeystoreKeyDamaged'],
    ['certificate'],
  ],
  [
    'a key whose numbers were cut off',
    storeBytes([keyEntryBytes(seal(pkcs8.subarray(0, -9)), [certificateBytes(der)])]),
    ['KeystoreKeyDamaged'],
    ['certificate'],
  ],
  [
    'a key that is not protected as Java does it',
    storeBytes([keyEntryBytes(pkcs8, [certificateBytes(der)])]),
    ['KeystoreKeyDamaged'],
    ['certificate'],
  ],
  [
    'a certificate that is none',
    storeBytes([keyEntryBytes(sealed, [certificateBytes(Buffer.from('no'))])]),
    ['KeystoreCertificateDamaged'],
    ['key'],
  ],
  [
    'a certificate in PEM',
    storeBytes([keyEntryBytes(sealed, [certificateBytes(keyPair('rsa2048.crt'))])]),
    ['KeystoreCertificateDamaged'],
    ['key'],
  ],
  ['no certificate', storeBytes([keyEntryBytes(sealed, [])]), ['KeystoreKeyWithoutCertificate'], ['key']],
  [
    "another key's certificate",
    storeBytes([keyEntryBytes(sealed, [certificateBytes(stranger.raw)])]),
    ['KeystoreKeyMismatch'],
    [key],
  ],
  [
    'a key of 1024 bits',
    storeBytes([keyEntryBytes(seal(rsa1024), [certificateBytes(der)])]),
    ['KeyFileTooShort', 'KeystoreKeyMismatch'],
    [key],
  ],
  ['a key of 2560 bits', keystore('keytool-2560-bits.jks'), ['KeystoreKeyBits'], [key]],
  ['an EC key', keystore('keytool-ec.jks'), ['KeyFileIsEc'], [key]],
  [
    'an alias with capitals',
    storeBytes([keyEntryBytes(sealed, [certificateBytes(der)], { alias: 'My_Cert' })]),
    ['KeystoreAliasUpperCase'],
    [key],
  ],
  [
    'an alias that comes twice',
    storeBytes([
      keyEntryBytes(sealed, [certificateBytes(der)]),
      certificateEntryBytes(certificateBytes(der), 'aquila'),
    ]),
    ['KeystoreAliasRepeated'],
    [key, 'certificate'],
  ],
];

describe('readJks: problems', () => {
  for (const [what, bytes, codes, entries] of cases) {
    it(`${what}: ${codes.join(', ')}`, () => {
      const reading = read(bytes);
      expect(codesOf(reading)).to.deep.equal(codes);
      const had = reading.entries.map((entry) =>
        [...(entry.privateKey ? ['key'] : []), ...(entry.chain.length > 0 ? ['certificate'] : [])].join(' and ')
      );
      expect(had).to.deep.equal(entries);
      for (const { message, actions } of problemsOf(reading)) {
        expect(message).to.include('my.jks');
        expect([message, ...actions].join())
          .to.not.include('%s')
          .and.not.include(password);
      }
    });
  }

  it('without a password the certificates are read, and the keys are said to be locked', () => {
    const reading = readJks(whole, undefined, 'my.jks');
    expect(reading.problems.map(({ code }) => code)).to.deep.equal(['KeystorePasswordMissing']);
    expect(reading.entries.map((entry) => [entry.kind, entry.privateKey, entry.chain.length])).to.deep.equal([
      ['private-key', undefined, 1],
    ]);
  });

  it('the password of the key in place of that of the store is no reason to speak of a changed file alone', () => {
    const [problem] = read(keystore('keytool-key-password.jks'), 'another-word').problems;
    expect(problem?.code).to.equal('KeystoreChecksumWrong');
    expect(problem?.message).to.include('either the keystore has another password').and.include('or the file was');
    expect(problem?.actions[0]).to.include('give that of the keystore');
  });

  it('a wrong password and a changed file are not told apart where they can not be, and the message says so', () => {
    for (const reading of [read(whole, 'another'), read(flipped(whole, 300))]) {
      const [problem] = reading.problems;
      expect(problem?.code).to.equal('KeystorePasswordWrong');
      expect(problem?.message).to.include('Either').and.include('changed');
      expect(problem?.actions.join(' ')).to.include('password').and.include('copy it again');
    }
  });

  it('every file that was cut off is refused, wherever the cut is', () => {
    for (let length = 4; length < whole.length; length += 13) {
      expect(codesOf(read(whole.subarray(0, length))), String(length)).to.deep.equal(['KeystoreTruncated']);
    }
  });

  it('no single change of a byte passes unnoticed, or raises another error than ours', () => {
    const small = writeJks([{ alias: 'ca', certificate: issued.chain[1]!, date: new Date(0) }], password);
    for (const file of [whole, small]) {
      for (let at = 0; at < file.length; at += 3) expect(codesOf(read(flipped(file, at))), String(at)).to.not.be.empty;
    }
  });
});
