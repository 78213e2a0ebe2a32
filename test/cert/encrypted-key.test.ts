import { createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import { childrenOf, oidOf, readElement } from '../../src/cert/der.ts';
import { encryptPrivateKey } from '../../src/cert/encrypted-key.ts';
import { pemBlocks } from '../../src/cert/pem.ts';
import { keyPair } from './key-files.ts';

const privateKey = createPrivateKey(keyPair('rsa2048.key'));
const random = { salt: Buffer.alloc(16, 1), iv: Buffer.alloc(16, 2) };

describe('encryptPrivateKey', () => {
  for (const passphrase of ['correct horse', 'Пароль-åß', ' spaces kept ', '😀'.repeat(256)]) {
    it(`is opened by Node with ${passphrase.slice(0, 16)}`, async () => {
      const pem = await encryptPrivateKey(privateKey, passphrase, random);
      expect(createPrivateKey({ key: pem, passphrase }).equals(privateKey)).to.be.true;
      expect(() => createPrivateKey({ key: pem, passphrase: `${passphrase.slice(0, -2)}x` })).to.throw();
    });
  }

  it('is PBES2 with PBKDF2-HMAC-SHA256 of 600,000 iterations and AES-256-CBC', async () => {
    const [block] = pemBlocks(await encryptPrivateKey(privateKey, 'correct horse', random));
    expect(block?.label).to.equal('ENCRYPTED PRIVATE KEY');
    const [algorithm] = childrenOf(readElement(block?.der ?? Buffer.alloc(0))!);
    const [pbes2, scheme] = childrenOf(algorithm!);
    const [derivation, cipher] = childrenOf(scheme!);
    const [salt, iterations, prf] = childrenOf(childrenOf(derivation!)[1]!);
    expect([pbes2, ...[derivation, cipher, prf].map((part) => childrenOf(part!)[0])].map(oidOf)).to.deep.equal([
      '1.2.840.113549.1.5.13',
      '1.2.840.113549.1.5.12',
      '2.16.840.1.101.3.4.1.42',
      '1.2.840.113549.2.9',
    ]);
    expect(Buffer.from(salt!.contents)).to.deep.equal(random.salt);
    expect(Buffer.from(childrenOf(cipher!)[1]!.contents)).to.deep.equal(random.iv);
    expect(Buffer.from(iterations!.contents).readUIntBE(0, 3)).to.equal(600_000);
  });
});
