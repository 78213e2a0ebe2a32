import { expect } from 'chai';
import { openKey, passwordBytes, sealKey, storeDigest } from '../../../src/keystore/jks/protection.ts';
import { keystore } from '../fixtures.ts';

const plain = Buffer.from('00112233445566778899aabbccddeeff0123456789abcdef', 'hex');
const salt = Buffer.from('000102030405060708090a0b0c0d0e0f10111213', 'hex');
const head = `3052300e060a2b060104012a0211010105000440${salt.toString('hex')}`;

/** Computed apart from this code: docs/reference/keys-and-keystores.md §9.4. */
const sealed: Record<string, string> = {
  changeit: '00ab67d32825c1b21b250eb14a1a82685e5ee7f592d7b682de7c528ff6c94b4beddbcd2e25086f039a6f6294',
  пароль: '54e516615e6861d35382683129d931d50dcee11f0f32f3e95e27bc4493f0f4c34183e5b00c8882ff8b29a85c',
  '😀': '3711a52a8d3e8a5221d3824a9d75f08425daaa6dc4b47492ce4e7bb2074335e5ac606981dca4378919d61e0b',
};

describe('passwordBytes', () => {
  for (const [password, hex] of [
    ['changeit', '006300680061006e0067006500690074'],
    ['пароль', '043f04300440043e043b044c'],
    ['😀', 'd83dde00'],
    ['', ''],
  ] as const) {
    it(`${password || 'nothing'} is ${hex || 'nothing'}`, () => {
      expect(passwordBytes(password).toString('hex')).to.equal(hex);
    });
  }
});

describe('storeDigest', () => {
  it('of an empty store under changeit is the one that Java computes', () => {
    const body = Buffer.from('feedfeed0000000200000000', 'hex');
    expect(storeDigest('changeit', body).toString('hex')).to.equal('e2686e45fb43dfa4d992dd41ceb6b21c6330d792');
  });
});

describe('sealKey and openKey', () => {
  for (const [password, hex] of Object.entries(sealed)) {
    it(`agree with the known answer for ${password}`, () => {
      expect(sealKey(plain, password, salt).toString('hex')).to.equal(head + hex);
      expect(openKey(Buffer.from(head + hex, 'hex'), password)).to.deep.equal(plain);
    });
  }

  for (const length of [1, 19, 20, 21, 40, 1219]) {
    it(`give ${length} bytes back`, () => {
      const bytes = Buffer.alloc(length, 7);
      expect(openKey(sealKey(bytes, 'changeit', salt), 'changeit')).to.deep.equal(bytes);
    });
  }

  it('openKey reads an AlgorithmIdentifier without NULL, as JDK 25 writes it', () => {
    const whole = Buffer.from(head + (sealed['changeit'] ?? ''), 'hex');
    const without = Buffer.concat([Buffer.from('3050300c', 'hex'), whole.subarray(4, 16), whole.subarray(18)]);
    expect(openKey(without, 'changeit')).to.deep.equal(plain);
    expect(keystore('keytool25.jks').includes(Buffer.from('300c060a2b060104012a02110101', 'hex'))).to.be.true;
    expect(keystore('keytool17.jks').includes(Buffer.from('300e060a2b060104012a021101010500', 'hex'))).to.be.true;
  });

  it('openKey says that another password does not open it', () => {
    expect(openKey(sealKey(plain, 'changeit', salt), 'Changeit')).to.equal('locked');
  });

  const malformed: Array<[what: string, hex: string]> = [
    ['nothing', ''],
    ['another algorithm', (head + (sealed['changeit'] ?? '')).replace('02110101', '02130101')],
    ['no octets', '3010300e060a2b060104012a0211010105000000'],
    ['octets that are too short', '3013300e060a2b060104012a021101010500040100'],
    ['trailing bytes', `${head}${sealed['changeit'] ?? ''}00`],
  ];
  for (const [what, hex] of malformed) {
    it(`openKey does not take ${what} for a key`, () => {
      expect(openKey(Buffer.from(hex, 'hex'), 'changeit')).to.equal('malformed');
    });
  }
});
