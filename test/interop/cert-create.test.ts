import { X509Certificate, createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { createCertificate } from '../../src/cert/create.ts';
import { parseSubject } from '../../src/cert/subject.ts';
import { makeKeyPair } from '../../src/setup/new-key-pair.ts';
import { keyPair } from '../cert/key-files.ts';
import { Folder } from '../files/folder.ts';
import { hasTool, run } from './tools.ts';

const passphrase = 'Пароль-åß';
const subject = String.raw`C=PH,ST=Metro Manila,O=Zürich 鍵\, Inc.,CN=AQUILA 😀,emailAddress=admin@acme.com`;
const names = {
  privateKey: 'server.key',
  pem: 'server.pem',
  csr: 'server.csr',
  certificate: 'server.crt',
  encryptedPrivateKey: 'server.pass.key',
};

/** A key pair as `cert create` makes it. */
async function newPair(folder: Folder, keyBits: number, days: number): Promise<void> {
  const given = { directory: folder.path, names, keyBits, days, passphrase, force: false, now: new Date() };
  await makeKeyPair({ ...given, subject: parseSubject(subject) });
}

describe('interop: cert create and OpenSSL', () => {
  before(function () {
    if (!hasTool('openssl')) this.skip();
  });

  for (const [keyBits, days] of [
    [2048, 365],
    [3072, 1],
    [4096, 36_500],
  ] as const) {
    describe(`${keyBits} bits, ${days} days`, () => {
      let folder: Folder;
      before(async () => {
        folder = new Folder();
        await newPair(folder, keyBits, days);
      });
      after(() => {
        folder.remove();
      });

      it('x509 reads the certificate, and verify -x509_strict accepts it', () => {
        const crt = folder.at('server.crt');
        const text = run('openssl', 'x509', '-in', crt, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus');
        expect(text).to.include('Version: 3').and.include('sha256WithRSAEncryption').and.include(`${keyBits} bit`);
        expect(text).to.include('O=Zürich 鍵, Inc.').and.include('CN=AQUILA 😀').and.include('CA:FALSE');
        const serial = run('openssl', 'x509', '-in', crt, '-noout', '-serial');
        expect(serial).to.match(/^serial=[0-7][0-9A-F]{31}\n$/);
        for (const options of [['-x509_strict'], ['-x509_strict', '-purpose', 'sslclient']]) {
          expect(run('openssl', 'verify', ...options, '-CAfile', crt, crt)).to.equal(`${crt}: OK\n`);
        }
      });

      it('req verifies the request, which has the key of the certificate', () => {
        const csr = folder.at('server.csr');
        run('openssl', 'req', '-in', csr, '-noout', '-verify');
        const key = run('openssl', 'req', '-in', csr, '-noout', '-pubkey');
        expect(key).to.equal(run('openssl', 'x509', '-in', folder.at('server.crt'), '-noout', '-pubkey'));
      });

      it('pkey and rsa check the key, which is the one of the certificate', () => {
        expect(run('openssl', 'pkey', '-in', folder.at('server.key'), '-noout', '-check')).to.include('valid');
        const key = run('openssl', 'rsa', '-in', folder.at('server.pem'), '-pubout');
        expect(key).to.equal(run('openssl', 'x509', '-in', folder.at('server.crt'), '-noout', '-pubkey'));
      });

      it('rsa -passin opens the protected key, and no other passphrase does', () => {
        const pass = folder.at('server.pass.key');
        const key = run('openssl', 'rsa', '-in', pass, '-passin', `pass:${passphrase}`);
        expect(createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' })).to.equal(
          folder.contents()['server.key']
        );
        expect(() => run('openssl', 'rsa', '-in', pass, '-passin', 'pass:another')).to.throw();
      });
    });
  }

  it('agrees on the end of every certificate around 2050, also strictly', async () => {
    const folder = new Folder();
    const privateKey = createPrivateKey(keyPair('rsa2048.key'));
    for (const [from, days] of [
      ['2049-12-30T23:59:59Z', 1],
      ['2049-12-31T00:00:00Z', 1],
      ['2026-01-01T00:00:00Z', 20_000],
    ] as const) {
      const now = new Date(from);
      const made = await createCertificate({
        ...{ privateKey, subject: parseSubject('CN=x'), days, now, random: Buffer.alloc(16, 0xff) },
      });
      writeFileSync(folder.at('x.crt'), made.certificatePem);
      const end = run('openssl', 'x509', '-in', folder.at('x.crt'), '-noout', '-enddate').replace('notAfter=', '');
      expect(Date.parse(end)).to.equal(now.getTime() + days * 86_400_000);
      const at = String(now.getTime() / 1000);
      run('openssl', 'verify', '-x509_strict', '-attime', at, '-CAfile', folder.at('x.crt'), folder.at('x.crt'));
    }
    folder.remove();
  });
});

describe('interop: cert create and Java', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('keytool')) this.skip();
  });

  it('keytool -printcert reads the certificate and the request', async () => {
    const folder = new Folder();
    await newPair(folder, 2048, 365);
    const utf8 = ['-J-Dfile.encoding=UTF-8', '-J-Dstdout.encoding=UTF-8', '-J-Duser.language=en'];
    const printed = run('keytool', ...utf8, '-printcert', '-file', folder.at('server.crt'));
    const { fingerprint256 } = new X509Certificate(folder.contents()['server.crt'] ?? '');
    expect(printed).to.include(fingerprint256).and.include('SHA256withRSA').and.include('Version: 3');
    expect(printed).to.include('2048-bit RSA').and.include('CA:false');
    expect(run('keytool', ...utf8, '-printcertreq', '-file', folder.at('server.csr'))).to.include('2048-bit RSA');
    folder.remove();
  });
});
