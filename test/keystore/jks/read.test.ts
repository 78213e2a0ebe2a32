import { expect } from 'chai';
import type { KeystoreReading } from '../../../src/keystore/entry.ts';
import { sealKey } from '../../../src/keystore/jks/protection.ts';
import { readJks } from '../../../src/keystore/jks/read.ts';
import { certificateOf, codesOf, gist, gistOf, issued, keystore, pairs, password } from '../fixtures.ts';
import { certificateBytes, certificateEntryBytes, keyEntryBytes, storeBytes, withoutType } from './store-bytes.ts';

const read = (bytes: Uint8Array, word: string | undefined = password): KeystoreReading =>
  readJks(bytes, word, 'my.jks');

const { privateKey, chain } = pairs[2048];
const der = chain[0]!.raw;
const salt = Buffer.alloc(20, 9);
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
const sealed = sealKey(pkcs8, password, salt);

describe('readJks', () => {
  for (const name of ['keytool17.jks', 'keytool25.jks']) {
    it(`reads ${name}`, () => {
      const reading = read(keystore(name));
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[2048])]);
      expect(reading.entries[0]?.date?.getUTCFullYear()).to.equal(2026);
      expect(reading.protection).to.deep.equal(['JKS version 2, SHA-1 without key derivation']);
    });
  }

  it('reads several keys and certificates with their chains', () => {
    const reading = read(keystore('keytool-several.jks'));
    const ca = certificateOf('keystores/ca.crt').fingerprint256;
    expect(codesOf(reading)).to.deep.equal([]);
    expect(gist(reading)).to.deep.equal([
      { alias: 'acme_ca', kind: 'certificate', key: undefined, chain: [ca] },
      gistOf('aquila', issued),
      gistOf('second_key', pairs[3072]),
    ]);
  });

  it('reads version 1, whose certificates have no type', () => {
    const entries = [keyEntryBytes(sealed, [withoutType(der)]), certificateEntryBytes(withoutType(der))];
    const reading = read(storeBytes(entries, { version: 1 }));
    expect(codesOf(reading)).to.deep.equal([]);
    expect(gist(reading)[0]).to.deep.equal(gistOf('aquila', pairs[2048]));
    expect(reading.entries).to.have.length(2);
  });

  for (const word of ['', 'abc', 'Пароль-åß', '😀', 'x'.repeat(200)]) {
    it(`opens with the password ${JSON.stringify(word.slice(0, 20))}`, () => {
      const sealedSo = sealKey(pkcs8, word, salt);
      const store = storeBytes([keyEntryBytes(sealedSo, [certificateBytes(der)])], { password: word });
      expect(codesOf(read(store, word))).to.deep.equal([]);
      expect(codesOf(read(store, `${word}x`))).to.deep.equal(['KeystorePasswordWrong']);
    });
  }

  it('leaves out a date that no calendar reaches', () => {
    const at = Buffer.from('7fffffffffffffff', 'hex');
    const [entry] = read(storeBytes([keyEntryBytes(sealed, [certificateBytes(der)], { at })])).entries;
    expect(entry).to.not.have.property('date');
    expect(entry?.privateKey?.equals(privateKey)).to.be.true;
  });
});
