import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { holdsPrivateKey, importedFileNames } from '../../src/cert/imported-files.ts';
import { chainFile } from './chains.ts';
import { keyFilePath } from './key-files.ts';

describe('importedFileNames', () => {
  const rows: Array<[string, string]> = [
    ['server.key', 'server'],
    ['/home/ann/aquila/acme.key', 'acme'],
    ['server.pem', 'server'],
    ['server.plain.pem', 'server'],
    ['server.pass.plain.pem', 'server'],
    ['acme.v2.key', 'acme.v2'],
    ['id_rsa', 'id_rsa'],
    ['.key', 'server'],
    ['passport.key', 'passport'],
  ];
  for (const [key, base] of rows) {
    it(`${key} gives ${base}.crt and ${base}.chain.crt`, () => {
      expect(importedFileNames(key)).to.deep.equal({ certificate: `${base}.crt`, chain: `${base}.chain.crt` });
    });
  }
});

describe('holdsPrivateKey', () => {
  const keys = [
    ...['pkcs1.pem', 'pkcs1.der', 'pkcs8.der', 'ec.der', 'ec-sec1.pem', 'encrypted-pkcs8.pem', 'encrypted-pkcs8.der'],
    ...[
      'encrypted-pkcs1.pem',
      'openssh.pem',
      'keystore.p12',
      'keystore.jks',
      'certificate-then-key.pem',
      'utf16le.pem',
    ],
    ...['base64.pem', 'truncated.pem', 'literal-newlines.pem'],
  ];
  for (const file of keys) {
    it(`${file}: yes`, () => {
      expect(holdsPrivateKey(readFileSync(keyFilePath(file)))).to.equal(true);
    });
  }
  for (const file of [
    'certificate.pem',
    'certificate.der',
    'request.pem',
    'public-key.der',
    'empty.pem',
    'words.txt',
  ]) {
    it(`${file}: no`, () => expect(holdsPrivateKey(readFileSync(keyFilePath(file)))).to.equal(false));
  }
  it('PKCS#7: no', () => expect(holdsPrivateKey(chainFile('bundle.der.p7b'))).to.equal(false));
});
