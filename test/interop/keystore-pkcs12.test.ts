import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { encodePem, pemBlocks } from '../../src/cert/pem.ts';
import { readJks } from '../../src/keystore/jks/read.ts';
import { readPkcs12 } from '../../src/keystore/pkcs12/read.ts';
import { pkcs12RandomBytes, writePkcs12 } from '../../src/keystore/pkcs12/write.ts';
import { Folder } from '../files/folder.ts';
import { codesOf, gist, gistOf, issued, keystore, keystorePath, pairs, type Pair } from '../keystore/fixtures.ts';
import { asBer } from '../keystore/pkcs12/ber-forms.ts';
import { hasTool, run } from './tools.ts';

const random = Buffer.from(Array.from({ length: pkcs12RandomBytes }, (_, index) => 255 - index));
const password = `it's "quoted" $HOME \\ 100%`;

const der = ({ privateKey }: Pair): Buffer => privateKey.export({ type: 'pkcs8', format: 'der' });

/** What OpenSSL gets out of a file, without its module for old algorithms. */
function opensslKey(folder: Folder, p12: Buffer, word: string): { text: string; key: Buffer } {
  writeFileSync(folder.at('x.p12'), p12);
  writeFileSync(folder.at('password'), `${word}\n`);
  const pass = ['-passin', `file:${folder.at('password')}`];
  const text = run('openssl', 'pkcs12', '-in', folder.at('x.p12'), ...pass, '-nodes');
  writeFileSync(folder.at('x.pem'), text);
  run(
    'openssl',
    'pkcs8',
    '-topk8',
    '-nocrypt',
    '-in',
    folder.at('x.pem'),
    '-outform',
    'DER',
    '-out',
    folder.at('x.der')
  );
  return { text, key: readFileSync(folder.at('x.der')) };
}

describe('interop: our PKCS#12', function () {
  this.timeout(60_000);

  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  for (const profile of ['modern', 'compat'] as const) {
    for (const bits of [2048, 3072, 4096] as const) {
      it(`${profile}, ${bits} bits: OpenSSL gets the same key out, with its name and certificate`, function () {
        if (!hasTool('openssl')) this.skip();
        const pair = pairs[bits];
        const p12 = writePkcs12({ ...pair, alias: 'My_Cert', password, profile, random });
        const { text, key } = opensslKey(folder, p12, password);
        expect(key.equals(der(pair))).to.be.true;
        expect(text.match(/friendlyName: My_Cert/g)).to.have.length(2);
        expect(new Set(text.match(/localKeyID: .*/g)).size).to.equal(1);
        expect(text).to.include(encodePem('CERTIFICATE', pair.chain[0]!.raw));
      });
    }

    it(`${profile}: keytool moves the key with its chain into a JKS`, function () {
      if (!hasTool('keytool')) this.skip();
      writeFileSync(folder.at('x.p12'), writePkcs12({ ...issued, alias: 'My_Cert', password, profile, random }));
      const source = ['-srckeystore', folder.at('x.p12'), '-srcstorepass', password];
      const target = ['-destkeystore', folder.at('x.jks'), '-deststoretype', 'JKS', '-deststorepass', password];
      run('keytool', '-importkeystore', '-noprompt', ...source, ...target);
      const reading = readJks(readFileSync(folder.at('x.jks')), password, 'x.jks');
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('my_cert', issued)]);
    });

    it(`${profile}: a Java program signs with the key`, function () {
      if (!hasTool('java')) this.skip();
      writeFileSync(folder.at('x.p12'), writePkcs12({ ...issued, alias: 'My_Cert', password, profile, random }));
      const words = ['PKCS12', folder.at('x.p12'), 'my_cert', 'signed by Java'];
      const printed = execFileSync('java', [keystorePath('SignWithKeystore.java'), ...words], {
        encoding: 'utf8',
        env: { ...process.env, KEYSTORE_PASSWORD: password },
      });
      const [entry, signature] = printed.trim().split('\n');
      expect(entry).to.equal('true 2');
      const publicKey = createPublicKey(issued.privateKey);
      expect(verify('sha256', Buffer.from('signed by Java'), publicKey, Buffer.from(signature!, 'base64'))).to.be.true;
    });

    it(`${profile}: GnuTLS gets the same key out`, function () {
      if (!hasTool('certtool')) this.skip();
      writeFileSync(folder.at('x.p12'), writePkcs12({ ...pairs[2048], alias: 'My_Cert', password, profile, random }));
      const words = ['--p12-info', '--inder', '--infile', folder.at('x.p12'), '--password', password];
      const { status, stdout, stderr } = spawnSync('certtool', words, { encoding: 'utf8' });
      expect(status, stderr).to.equal(0);
      const [block] = pemBlocks(stdout).filter(({ label }) => label.endsWith('PRIVATE KEY'));
      // plain or still encrypted: with the password Node opens both
      const key = createPrivateKey({ key: encodePem(block!.label, block!.der!), passphrase: password });
      expect(key.equals(pairs[2048].privateKey)).to.be.true;
    });
  }
});

describe('interop: PKCS#12 of others', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('openssl')) this.skip();
  });

  const made: Array<[what: string, options: string[]]> = [
    ['as OpenSSL 3 makes it', []],
    ['as OpenSSL 1 made it, with RC2', ['-legacy']],
    ['with 3DES', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'SHA1']],
    ['with AES-192 and SHA-384', ['-certpbe', 'AES-192-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'SHA384']],
    ['with 3DES in PBES2', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['with 600,000 iterations', ['-iter', '600000']],
  ];
  for (const [what, options] of made) {
    it(`is read ${what}`, async () => {
      const folder = new Folder();
      const [key, crt] = [keystorePath('rsa4096.key'), keystorePath('rsa4096.crt')];
      const words = ['-inkey', key, '-in', crt, '-name', 'aquila', '-passout', `pass:${password}`, ...options];
      run('openssl', 'pkcs12', '-export', ...words, '-out', folder.at('x.p12'));
      const reading = await readPkcs12(readFileSync(folder.at('x.p12')), password, 'x.p12');
      expect(codesOf(reading)).to.deep.equal([]);
      expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[4096])]);
      folder.remove();
    });
  }

  it('in BER, as our own tests put it together, OpenSSL reads it, too: it is what it is meant to be', () => {
    const folder = new Folder();
    const inner = { innerToo: true };
    const files = [asBer(keystore('openssl.p12')), asBer(keystore('openssl-without-mac.p12'), inner)];
    for (const file of files) {
      expect(opensslKey(folder, file, 'throw-away').key.equals(der(pairs[2048]))).to.be.true;
    }
    folder.remove();
  });
});
