import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isSameKey } from '../../src/cert/same-key.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url));
const rsa = createPublicKey(pem('rsa2048.key'));

describe('isSameKey', () => {
  it('tells the key of a certificate from another one', () => {
    expect(isSameKey(rsa, createPublicKey(pem('rsa2048.crt')))).to.equal(true);
    expect(isSameKey(rsa, createPublicKey(pem('other2048.crt')))).to.equal(false);
  });

  for (const type of ['ec', 'ed25519'] as const) {
    it(`leaves nothing behind that spoils the next good key, after a key of the type ${type}`, () => {
      const other = type === 'ec' ? generateKeyPairSync(type, { namedCurve: 'P-256' }) : generateKeyPairSync(type);
      expect(isSameKey(rsa, other.publicKey)).to.equal(false);
      expect(() => createPrivateKey(pem('rsa2048.key'))).not.to.throw();
    });
  }
});
