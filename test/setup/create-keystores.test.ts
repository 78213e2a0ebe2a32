import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import type { KeystoreType } from '../../src/cert/file-set.ts';
import { problemsOf } from '../../src/keystore/entry.ts';
import { sealKey } from '../../src/keystore/jks/protection.ts';
import { readKeystore } from '../../src/keystore/read.ts';
import { createKeystores, type KeystoreCreation, type KeystoreRequest } from '../../src/setup/create-keystores.ts';
import { chainPath } from '../cert/chains.ts';
import { keyFilePath, keyPair } from '../cert/key-files.ts';
import { Folder } from '../files/folder.ts';
import { certificateBytes, keyEntryBytes, storeBytes } from '../keystore/jks/store-bytes.ts';
import { codesOf, gist, gistOf, issued, keystore, keystorePath, pairs } from '../keystore/fixtures.ts';

const now = new Date('2027-01-01T00:00:00Z');
const fresh = 'a new password';
const known = 'throw-away';

describe('createKeystores', () => {
  let folder: Folder;
  let asked: string[];
  beforeEach(() => {
    folder = new Folder();
    asked = [];
    writeFileSync(folder.at('server.key'), keyPair('rsa2048.key'));
    writeFileSync(folder.at('server.crt'), keyPair('rsa2048.crt'));
  });
  afterEach(() => {
    folder.remove();
  });

  const create = (request: Partial<KeystoreRequest>, password: string | undefined = known): Promise<KeystoreCreation> =>
    createKeystores(
      {
        ...{ keyFile: folder.at('server.key'), certificateFile: undefined, chainFile: undefined },
        ...{ types: ['p12', 'jks'] as const, alias: undefined, compat: false, force: false, now },
        directory: folder.at('new'),
        ...request,
      },
      {
        new: async () => {
          asked.push('new');
          return fresh;
        },
        of: async () => {
          asked.push('of');
          return password;
        },
      }
    );

  async function errorOf(request: Partial<KeystoreRequest>, password?: string): Promise<SfError> {
    const error: unknown = await create(request, password).catch((thrown: unknown) => thrown);
    if (!(error instanceof SfError)) throw error;
    return error;
  }

  /** What lies in the new keystores. */
  const written = async ({ result }: KeystoreCreation, password: string): Promise<unknown[]> => {
    const readings = await Promise.all(
      Object.values(result.files).map((file) => readKeystore(readFileSync(file), password, file))
    );
    expect(readings.flatMap(codesOf)).to.deep.equal([]);
    return readings.map(gist);
  };

  it('writes beside the key unless it is told another folder, with the certificate beside it', async () => {
    const creation = await create({ directory: undefined });
    expect(creation.result).to.deep.equal({
      files: { pkcs12: folder.at('keystore.p12'), jks: folder.at('servercert.jks') },
      ...{ alias: 'server', chainLength: 1 },
    });
    const entry = gistOf('server', pairs[2048]);
    expect(await written(creation, fresh)).to.deep.equal([[entry], [entry]]);
    expect(asked).to.deep.equal(['new']);
  });

  it('takes the chain in any order, the issuers behind the certificate', async () => {
    const bundle = { certificateFile: chainPath('bundle.p7b') };
    const apart = { certificateFile: chainPath('leaf.der'), chainFile: chainPath('bundle.der.p7b') };
    for (const request of [bundle, apart]) {
      const creation = await create({ ...request, force: true });
      expect(creation.result.chainLength).to.equal(4);
      const reading = await readKeystore(readFileSync(creation.result.files.jks!), fresh, 'x.jks');
      const names = reading.entries[0]!.chain.map(({ subject }) => subject.split('CN=')[1]);
      expect(names).to.deep.equal(['AQUILA', 'Acme Issuing CA', 'Acme Policy CA', 'Acme Root CA']);
    }
  });

  it('names the issuer that is missing', async () => {
    const { chain, result } = await create({ certificateFile: chainPath('leaf.crt') });
    expect([chain.missingIssuer, result.chainLength]).to.deep.equal(['C=PH, O=Acme, CN=Acme Issuing CA', 1]);
  });

  const aliases: Array<[types: KeystoreType[], alias: string, p12: string | undefined, jks: string | undefined]> = [
    [['p12', 'jks'], 'My_Cert', 'My_Cert', 'my_cert'],
    [['p12'], 'My_Cert', 'My_Cert', undefined],
    [['jks'], 'my_cert', undefined, 'my_cert'],
  ];
  for (const [types, alias, p12, jks] of aliases) {
    it(`${types.join(' and ')} with the alias My_Cert: the result says ${alias}, which is what stands there`, async () => {
      const { result } = await create({ types, alias: 'My_Cert' });
      expect(result.alias).to.equal(alias);
      const found = await Promise.all(
        [result.files.pkcs12, result.files.jks].map(async (file) => {
          if (file === undefined) return undefined;
          return (await readKeystore(readFileSync(file), fresh, file)).entries[0]?.alias;
        })
      );
      expect(found).to.deep.equal([p12, jks]);
    });
  }

  it('makes the alias of the name of the key', async () => {
    copyFileSync(folder.at('server.key'), folder.at('2026-Prod.pass.key'));
    const request = { keyFile: folder.at('2026-Prod.pass.key'), certificateFile: folder.at('server.crt') };
    expect((await create(request)).result.alias).to.equal('cert_2026_prod');
  });

  const sources: Array<[what: string, file: string, alias: string, pair: (typeof pairs)[2048]]> = [
    ['PKCS#12 of OpenSSL', 'openssl.p12', 'aquila', pairs[2048]],
    ['PKCS#12 with a chain', 'openssl-chain.p12', 'aquila', issued],
    ['PKCS#12 with RC2', 'openssl-legacy.p12', 'aquila', pairs[2048]],
    ['PKCS#12 without MAC', 'openssl-without-mac.p12', 'aquila', pairs[2048]],
    ['JKS of keytool', 'keytool17.jks', 'aquila', pairs[2048]],
    ['PKCS#12 in a .jks', 'keytool-pkcs12-inside.jks', 'aquila', pairs[2048]],
  ];
  for (const [what, file, alias, pair] of sources) {
    it(`${what}: its key, chain and alias go into the new ones, under its password`, async () => {
      const creation = await create({ keyFile: keystorePath(file) });
      expect(await written(creation, known)).to.deep.equal([[gistOf(alias, pair)], [gistOf(alias, pair)]]);
      expect(asked).to.deep.equal(['of']);
    });
  }

  it('reads a keystore that is encoded as text', async () => {
    writeFileSync(folder.at('x.b64'), keystore('openssl.p12').toString('base64'));
    const creation = await create({ keyFile: folder.at('x.b64'), types: ['jks'] });
    expect(await written(creation, known)).to.deep.equal([[gistOf('aquila', pairs[2048])]]);
  });

  it('writes an alias with capitals so that Java finds it, as the fix of such a JKS says', async () => {
    const plain = pairs[2048].privateKey.export({ type: 'pkcs8', format: 'der' });
    const sealed = sealKey(plain, known, Buffer.alloc(20, 3));
    const chain = pairs[2048].chain.map(({ raw }) => certificateBytes(raw));
    const keyFile = folder.at('capitals.jks');
    writeFileSync(keyFile, storeBytes([keyEntryBytes(sealed, chain, { alias: 'My_Cert' })]));
    const [problem] = problemsOf(await readKeystore(readFileSync(keyFile), known, keyFile));
    expect(problem?.code).to.equal('KeystoreAliasUpperCase');
    expect(problem?.actions[0]).to.include(`: sf aquila keystore create --key-file ${keyFile} --type jks --output-dir`);
    const creation = await create({ keyFile, types: ['jks'] });
    expect(await written(creation, known)).to.deep.equal([[gistOf('my_cert', pairs[2048])]]);
  });

  it('takes the key of the alias where the keystore has several', async () => {
    const several = { keyFile: keystorePath('keytool-several.jks'), types: ['p12'] as const };
    const { name, actions } = await errorOf(several);
    expect([name, actions?.[0]]).to.deep.equal([
      'KeystoreSeveralKeys',
      'Write one of them to a keystore of its own, with its alias in place of ALIAS: sf aquila keystore create --key-file ' +
        `${several.keyFile} --type p12 --output-dir ${keystorePath('new-keystore')} --alias ALIAS`,
    ]);
    const creation = await create({ ...several, alias: 'Second_Key' });
    expect(await written(creation, known)).to.deep.equal([[gistOf('Second_Key', pairs[3072])]]);
    expect((await errorOf({ ...several, alias: 'third', force: true })).name).to.equal('KeystoreAliasUnknown');
  });

  it('gives a key that lay alone the certificate that is named', async () => {
    const keyFile = keystorePath('openssl-key-alone.p12');
    expect((await errorOf({ keyFile })).name).to.equal('KeystoreKeyWithoutCertificate');
    const creation = await create({ keyFile, certificateFile: folder.at('server.crt'), alias: 'found' });
    const entry = gistOf('found', pairs[2048]);
    expect(await written(creation, known)).to.deep.equal([[entry], [entry]]);
  });

  it('judges all else before anybody is asked for a password', async () => {
    writeFileSync(folder.at('keystore.p12'), 'mine');
    await errorOf({ directory: folder.path });
    await errorOf({ certificateFile: chainPath('issuing.crt') });
    await errorOf({ alias: '1' });
    expect(asked).to.deep.equal([]);
  });

  it('says what to do where the old password is none for a new keystore, and the way is open', async () => {
    const { name, actions } = await errorOf({ keyFile: keystorePath('openssl-unicode.p12') }, 'Пароль-åß');
    expect(name).to.equal('KeystorePasswordNotReusable');
    expect(actions?.[0]).to.include('openssl pkcs12 -in ').and.include(' -nodes -out ');
    // what such a file looks like: the certificate first, then the key
    writeFileSync(folder.at('x.plain.pem'), readFileSync(keyFilePath('certificate-then-key.pem')));
    const both = { keyFile: folder.at('x.plain.pem'), certificateFile: folder.at('x.plain.pem') };
    expect((await create(both)).result).to.deep.include({ alias: 'x', chainLength: 1 });
  });

  const stores: Array<[string, Partial<KeystoreRequest>, string, string?]> = [
    ['a wrong password', { keyFile: keystorePath('keytool17.jks') }, 'KeystorePasswordWrong', 'throw-awax'],
    ['a wrong password of PKCS#12', { keyFile: keystorePath('openssl.p12') }, 'KeystorePasswordWrong', 'throw-awax'],
    [
      'a key with a password of its own',
      { keyFile: keystorePath('keytool-key-password.jks') },
      'KeystoreKeyPasswordDiffers',
    ],
    ['certificates only', { keyFile: keystorePath('keytool-certificates.jks') }, 'KeystoreWithoutKey'],
    ['JCEKS', { keyFile: keystorePath('keytool-jceks.jks') }, 'KeystoreIsJceks'],
    ['an EC key', { keyFile: keystorePath('keytool-ec.jks') }, 'KeyFileIsEc'],
    ['two passwords', { keyFile: keystorePath('openssl-two-passwords.p12') }, 'KeystoreOfTwoPasswords'],
  ];
  const refused: typeof stores = [
    ...stores,
    ['a missing key', { keyFile: keyFilePath('nowhere') }, 'KeyFileMissing'],
    ['an encrypted key', { keyFile: keyFilePath('encrypted-pkcs8.pem') }, 'KeyFileEncrypted'],
    ['a short key', { keyFile: keyFilePath('rsa1024.pem') }, 'KeyFileTooShort'],
    ['no certificate beside the key', { keyFile: keyFilePath('pkcs1.pem') }, 'KeystoreCertificateNotNamed'],
    ['a missing certificate', { certificateFile: chainPath('nowhere') }, 'CertificateFileMissing'],
    ['a missing chain', { chainFile: chainPath('nowhere') }, 'CertificateFileMissing'],
    ['the request', { certificateFile: keyFilePath('request.pem') }, 'CertificateFileIsCsr'],
    ['the certificate of another key', { certificateFile: chainPath('leaf-of-other-key.crt') }, 'CertificateNotOfKey'],
    ['an expired certificate', { certificateFile: chainPath('leaf-expired.crt') }, 'CertificateExpired'],
    [
      'an issuer that may not sign',
      { certificateFile: chainPath('leaf.crt'), chainFile: chainPath('issuing-no-ca.crt') },
      'IssuerNotAuthority',
    ],
    ['the alias 1', { alias: '1' }, 'KeystoreAliasIsNumber'],
    ['an alias with a hyphen', { alias: 'my-cert' }, 'KeystoreAliasInvalid'],
    ['an alias of 65 letters', { alias: 'a'.repeat(65) }, 'KeystoreAliasTooLong'],
  ];
  for (const [what, request, code, password] of refused) {
    it(`${what} is ${code}, and nothing is written`, async () => {
      const { name, exitCode, actions } = await errorOf(request, password);
      expect([name, exitCode]).to.deep.equal([code, 2]);
      expect(actions).to.not.be.empty;
      expect(Object.keys(folder.contents())).to.deep.equal(['server.crt', 'server.key']);
    });
  }

  it('a keystore without a password that anybody knows is KeystorePasswordMissing', async () => {
    const request = { keyFile: keystorePath('keytool17.jks') };
    const error: unknown = await createKeystores(
      {
        ...{ certificateFile: undefined, chainFile: undefined, types: ['p12'], alias: undefined, compat: false },
        ...{ directory: folder.at('new'), force: false, now, ...request },
      },
      { new: async () => fresh, of: async () => undefined }
    ).catch((thrown: unknown) => thrown);
    expect((error as SfError).name).to.equal('KeystorePasswordMissing');
  });

  it('replaces nothing without force, and only what is wanted with it', async () => {
    for (const name of ['keystore.p12', 'servercert.jks']) writeFileSync(folder.at(name), 'mine');
    const request = { directory: folder.path, types: ['jks'] as const };
    const { name, exitCode, message } = await errorOf(request);
    expect([name, exitCode]).to.deep.equal(['KeystoreOverwriteRefused', 1]);
    expect(message).to.include('servercert.jks').and.not.include('keystore.p12');
    expect(await written(await create({ ...request, force: true }), fresh)).to.have.length(1);
    expect(folder.contents()['keystore.p12']).to.equal('mine');
  });
});
