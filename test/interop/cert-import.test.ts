import { X509Certificate, createPrivateKey } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createCertificate } from '../../src/cert/create.ts';
import { parseSubject } from '../../src/cert/subject.ts';
import { importCertificate, type Import } from '../../src/setup/import-certificate.ts';
import { keyPair } from '../cert/key-files.ts';
import { Folder } from '../files/folder.ts';
import { hasTool, run, shell } from './tools.ts';

const ecKey = fileURLToPath(new URL('../fixtures/checks/ec.key', import.meta.url));
const subject = String.raw`C=PH,O=Zürich 鍵\, Inc.,CN=AQUILA`;

/** A certification authority of OpenSSL: an EC root, an RSA authority below it, and its answer to our request, in every form. */
const authority = `
printf 'basicConstraints=critical,CA:TRUE\\nkeyUsage=critical,keyCertSign,cRLSign\\nsubjectKeyIdentifier=hash\\n' > ca.ext
printf 'basicConstraints=critical,CA:FALSE\\nauthorityKeyIdentifier=keyid\\nsubjectKeyIdentifier=hash\\n' > leaf.ext
openssl req -new -key root.key -subj '/O=Acme/CN=Root' -out root.csr
openssl x509 -req -in root.csr -signkey root.key -extfile ca.ext -days 30 -out root.crt
openssl req -new -key issuing.key -subj '/O=Acme/CN=Issuing' -out issuing.csr
openssl x509 -req -in issuing.csr -CA root.crt -CAkey root.key -set_serial 2 -extfile ca.ext -days 20 -out issuing.crt
openssl x509 -req -in server.csr -CA issuing.crt -CAkey issuing.key -set_serial 3 -sha256 -extfile leaf.ext -days 10 -out leaf.crt
openssl x509 -in leaf.crt -outform DER -out leaf.der
openssl x509 -in leaf.crt -text -out leaf.txt
cat root.crt issuing.crt > above.pem
cat root.crt leaf.txt issuing.crt > mixed.pem
openssl crl2pkcs7 -nocrl -certfile mixed.pem -out bundle.p7b
openssl crl2pkcs7 -nocrl -certfile mixed.pem -outform DER -out bundle.der.p7b
openssl cms -sign -nodetach -stream -binary -in leaf.ext -certfile above.pem -signer leaf.crt -inkey server.key -outform DER -out bundle.ber.p7b
`;

describe('interop: cert import and OpenSSL', () => {
  let folder: Folder;
  before(async function () {
    folder = new Folder();
    if (!hasTool('openssl')) this.skip();
    const privateKey = createPrivateKey(keyPair('rsa2048.key'));
    const made = await createCertificate({
      ...{ privateKey, subject: parseSubject(subject), days: 1, now: new Date(), random: Buffer.alloc(16, 7) },
    });
    writeFileSync(folder.at('server.key'), keyPair('rsa2048.key'));
    writeFileSync(folder.at('server.csr'), made.csrPem);
    writeFileSync(folder.at('issuing.key'), keyPair('other2048.key'));
    copyFileSync(ecKey, folder.at('root.key'));
    shell(authority, folder.path);
  });
  after(() => folder.remove());

  const importOf = (certificateFile: string, chainFile?: string): Promise<Import> =>
    importCertificate({
      certificateFile: folder.at(certificateFile),
      chainFile: chainFile === undefined ? undefined : folder.at(chainFile),
      keyFile: folder.at('server.key'),
      directory: folder.at(`out-${certificateFile}`),
      force: false,
      now: new Date(),
    });

  const answers: Array<[string, string?]> = [
    ['leaf.crt', 'above.pem'],
    ['leaf.der', 'above.pem'],
    ['above.pem', 'leaf.txt'],
    ['mixed.pem'],
    ['bundle.p7b'],
    ['bundle.der.p7b'],
    ['bundle.ber.p7b'],
  ];
  for (const [file, chainFile] of answers) {
    const what = chainFile === undefined ? file : `${file} with ${chainFile}`;
    it(`openssl verify accepts what comes of ${what}, also strictly`, async () => {
      const { result } = await importOf(file, chainFile);
      const { certificate, chain } = result.files;
      expect(result.chainLength).to.equal(3);
      expect(result.certificate.subject).to.equal(String.raw`C=PH, O=Zürich 鍵\, Inc., CN=AQUILA`);
      const words = ['verify', '-x509_strict', '-CAfile', folder.at('root.crt'), '-untrusted', chain!, certificate];
      expect(run('openssl', ...words)).to.equal(`${certificate}: OK\n`);
      expect(() => run('openssl', 'verify', '-CAfile', folder.at('root.crt'), certificate)).to.throw();
    });

    it(`both files of ${what} hold what openssl x509 writes, the issuer first`, async () => {
      const { result } = await importOf(file, chainFile);
      const plain = (name: string): string => run('openssl', 'x509', '-in', folder.at(name));
      const written = folder.contents();
      expect(written[`out-${file}/server.crt`]).to.equal(plain('leaf.crt'));
      expect(written[`out-${file}/server.chain.crt`]).to.equal(plain('issuing.crt') + plain('root.crt'));
      const key = run('openssl', 'pkey', '-in', folder.at('server.key'), '-pubout');
      expect(run('openssl', 'x509', '-in', result.files.certificate, '-noout', '-pubkey')).to.equal(key);
    });
  }

  it('keytool -printcert reads both files', async function () {
    this.timeout(60_000);
    if (!hasTool('keytool')) this.skip();
    const { certificate, chain } = (await importOf('mixed.pem')).result.files;
    const print = (file: string): string => run('keytool', '-J-Duser.language=en', '-printcert', '-file', file);
    const { fingerprint256 } = new X509Certificate(folder.contents()['leaf.crt']!);
    expect(print(certificate)).to.include(fingerprint256).and.include('Issuer: CN=Issuing, O=Acme');
    expect(print(chain!)).to.match(/Owner: CN=Issuing, O=Acme[\s\S]*Owner: CN=Root, O=Acme/);
  });
});
