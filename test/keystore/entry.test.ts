import { expect } from 'chai';
import { keyEntryOf, problemsOf, type KeystoreReading } from '../../src/keystore/entry.ts';
import { readKeystore } from '../../src/keystore/read.ts';
import { keystore, pairs, password } from './fixtures.ts';

const read = (name: string, word = password): Promise<KeystoreReading> => readKeystore(keystore(name), word, name);

describe('keyEntryOf', () => {
  for (const name of ['keytool17.jks', 'openssl.p12', 'openssl-legacy.p12', 'openssl-without-mac.p12']) {
    it(`gives the only key of ${name}`, async () => {
      const choice = keyEntryOf(await read(name), name);
      if ('problem' in choice) throw new Error(choice.problem.code);
      expect(choice.entry.privateKey.equals(pairs[2048].privateKey)).to.be.true;
      expect(choice.entry.alias).to.equal('aquila');
    });
  }

  for (const name of ['keytool-several.jks', 'keytool-several.p12']) {
    it(`gives the key of the alias that is asked for, in any case: ${name}`, async () => {
      const choice = keyEntryOf(await read(name), name, 'Second_Key');
      if ('problem' in choice) throw new Error(choice.problem.code);
      expect(choice.entry.privateKey.equals(pairs[3072].privateKey)).to.be.true;
    });
  }

  const refusals: Array<[name: string, alias: string | undefined, code: string, words: string[]]> = [
    ['keytool-several.jks', undefined, 'KeystoreSeveralKeys', ['"aquila"', '"second_key"']],
    ['keytool-several.jks', 'third', 'KeystoreAliasUnknown', ['"third"', '"aquila"', '"second_key"']],
    ['keytool-several.jks', 'acme_ca', 'KeystoreAliasUnknown', ['"acme_ca"']],
    ['openssl-certificates.p12', undefined, 'KeystoreWithoutKey', []],
    ['keytool-certificates.jks', undefined, 'KeystoreWithoutKey', []],
    ['keytool-key-password.jks', undefined, 'KeystoreKeyPasswordDiffers', ['"aquila"']],
    ['openssl-two-passwords.p12', undefined, 'KeystoreOfTwoPasswords', []],
    ['keytool-jceks.jks', undefined, 'KeystoreIsJceks', []],
  ];
  for (const [name, alias, code, words] of refusals) {
    it(`${name}${alias === undefined ? '' : `, alias ${alias}`}: ${code}`, async () => {
      const choice = keyEntryOf(await read(name), name, alias);
      if (!('problem' in choice)) throw new Error('taken');
      expect(choice.problem.code).to.equal(code);
      for (const word of [name, ...words]) expect(choice.problem.message).to.include(word);
    });
  }

  it('asks for the password where none was given', async () => {
    for (const name of ['keytool17.jks', 'openssl.p12']) {
      const reading = await readKeystore(keystore(name), undefined, name);
      const choice = keyEntryOf(reading, name);
      expect('problem' in choice && choice.problem.code).to.equal('KeystorePasswordMissing');
      expect(problemsOf(reading).map(({ code }) => code)).to.deep.equal(['KeystorePasswordMissing']);
    }
  });

  it('says of a store that does not open that the password is wrong, and not that it has no key', async () => {
    for (const name of ['keytool17.jks', 'openssl.p12']) {
      const choice = keyEntryOf(await read(name, 'another'), name);
      expect('problem' in choice && choice.problem.code).to.equal('KeystorePasswordWrong');
    }
  });
});
