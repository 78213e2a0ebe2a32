import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readBundle } from '../../src/cert/bundle.ts';
import { certificateOf, chainFile, namesOf } from './chains.ts';
import { certificateDefects, keyFilePath, keyPair } from './key-files.ts';

const pem = (...names: string[]): string => names.map((name) => chainFile(`${name}.crt`).toString()).join('');
const base64Of = (bytes: Buffer): string => bytes.toString('base64');

function found(bytes: Uint8Array): string[] {
  const reading = readBundle(bytes, 'answer.crt');
  return 'problem' in reading ? [reading.problem.code] : namesOf(reading.certificates);
}

describe('readBundle', () => {
  const all = ['root', 'leaf', 'policy', 'issuing'];
  const text = pem(...all);
  const texts: Array<[string, string | Buffer, string[]]> = [
    ['one PEM block', pem('leaf'), ['leaf']],
    ['blocks in any order', text, all],
    ['lines that end in CR LF', text.replaceAll('\n', '\r\n'), all],
    ['a byte order mark', `\uFEFF${text}`, all],
    ['UTF-16, as PowerShell 5 writes', Buffer.from(`\uFEFF${text}`, 'utf16le'), all],
    ['text around the blocks', `Dear Ann,\r\nsubject=CN = AQUILA\n${text}\n-- \nAcme CA\n`, all],
    ['indentation', text.replace(/^/gm, '    '), all],
    [
      'the JSON of an API',
      JSON.stringify({ certificate: pem('leaf').trim(), ca_chain: [pem('issuing')] }),
      ['leaf', 'issuing'],
    ],
    ['one block twice', pem('leaf', 'leaf'), ['leaf', 'leaf']],
    ['a private key beside it', `${keyPair('rsa2048.key').toString()}${pem('leaf')}`, ['leaf']],
    ['the label of other programs', pem('leaf').replaceAll(' CERTIFICATE', ' X509 CERTIFICATE'), ['leaf']],
    ['base64 without its first and last line', base64Of(chainFile('leaf.der')), ['leaf']],
    ['a whole PEM file in base64', Buffer.from(text).toString('base64'), all],
    ['DER', chainFile('leaf.der'), ['leaf']],
    ['DER with a line break behind it', Buffer.concat([chainFile('leaf.der'), Buffer.from('\r\n')]), ['leaf']],
  ];
  for (const [what, bytes, names] of texts) {
    it(`reads ${what}`, () => expect(found(Buffer.from(bytes))).to.deep.equal(names));
  }

  const envelopes: Array<[string, string, string[]]> = [
    ['PKCS#7 as PEM', 'bundle.p7b', all],
    ['PKCS#7 as DER', 'bundle.der.p7b', all],
    ['PKCS#7 with indefinite lengths', 'bundle.ber.p7b', ['issuing', 'leaf', 'policy']],
    ['a block CMS', 'bundle.cms.pem', ['issuing', 'leaf', 'policy']],
    ['PKCS#7 that Windows calls a certificate', 'bundle-as-certificate.p7b', all],
  ];
  for (const [what, file, names] of envelopes) {
    it(`reads ${what}`, () => expect(found(chainFile(file))).to.have.members(names));
  }

  it('reads PKCS#7 that is only base64', () => {
    expect(found(Buffer.from(base64Of(chainFile('bundle.der.p7b'))))).to.have.members(all);
  });

  const refused: Array<[string, Buffer, string]> = [
    ['an encrypted message', chainFile('no-certificates.p7b'), 'CertificateBundleEmpty'],
    ['a signature without certificates', chainFile('signed-without.p7b'), 'CertificateBundleEmpty'],
    [
      'the same as PEM',
      Buffer.from(`-----BEGIN PKCS7-----\n${base64Of(chainFile('signed-without.p7b'))}\n-----END PKCS7-----\n`),
      'CertificateBundleEmpty',
    ],
    ['a PKCS#7 that is cut off', chainFile('bundle.der.p7b').subarray(0, 2000), 'CertificateFileDamaged'],
    [
      'a PKCS#7 of indefinite length that is cut off',
      chainFile('bundle.ber.p7b').subarray(0, 2000),
      'CertificateFileDamaged',
    ],
    ['a second block that is cut off', Buffer.from(text.slice(0, 1900)), 'CertificateBundleDamaged'],
    ['a key of a kind that nobody knows', unknownKey(), 'CertificateFileDamaged'],
    ['indefinite lengths a hundred thousand deep', Buffer.alloc(200_000, '3080', 'hex'), 'CertificateFileDamaged'],
  ];
  for (const [what, bytes, code] of refused) {
    it(`${what} is ${code}`, () => expect(found(bytes)).to.deep.equal([code]));
  }

  it('says which of several certificates is damaged', () => {
    const spoilt = pem('root', 'leaf', 'policy').replace(pem('leaf').slice(30, 94), 'A'.repeat(64));
    const reading = readBundle(Buffer.from(spoilt), 'answer.crt');
    if (!('problem' in reading)) throw new Error('readable');
    expect(reading.problem.message).to.equal(
      'answer.crt holds 3 certificates, and number 2 of them is damaged or cut off.'
    );
  });

  // what only spoils a PEM file on its way can be undone, and PKCS#7 can be read
  const defects = Object.entries(certificateDefects).filter(
    ([file, code]) => !file.endsWith('.p7b') && code !== 'CertificateFileWrapped'
  );
  for (const [file, code] of defects) {
    it(`${file} is ${code}`, () => expect(found(readFileSync(keyFilePath(file)))).to.deep.equal([code]));
  }
  for (const [file] of Object.entries(certificateDefects).filter(([, code]) => code === 'CertificateFileWrapped')) {
    it(`reads ${file}`, () => {
      const { subject } = new X509Certificate(keyPair('rsa2048.crt'));
      expect(found(readFileSync(keyFilePath(file)))).to.deep.equal([subject]);
    });
  }

  it('every part of a file from its beginning is read, or refused with a reason', () => {
    for (const file of ['bundle.der.p7b', 'bundle.ber.p7b', 'bundle.cms.pem', 'leaf.der']) {
      const whole = chainFile(file);
      for (let length = 0; length < whole.length; length += 7) {
        const reading = readBundle(whole.subarray(0, length), file);
        if ('problem' in reading) expect(reading.problem.message, String(length)).to.include(file);
        else expect(reading.certificates, String(length)).to.not.be.empty;
      }
    }
  });
});

/** A certificate whose key has an algorithm that doesn't exist: Node reads it, but nothing can be asked of it. */
function unknownKey(): Buffer {
  const der = Buffer.from(certificateOf('leaf').raw);
  const rsaEncryption = Buffer.from('06092a864886f70d010101', 'hex');
  der[der.indexOf(rsaEncryption) + rsaEncryption.length - 1] = 0x7f;
  return der;
}
