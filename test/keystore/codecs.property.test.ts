import { expect } from 'chai';
import fc from 'fast-check';
import { readJks } from '../../src/keystore/jks/read.ts';
import { writeJks } from '../../src/keystore/jks/write.ts';
import { readPkcs12 } from '../../src/keystore/pkcs12/read.ts';
import { pkcs12RandomBytes, writePkcs12 } from '../../src/keystore/pkcs12/write.ts';
import { runs } from '../mutations.ts';
import { codesOf, gist, gistOf, issued } from './fixtures.ts';

const password = fc.string({ minLength: 6, maxLength: 60 });
/** Whatever UTF-16 can hold. */
const alias = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

describe('keystores of any input', function () {
  this.timeout(0);

  it('JKS gives back the alias in lower case, the date, the key and its chain', () => {
    const date = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    const salt = fc.uint8Array({ minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(alias, password, date, salt, (name, secret, at, grains) => {
        const bytes = writeJks([{ alias: name, ...issued, salt: grains, date: at }], secret);
        const reading = readJks(bytes, secret, 'a.jks');
        expect(gist(reading)).to.deep.equal([gistOf(name.toLowerCase(), issued)]);
        expect(reading.entries[0]?.date).to.deep.equal(at);
        expect(codesOf(reading).filter((code) => code !== 'KeystoreAliasUpperCase')).to.deep.equal([]);
        expect(codesOf(readJks(bytes, `${secret}x`, 'a.jks'))).to.deep.equal(['KeystorePasswordWrong']);
      }),
      runs(80, 5000)
    );
  });

  for (const profile of ['modern', 'compat'] as const) {
    it(`PKCS#12 (${profile}) gives back the alias, the key and its chain`, async () => {
      const chance = fc.uint8Array({ minLength: pkcs12RandomBytes, maxLength: pkcs12RandomBytes });
      await fc.assert(
        fc.asyncProperty(alias, password, chance, async (name, secret, random) => {
          const bytes = writePkcs12({ ...issued, alias: name, password: secret, profile, random, iterations: 1 });
          const reading = await readPkcs12(bytes, secret, 'a.p12');
          expect(gist(reading)).to.deep.equal([gistOf(name, issued)]);
          expect(codesOf(reading)).to.deep.equal([]);
          expect(codesOf(await readPkcs12(bytes, `${secret}x`, 'a.p12'))).to.deep.equal(['KeystorePasswordWrong']);
        }),
        runs(40, 5000)
      );
    });
  }
});
