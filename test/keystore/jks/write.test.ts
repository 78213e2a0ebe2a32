import { expect } from 'chai';
import { childrenOf, readElement } from '../../../src/cert/der.ts';
import { readJks } from '../../../src/keystore/jks/read.ts';
import { writeJks, type JksKey } from '../../../src/keystore/jks/write.ts';
import { refusalOf } from '../../cert/refusal.ts';
import { codesOf, gist, gistOf, issued, keystore, pairs, password, stranger } from '../fixtures.ts';

const salt = Buffer.alloc(20, 7);
const date = new Date('2026-11-21T12:34:56.789Z');

/** The salt in a file with one key: the first twenty octets of its EncryptedPrivateKeyInfo. */
function saltIn(file: Buffer): Buffer {
  const sealed = file.subarray(file.indexOf(Buffer.from('300e060a2b060104012a0211', 'hex')) - 4);
  const [, octets] = childrenOf(readElement(sealed)!);
  return Buffer.from(octets!.contents.subarray(0, 20));
}

describe('writeJks', () => {
  it('writes what keytool 17 writes from the same salt and date, byte for byte', () => {
    const file = keystore('keytool17.jks');
    const [entry] = readJks(file, password, 'keytool17.jks').entries;
    const written = writeJks([{ alias: 'AQUILA', ...pairs[2048], salt: saltIn(file), date: entry!.date! }], password);
    expect(written.toString('hex')).to.equal(file.toString('hex'));
  });

  it('writes the store with three entries that keytool 17 writes, byte for byte', () => {
    const file = keystore('keytool-several.jks');
    const { entries } = readJks(file, password, 'several.jks');
    const again = entries.map(({ alias, privateKey, chain, date: at }) => {
      const sealed = file.subarray(file.indexOf(alias));
      return privateKey
        ? { alias, privateKey, chain, date: at!, salt: saltIn(sealed) }
        : { alias, certificate: chain[0]!, date: at! };
    });
    expect(again).to.have.length(3);
    expect(writeJks(again, password).toString('hex')).to.equal(file.toString('hex'));
  });

  it('writes the empty store that Java writes', () => {
    expect(writeJks([], 'changeit').toString('hex')).to.equal(
      'feedfeed0000000200000000e2686e45fb43dfa4d992dd41ceb6b21c6330d792'
    );
  });

  for (const bits of [2048, 3072, 4096] as const) {
    it(`gives a pair of ${bits} bits back when it is read`, () => {
      const file = writeJks([{ alias: 'aquila', ...pairs[bits], salt, date }], password);
      const reading = readJks(file, password, 'x.jks');
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[bits])]);
      expect(reading.entries[0]?.date).to.deep.equal(date);
    });
  }

  it('keeps the chain in its order, and certificates on their own', () => {
    const [leaf, ca] = issued.chain;
    const file = writeJks(
      [
        { alias: 'aquila', ...issued, salt, date },
        { alias: 'ca', certificate: ca!, date },
      ],
      password
    );
    const { entries } = readJks(file, password, 'x.jks');
    expect(entries.map(({ chain }) => chain.map(({ serialNumber }) => serialNumber))).to.deep.equal([
      [leaf!.serialNumber, ca!.serialNumber],
      [ca!.serialNumber],
    ]);
  });

  for (const alias of ['My_Cert', 'ÄÖÜ', 'Zürich 鍵 😀', 'x'.repeat(60_000), '', '__proto__', 'a\0b']) {
    it(`writes the alias ${JSON.stringify(alias.slice(0, 20))} in lower case`, () => {
      const reading = readJks(writeJks([{ alias, ...pairs[2048], salt, date }], password), password, 'x.jks');
      expect(reading.entries.map((entry) => entry.alias)).to.deep.equal([alias.toLowerCase()]);
      expect(codesOf(reading)).to.deep.equal([]);
    });
  }

  const entry = (changes: Partial<JksKey>): JksKey => ({ alias: 'aquila', ...pairs[2048], salt, date, ...changes });
  const refusals: Array<[what: string, write: () => unknown, code: string]> = [
    ['a chain without certificates', () => writeJks([entry({ chain: [] })], password), 'KeystoreChainMissing'],
    ["another key's certificate", () => writeJks([entry({ chain: [stranger] })], password), 'KeystorePairMismatch'],
    [
      'aliases that differ in capitals only',
      () => writeJks([entry({ alias: 'a' }), entry({ alias: 'A' })], password),
      'KeystoreAliasTaken',
    ],
    [
      'an alias of 65,536 bytes',
      () => writeJks([entry({ alias: 'x'.repeat(65_536) })], password),
      'KeystoreAliasTooLong',
    ],
    ['a password of five characters', () => writeJks([entry({})], '12345'), 'KeystorePasswordTooShort'],
    ['a password outside ASCII', () => writeJks([entry({})], 'Пароль-åß'), 'KeystorePasswordNotAscii'],
  ];
  for (const [what, write, code] of refusals) {
    it(`refuses ${what} with ${code}`, async () => expect(await refusalOf(write)).to.equal(code));
  }
});
