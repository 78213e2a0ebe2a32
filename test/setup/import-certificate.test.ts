import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { importCertificate, type Import, type ImportRequest } from '../../src/setup/import-certificate.ts';
import { chainFile, chainPath } from '../cert/chains.ts';
import { keyFilePath, keyPair } from '../cert/key-files.ts';
import { Folder } from '../files/folder.ts';

const now = new Date('2027-01-01T00:00:00Z');

describe('importCertificate', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    writeFileSync(folder.at('server.key'), keyPair('rsa2048.key'));
  });
  afterEach(() => {
    folder.remove();
  });

  const importOf = (request: Partial<ImportRequest>): Promise<Import> =>
    importCertificate({
      certificateFile: chainPath('bundle.p7b'),
      chainFile: undefined,
      keyFile: folder.at('server.key'),
      directory: undefined,
      force: false,
      now,
      ...request,
    });
  const names = (): string[] => Object.keys(folder.contents());

  async function errorOf(request: Partial<ImportRequest>): Promise<SfError> {
    const error: unknown = await importOf(request).catch((thrown: unknown) => thrown);
    if (!(error instanceof SfError)) throw error;
    return error;
  }

  it('writes beside the key unless it is told another folder', async () => {
    const { result, written } = await importOf({});
    expect(written).to.deep.equal(['server.crt', 'server.chain.crt']);
    expect(result.files).to.deep.equal({
      ...{ certificate: folder.at('server.crt'), chain: folder.at('server.chain.crt') },
    });
    expect(names()).to.deep.equal(['server.chain.crt', 'server.crt', 'server.key']);
  });

  it('finds server.key in the folder of the output', async () => {
    const { keyFile } = await importOf({ keyFile: undefined, directory: folder.path });
    expect(keyFile).to.equal(folder.at('server.key'));
  });

  it('writes only what is not there yet', async () => {
    writeFileSync(folder.at('server.crt'), chainFile('leaf.crt'));
    const before = statSync(folder.at('server.crt')).ino;
    expect((await importOf({})).written).to.deep.equal(['server.chain.crt']);
    expect((await importOf({})).written).to.deep.equal([]);
    expect((await importOf({ force: true })).written).to.deep.equal([]);
    expect(statSync(folder.at('server.crt')).ino).to.equal(before);
  });

  it('writes neither file where one of them is in the way', async () => {
    writeFileSync(folder.at('server.chain.crt'), 'another chain');
    const { name, message } = await errorOf({});
    expect(name).to.equal('CertificateOverwriteRefused');
    expect(message).to.include('server.chain.crt').and.not.include('server.crt');
    expect(names()).to.deep.equal(['server.chain.crt', 'server.key']);
  });

  it('names the file from which DER can be made, where it holds the certificate alone', async () => {
    copyFileSync(chainPath('leaf-large.crt'), folder.at('answer.crt'));
    const alone = await errorOf({ certificateFile: folder.at('answer.crt') });
    expect(alone.actions?.[0]).to.include(`openssl x509 -in ${folder.at('answer.crt')} -outform DER`);
    const many = Buffer.concat([chainFile('issuing.crt'), chainFile('leaf-large.crt')]);
    writeFileSync(folder.at('answer.crt'), many);
    expect((await errorOf({ certificateFile: folder.at('answer.crt') })).actions?.[0]).to.include('-in ALONE.crt');
  });

  it('names all files where none has the certificate of the key', async () => {
    const given = { certificateFile: chainPath('issuing.crt'), chainFile: chainPath('root.crt') };
    const { message } = await errorOf(given);
    expect(message).to.include(`${given.certificateFile}, ${given.chainFile} `).and.include(folder.at('server.key'));
  });

  const leaf = chainPath('leaf.crt');
  const refused: Array<[string, Partial<ImportRequest>, string]> = [
    ['a missing chain file', { chainFile: chainPath('nowhere') }, 'CertificateFileMissing'],
    ['a missing key', { keyFile: keyFilePath('nowhere') }, 'KeyFileMissing'],
    ['an encrypted key', { keyFile: keyFilePath('encrypted-pkcs8.pem') }, 'KeyFileEncrypted'],
    ['a short key', { keyFile: keyFilePath('rsa1024.pem') }, 'KeyFileTooShort'],
    ['the request', { certificateFile: keyFilePath('request.pem') }, 'CertificateFileIsCsr'],
    ['a page of a web site', { certificateFile: keyFilePath('page.html.pem') }, 'CertificateFileUnrecognised'],
    ['a keystore as the chain', { chainFile: keyFilePath('keystore.p12') }, 'CertificateFileIsPkcs12'],
    ['PKCS#7 without certificates', { certificateFile: chainPath('signed-without.p7b') }, 'CertificateBundleEmpty'],
    ['an expired certificate', { certificateFile: chainPath('leaf-expired.crt') }, 'CertificateExpired'],
    ['a signature with SHA-1', { certificateFile: chainPath('leaf-sha1.crt') }, 'CertificateSignatureUnsupported'],
    ['an expired issuer', { certificateFile: leaf, chainFile: chainPath('issuing-expired.crt') }, 'IssuerExpired'],
    [
      'an issuer that may not sign',
      { certificateFile: leaf, chainFile: chainPath('issuing-no-ca.crt') },
      'IssuerNotAuthority',
    ],
  ];
  for (const [what, request, code] of refused) {
    it(`${what} is ${code}, and nothing is written`, async () => {
      const { name, exitCode, actions } = await errorOf({ directory: folder.at('new'), ...request });
      expect([name, exitCode]).to.deep.equal([code, 2]);
      expect(actions).to.not.be.empty;
      expect(names()).to.deep.equal(['server.key']);
    });
  }

  it('follows the repair of an encrypted key into the same names', async () => {
    mkdirSync(folder.at('encrypted'));
    copyFileSync(folder.at('server.key'), folder.at('encrypted', 'server.pass.plain.pem'));
    const { written } = await importOf({ keyFile: folder.at('encrypted', 'server.pass.plain.pem') });
    expect(written).to.deep.equal(['server.crt', 'server.chain.crt']);
  });
});
