import { expect } from 'chai';
import type { KeystoreReading } from '../../../src/keystore/entry.ts';
import { readPkcs12 } from '../../../src/keystore/pkcs12/read.ts';
import { certificateOf, codesOf, gist, gistOf, issued, keystore, pairs, password } from '../fixtures.ts';
import { asBer } from './ber-forms.ts';
import { remade } from './file-bytes.ts';

const read = (bytes: Uint8Array, word = password): Promise<KeystoreReading> => readPkcs12(bytes, word, 'my.p12');

const whole = keystore('openssl.p12');
const pbes2 = 'PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256, 1 iterations';

describe('readPkcs12', () => {
  const files: Array<[name: string, protection: string[]]> = [
    ['openssl.p12', ['MAC with SHA-256, 1 iterations', pbes2]],
    ['openssl-3des.p12', ['MAC with SHA-1, 1 iterations', 'PBE with SHA-1 and 3DES, 1 iterations']],
    [
      'openssl-legacy.p12',
      [
        'MAC with SHA-1, 1 iterations',
        'PBE with SHA-1 and RC2-40, 1 iterations',
        'PBE with SHA-1 and 3DES, 1 iterations',
      ],
    ],
    ['openssl-rc2-128.p12', ['MAC with SHA-1, 1 iterations', 'PBE with SHA-1 and RC2-128, 1 iterations']],
    [
      'openssl-sha512.p12',
      [
        'MAC with SHA-512, 1 iterations',
        'PBE with SHA-1 and 3DES, 1 iterations',
        'PBES2, AES-128-CBC, PBKDF2 with HMAC-SHA-256, 1 iterations',
      ],
    ],
    ['openssl-in-clear.p12', ['MAC with SHA-256, 1 iterations']],
    ['keytool17.p12', ['MAC with SHA-256, 1 iterations', pbes2]],
    ['keytool25.p12', ['MAC with SHA-256, 1 iterations', pbes2]],
  ];
  for (const [name, protection] of files) {
    it(`reads ${name}`, async () => {
      const reading = await read(keystore(name));
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[2048])]);
      expect(reading.protection).to.deep.equal(protection);
    });
  }

  it('reads a chain', async () => {
    expect(gist(await read(keystore('openssl-chain.p12')))).to.deep.equal([gistOf('aquila', issued)]);
  });

  it('reads several keys with their chains, and the certificate that Java trusts apart from them', async () => {
    const reading = await read(keystore('keytool-several.p12'));
    const ca = certificateOf('keystores/ca.crt').fingerprint256;
    expect(codesOf(reading)).to.deep.equal([]);
    expect(gist(reading)).to.have.deep.members([
      gistOf('second_key', pairs[3072]),
      gistOf('aquila', issued),
      { alias: 'acme_ca', kind: 'certificate', key: undefined, chain: [ca] },
    ]);
  });

  it('reads certificates without a key', async () => {
    const ca = certificateOf('keystores/ca.crt').fingerprint256;
    expect(gist(await read(keystore('openssl-certificates.p12')))).to.deep.equal([
      { alias: 'ca', kind: 'certificate', key: undefined, chain: [ca] },
    ]);
  });

  it('opens with a password outside ASCII, and reads such an alias', async () => {
    const reading = await read(keystore('openssl-unicode.p12'), 'Пароль-åß');
    expect(gist(reading)).to.deep.equal([gistOf('Zürich 鍵', pairs[2048])]);
  });

  for (const word of ['', undefined]) {
    it(`opens a file with an empty password, given ${word === undefined ? 'none' : 'as one'}`, async () => {
      const reading = await readPkcs12(keystore('openssl-empty-password.p12'), word, 'my.p12');
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('', pairs[2048])]);
    });
  }

  it('opens a file whose empty password was written without an end', async () => {
    const content = keystore('openssl-in-clear.p12');
    const withoutEnd = remade(content, Buffer.alloc(0));
    expect(codesOf(await read(withoutEnd, ''))).to.deep.equal([]);
    expect(codesOf(await read(withoutEnd, 'another'))).to.deep.equal(['KeystorePasswordWrong']);
  });

  it('reads BER with indefinite lengths around a content that has a MAC', async () => {
    const reading = await read(asBer(whole));
    expect(codesOf(reading)).to.deep.equal([]);
    expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[2048])]);
  });

  it('reads BER with indefinite lengths all through', async () => {
    const reading = await read(asBer(keystore('openssl-without-mac.p12'), { innerToo: true }));
    expect(codesOf(reading)).to.deep.equal(['KeystoreWithoutMac']);
    expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[2048])]);
  });
});
