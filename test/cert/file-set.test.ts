import { expect } from 'chai';
import { allFileNames, fileNames, secretsOf, type FileChoice } from '../../src/cert/file-set.ts';
import { refusalOf } from './refusal.ts';

const choice: FileChoice = { name: 'server', pem: true, encrypted: false, encryptedOnly: false };

describe('fileNames', () => {
  const cases: Array<[string, Partial<typeof choice>, string[]]> = [
    ['by default', {}, ['server.crt', 'server.csr', 'server.key', 'server.pem']],
    ['without the copy for the collector', { pem: false }, ['server.crt', 'server.csr', 'server.key']],
    [
      'with a passphrase',
      { encrypted: true },
      ['server.crt', 'server.csr', 'server.key', 'server.pass.key', 'server.pem'],
    ],
    [
      'with keystores',
      { keystores: ['jks', 'p12'] },
      ['keystore.p12', 'server.crt', 'server.csr', 'server.key', 'server.pem', 'servercert.jks'],
    ],
    [
      'with one keystore',
      { pem: false, keystores: ['p12'] },
      ['keystore.p12', 'server.crt', 'server.csr', 'server.key'],
    ],
    ['protected only', { encryptedOnly: true }, ['server.crt', 'server.csr', 'server.pass.key']],
  ];
  for (const [what, changes, names] of cases) {
    it(`${what}: ${names.join(', ')}`, () => {
      expect(Object.values(fileNames({ ...choice, ...changes })).sort()).to.deep.equal(names);
    });
  }

  it('calls every file with a key in it a secret', () => {
    expect(secretsOf(allFileNames('a')).sort()).to.deep.equal([
      ...['a.key', 'a.pass.key', 'a.pem', 'keystore.p12', 'servercert.jks'],
    ]);
  });

  for (const name of ['a', 'acme-2026_prod.v1', 'São', 'x'.repeat(64), 'console']) {
    it(`takes the name ${name}`, () => expect(allFileNames(name).certificate).to.equal(`${name}.crt`));
  }

  const bad = ['', '.', '..', '../x', 'a/b', 'a\\b', '.hidden', '-f', 'a b', 'a.', 'x'.repeat(65), 'a\0', 'a\n', 'con'];
  for (const name of [...bad, 'NUL', 'com1', 'lpt9.x', 'a:b', '~']) {
    it(`refuses the name ${JSON.stringify(name)}`, async () => {
      expect(await refusalOf(() => allFileNames(name))).to.equal('FileNameInvalid');
    });
  }
});
