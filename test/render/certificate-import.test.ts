import { expect } from 'chai';
import type { Chain } from '../../src/cert/chain.ts';
import type { ImportedCertificate } from '../../src/cert/imported-files.ts';
import { importWarnings, renderImport } from '../../src/render/certificate-import.ts';

const imported: ImportedCertificate = {
  files: { certificate: '/home/ann/my keys/server.crt', chain: '/home/ann/my keys/server.chain.crt' },
  certificate: {
    subject: 'O=Acme, CN=AQUILA',
    issuer: 'O=Acme, CN=Acme Issuing CA',
    serialNumber: '01',
    notBefore: '2026-11-21T20:24:23Z',
    notAfter: '2027-11-21T20:29:23Z',
    daysLeft: 365,
    fingerprint256: Array.from({ length: 32 }, (_, at) => (at + 16).toString(16).toUpperCase()).join(':'),
    keyBits: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    selfSigned: false,
  },
  chainLength: 3,
};
const alone: ImportedCertificate = { ...imported, files: { certificate: imported.files.certificate }, chainLength: 1 };
const around = { keyFile: '/home/ann/keys/server.key', isUnchanged: false };
const textOf = (lines: string[]): string => lines.join(' ').replaceAll(/\s+/g, ' ');

describe('renderImport', () => {
  it('names the file for the app first, then the chain with the number of its certificates', () => {
    const files = renderImport(imported, around).flatMap((line) => /^ {2}(server\.\S+ +.*)$/.exec(line)?.[1] ?? []);
    expect(files[0]).to.match(/^server\.crt +the certificate alone, for the app/);
    expect(files[1]).to.match(/^server\.chain\.crt +its issuers \(2\)/);
    expect(files).to.have.length(2);
  });

  it('names no chain where there is none', () => {
    expect(textOf(renderImport(alone, around))).to.not.include('server.chain.crt');
  });

  it('says who issued it, how it gets into the app, and that the key is the same', () => {
    const text = textOf(renderImport(imported, around));
    expect(text).to.include('issuer O=Acme, CN=Acme Issuing CA').and.include('2027-11-21, in 365 days');
    expect(text).to.include('Give server.crt to the app').and.include('sf aquila app create --target-org ADMIN');
    expect(text).to.include('sf and the log collector need nothing new');
  });

  it('fits 80 columns but for the commands, which are whole and quoted', () => {
    const long = renderImport(imported, around).filter((line) => line.length > 80);
    expect(long).to.deep.equal([
      '     sf aquila app create --target-org ADMIN --certificate-file "/home/ann/my keys/server.crt"',
      '     sf aquila verify --target-org ALIAS --certificate-file "/home/ann/my keys/server.crt"',
    ]);
  });

  it('says so where nothing was changed', () => {
    expect(renderImport(imported, around)[0]).to.equal('The certificate of server.key is ready in /home/ann/my keys');
    expect(renderImport(imported, { ...around, isUnchanged: true })[0]).to.include('nothing was changed');
  });
});

describe('importWarnings', () => {
  const chain = { leftOut: [] } as unknown as Chain;
  const namesOf = (...[result, more]: Parameters<typeof importWarnings>): string[] =>
    importWarnings(result, more).map(({ name }) => name);

  it('is silent for a whole chain', () => {
    expect(namesOf(imported, { chain, earlierChain: undefined })).to.deep.equal([]);
  });

  it('names the issuer that is missing', () => {
    const [warning, ...others] = importWarnings(imported, {
      ...{ chain: { ...chain, missingIssuer: 'CN=Acme Root CA' }, earlierChain: undefined },
    });
    expect([warning?.name, others.length]).to.deep.equal(['IssuerMissing', 0]);
    expect(warning?.message).to.include('CN=Acme Root CA');
    expect(warning?.actions.join()).to.include('--chain-file');
  });

  it('names what was left out, but not endlessly', () => {
    const leftOut = Array.from({ length: 140 }, (_, at) => `CN=CA ${at}`);
    const [warning] = importWarnings(imported, { chain: { ...chain, leftOut }, earlierChain: undefined });
    expect(warning?.name).to.equal('CertificatesLeftOut');
    expect(warning?.message).to.match(/CN=CA 0; .*CN=CA 4; and 135 more$/);
  });

  it('says that only SHA-256 is documented', () => {
    const certificate = { ...imported.certificate, signatureAlgorithm: 'sha384WithRSAEncryption' };
    const [warning] = importWarnings({ ...imported, certificate }, { chain, earlierChain: undefined });
    expect(warning?.name).to.equal('SignatureUndocumented');
    expect(warning?.message).to.include('sha384WithRSAEncryption').and.include('not known');
  });

  it('names the chain of an earlier certificate', () => {
    const [warning] = importWarnings(alone, { chain, earlierChain: 'server.chain.crt' });
    expect(warning?.name).to.equal('EarlierChainLeft');
    expect(warning?.message).to.include('/home/ann/my keys').and.include('server.chain.crt');
  });
});
