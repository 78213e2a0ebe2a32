import { expect } from 'chai';
import type { NewKeyPair } from '../../src/cert/file-set.ts';
import { keyPairWarnings, renderKeyPair } from '../../src/render/certificate.ts';

const pair: NewKeyPair = {
  directory: '/home/ann/my keys',
  files: {
    privateKey: '/home/ann/my keys/server.key',
    pem: '/home/ann/my keys/server.pem',
    csr: '/home/ann/my keys/server.csr',
    certificate: '/home/ann/my keys/server.crt',
    encryptedPrivateKey: '/home/ann/my keys/server.pass.key',
  },
  certificate: {
    subject: 'CN=AQUILA',
    issuer: 'CN=AQUILA',
    serialNumber: '01',
    notBefore: '2026-11-21T20:24:23Z',
    notAfter: '2027-11-21T20:29:23Z',
    daysLeft: 365,
    fingerprint256: Array.from({ length: 32 }, (_, at) => (at + 16).toString(16).toUpperCase()).join(':'),
    keyBits: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    selfSigned: true,
  },
};
const { csr, certificate, encryptedPrivateKey } = pair.files;
const protectedOnly: NewKeyPair = { ...pair, files: { csr, certificate, encryptedPrivateKey: encryptedPrivateKey! } };

describe('renderKeyPair', () => {
  it('names each file with what it is for, the certificate first', () => {
    const names = renderKeyPair(pair, false).flatMap((line) => /^ {2}(server\.\S+) +\S/.exec(line)?.[1] ?? []);
    expect(names).to.deep.equal(['server.crt', 'server.key', 'server.pem', 'server.pass.key', 'server.csr']);
  });

  it('fits 80 columns but for the commands, which are whole and quoted', () => {
    const long = renderKeyPair(pair, true).filter((line) => line.length > 80);
    expect(long).to.have.length(2);
    expect(long[0]).to.match(/^ {5}sf aquila app create .*--certificate-file "\/home\/ann\/my keys\/server.crt"$/);
    expect(long[1]).to.match(/^ {5}sf aquila login .*--jwt-key-file "\/home\/ann\/my keys\/server.key" --instance-url/);
  });

  it('names keystores behind the keys, and the alias as each has it', () => {
    const files = { ...pair.files, pkcs12: '/home/ann/my keys/keystore.p12', jks: '/home/ann/my keys/servercert.jks' };
    const lines = renderKeyPair({ ...pair, files, alias: 'My_Cert' }, false);
    expect(lines.flatMap((line) => /^ {2}((?:keystore|servercert)\.\w+) +\S/.exec(line)?.[1] ?? [])).to.deep.equal([
      ...['keystore.p12', 'servercert.jks'],
    ]);
    expect(lines.join('\n')).to.match(/\n {2}alias +My_Cert\n {6,}my_cert in the JKS/);
    expect(lines.filter((line) => line.length > 80 && !line.includes('sf aquila'))).to.deep.equal([]);
    expect(renderKeyPair(pair, false).join('\n')).to.not.include('alias');
  });

  it('says when the subject is only the default', () => {
    expect(renderKeyPair(pair, true).join('\n')).to.include('CN=AQUILA (the default');
    expect(renderKeyPair(pair, false).join('\n')).to.include('CN=AQUILA\n');
  });

  it('offers no login with a key that can’t log in', () => {
    const text = renderKeyPair(protectedOnly, false).join('\n');
    expect(text).to.not.include('sf aquila login').and.not.include('server.key ');
  });
});

describe('keyPairWarnings', () => {
  const nothing = { stale: [], openToGit: undefined };

  it('is silent for a pair in good order', () => expect(keyPairWarnings(pair, nothing)).to.deep.equal([]));

  it('says that a protected key serves neither sf nor the collector', () => {
    const [warning, ...others] = keyPairWarnings(protectedOnly, nothing);
    expect([warning?.name, others.length]).to.deep.equal(['EncryptedKeyOnly', 0]);
    expect(warning?.message).to.include('/home/ann/my keys/server.pass.key');
  });

  it('names what an earlier pair has left', () => {
    const [warning] = keyPairWarnings(pair, { ...nothing, stale: ['server.pass.key'] });
    expect(warning?.name).to.equal('EarlierFilesLeft');
    expect(warning?.message).to.include('server.pass.key');
  });

  it('gives the lines for .gitignore one by one', () => {
    const openToGit = { gitIgnore: '/home/ann/.gitignore', lines: ['/a', '/b'] };
    const [warning] = keyPairWarnings(pair, { ...nothing, openToGit });
    expect(warning?.name).to.equal('KeyOpenToGit');
    expect(warning?.actions).to.deep.equal(['Add these lines to /home/ann/.gitignore:', '/a', '/b']);
  });
});
