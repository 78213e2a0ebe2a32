import { createSecureContext } from 'node:tls';
import { expect } from 'chai';
import { readPkcs12 } from '../../../src/keystore/pkcs12/read.ts';
import { pkcs12RandomBytes, writePkcs12, type Pkcs12Input } from '../../../src/keystore/pkcs12/write.ts';
import { refusalOf } from '../../cert/refusal.ts';
import { codesOf, gist, gistOf, issued, pairs, password, stranger } from '../fixtures.ts';

const random = Buffer.from(Array.from({ length: pkcs12RandomBytes }, (_, index) => index));
const input: Pkcs12Input = {
  ...{ ...pairs[2048], alias: 'My_Cert', password, profile: 'modern', random, iterations: 1 },
};

const protections = {
  modern: ['MAC with SHA-256, 10000 iterations', 'PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256, 10000 iterations'],
  compat: ['MAC with SHA-1, 10000 iterations', 'PBE with SHA-1 and 3DES, 10000 iterations'],
};

describe('writePkcs12', () => {
  for (const profile of ['modern', 'compat'] as const) {
    for (const bits of [2048, 3072, 4096] as const) {
      it(`${profile}: gives a pair of ${bits} bits back when it is read`, async () => {
        const reading = await readPkcs12(writePkcs12({ ...input, ...pairs[bits], profile }), password, 'x.p12');
        expect(codesOf(reading)).to.deep.equal([]);
        expect(gist(reading)).to.deep.equal([gistOf('My_Cert', pairs[bits])]);
      });
    }

    it(`${profile}: is protected as its name says, with 10,000 iterations`, async () => {
      const { iterations, ...asUsual } = input;
      expect(iterations).to.equal(1);
      const file = writePkcs12({ ...asUsual, profile });
      expect((await readPkcs12(file, password, 'x.p12')).protection).to.deep.equal(protections[profile]);
    });

    it(`${profile}: is opened by Node with its password and no other`, () => {
      const pfx = writePkcs12({ ...input, profile });
      expect(() => createSecureContext({ pfx, passphrase: password })).to.not.throw();
      expect(() => createSecureContext({ pfx, passphrase: 'another' })).to.throw(/mac verify failure/);
    });
  }

  it('keeps the chain', async () => {
    const reading = await readPkcs12(writePkcs12({ ...input, ...issued }), password, 'x.p12');
    expect(gist(reading)).to.deep.equal([gistOf('My_Cert', issued)]);
  });

  it('gives the same bytes for the same random bytes, and puts each of them in once', () => {
    const file = writePkcs12(input);
    expect(file.equals(writePkcs12(input))).to.be.true;
    for (const [start, end, what] of [
      [0, 16, 'salt of the key'],
      [16, 32, 'IV of the key'],
      [32, 48, 'salt of the certificates'],
      [48, 64, 'IV of the certificates'],
      [64, 84, 'salt of the MAC'],
    ] as const) {
      const part = random.subarray(start, end);
      const at = file.indexOf(part);
      expect(at, what).to.be.greaterThan(0);
      expect(file.indexOf(part, at + 1), what).to.equal(-1);
    }
  });

  it('sorts the attributes of a bag as DER asks, whatever the length of the alias', async () => {
    for (const alias of ['a', 'a'.repeat(9), 'a'.repeat(10), 'a'.repeat(64)]) {
      const file = writePkcs12({ ...input, alias });
      const friendlyName = file.indexOf(Buffer.from('2a864886f70d010914', 'hex'));
      const localKeyId = file.indexOf(Buffer.from('2a864886f70d010915', 'hex'));
      // two sequences: the shorter one sorts first, because its length byte is smaller; of equal length, friendlyName
      expect(friendlyName < localKeyId, alias).to.equal(13 + 2 + 2 * alias.length <= 13 + 2 + 20);
      expect((await readPkcs12(file, password, 'x.p12')).entries[0]?.alias).to.equal(alias);
    }
  });

  for (const alias of ['Zürich 鍵 😀', '', '1', 'a'.repeat(5000)]) {
    it(`keeps the alias ${JSON.stringify(alias.slice(0, 20))}`, async () => {
      const [entry] = (await readPkcs12(writePkcs12({ ...input, alias }), password, 'x.p12')).entries;
      expect(entry?.alias).to.equal(alias);
    });
  }

  const refusals: Array<[what: string, changes: Partial<Pkcs12Input>, code: string]> = [
    ['a chain without certificates', { chain: [] }, 'KeystoreChainMissing'],
    ["another key's certificate", { chain: [stranger] }, 'KeystorePairMismatch'],
    ['the issuer in front of the certificate', { chain: [...issued.chain].reverse() }, 'KeystorePairMismatch'],
    ['a password of five characters', { password: '12345' }, 'KeystorePasswordTooShort'],
    ['a password outside ASCII', { password: 'Пароль-åß' }, 'KeystorePasswordNotAscii'],
  ];
  for (const [what, changes, code] of refusals) {
    it(`refuses ${what} with ${code}`, async () => {
      expect(await refusalOf(() => writePkcs12({ ...input, ...changes }))).to.equal(code);
    });
  }
});
