import { expect } from 'chai';
import { bmpPassword, derive, purposes } from '../../../src/keystore/pkcs12/derivation.ts';

/** Known answers of the PKCS#12 derivation as OpenSSL's own tests have them. */
const answers: Array<[password: string, salt: string, iterations: number, purpose: 1 | 2 | 3, derived: string]> = [
  ['smeg', '0a58cf64530d823f', 1, 1, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
  ['smeg', '0a58cf64530d823f', 1, 2, '79993dfe048d3b76'],
  ['smeg', '642b99ab44fb4b1f', 1, 1, 'f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966'],
  ['smeg', '642b99ab44fb4b1f', 1, 2, 'c0a38d64a79bea1d'],
  ['smeg', '3d83c0e4546ac140', 1, 3, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
  ['queeg', '05dec959acff72f7', 1000, 1, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
  ['queeg', '05dec959acff72f7', 1000, 2, '11dedad7758d4860'],
  ['queeg', '1682c0fc5b3f7ec5', 1000, 1, '483dd6e919d7de2e8e648ba8f862f3fbfbdc2bcb2c02957f'],
  ['queeg', '1682c0fc5b3f7ec5', 1000, 2, '9d461d1b00355c50'],
  ['queeg', '263216fcc2fab31c', 1000, 3, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
];

describe('derive', () => {
  for (const [password, salt, iterations, purpose, derived] of answers) {
    it(`${password}, salt ${salt}, purpose ${purpose}: the known answer`, () => {
      const result = derive(
        'sha1',
        bmpPassword(password),
        { salt: Buffer.from(salt, 'hex'), iterations },
        purpose,
        derived.length / 2
      );
      expect(result.toString('hex')).to.equal(derived);
    });
  }

  it('gives as many bytes as are asked for, the first of them the same', () => {
    const given = { salt: Buffer.alloc(20, 1), iterations: 2 };
    for (const digest of ['sha1', 'sha256', 'sha384', 'sha512']) {
      const long = derive(digest, bmpPassword('changeit'), given, purposes.key, 200);
      expect(long).to.have.length(200);
      expect(derive(digest, bmpPassword('changeit'), given, purposes.key, 7)).to.deep.equal(long.subarray(0, 7));
    }
  });
});

describe('bmpPassword', () => {
  for (const [password, hex] of [
    ['smeg', '0073006d006500670000'],
    ['', '0000'],
    ['😀', 'd83dde000000'],
  ] as const) {
    it(`${password || 'nothing'} is ${hex}`, () => expect(bmpPassword(password).toString('hex')).to.equal(hex));
  }
});
