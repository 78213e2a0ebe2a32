import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { readJks } from '../../src/keystore/jks/read.ts';
import { writeJks, type JksKey } from '../../src/keystore/jks/write.ts';
import { Folder } from '../files/folder.ts';
import { codesOf, gist, gistOf, issued, keystorePath, pairs, type Pair } from '../keystore/fixtures.ts';
import { hasTool, run } from './tools.ts';

const date = new Date('2026-11-21T12:34:56.789Z');
const salted = (alias: string, pair: Pair, salt = 7): JksKey => ({
  alias,
  ...pair,
  salt: Buffer.alloc(20, salt),
  date,
});

/** The key that keytool and OpenSSL get out of a JKS: into PKCS#12, and from there as PKCS#8. */
function keyBytes(folder: Folder, jks: Buffer, alias: string, password: string): Buffer {
  rmSync(folder.at('x.p12'), { force: true });
  writeFileSync(folder.at('x.jks'), jks);
  const source = ['-srckeystore', folder.at('x.jks'), '-srcstorepass', password, '-srcalias', alias];
  const target = ['-destkeystore', folder.at('x.p12'), '-deststoretype', 'PKCS12', '-deststorepass', password];
  run('keytool', '-importkeystore', '-noprompt', ...source, ...target);
  writeFileSync(folder.at('password'), `${password}\n`);
  const pem = run(
    'openssl',
    'pkcs12',
    '-in',
    folder.at('x.p12'),
    '-passin',
    `file:${folder.at('password')}`,
    '-nodes',
    '-nocerts'
  );
  writeFileSync(folder.at('x.pem'), pem);
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
  return readFileSync(folder.at('x.der'));
}

const der = ({ privateKey }: Pair): Buffer => privateKey.export({ type: 'pkcs8', format: 'der' });

describe('interop: our JKS and Java', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('keytool') || !hasTool('openssl')) this.skip();
  });

  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  for (const bits of [2048, 3072, 4096] as const) {
    it(`keytool and OpenSSL get the key of ${bits} bits out of it, the same bytes`, () => {
      const jks = writeJks([salted('aquila', pairs[bits])], 'changeit');
      expect(keyBytes(folder, jks, 'aquila', 'changeit').equals(der(pairs[bits]))).to.be.true;
    });
  }

  for (const password of ['123456', '  a b  ', `it's "quoted" $HOME \`date\` \\n 100%`, 'x'.repeat(200)]) {
    it(`keytool opens it with the password ${JSON.stringify(password.slice(0, 40))}`, () => {
      const jks = writeJks([salted('aquila', pairs[2048])], password);
      expect(keyBytes(folder, jks, 'aquila', password).equals(der(pairs[2048]))).to.be.true;
    });
  }

  it('keytool finds every entry of a store with several, whatever the case of the alias', () => {
    const [, ca] = issued.chain;
    const entries = [salted('Issued_Key', issued, 1), salted('second', pairs[3072], 2)];
    const jks = writeJks([...entries, { alias: 'Acme_CA', certificate: ca!, date }], 'changeit');
    expect(keyBytes(folder, jks, 'ISSUED_KEY', 'changeit').equals(der(issued))).to.be.true;
    expect(keyBytes(folder, jks, 'second', 'changeit').equals(der(pairs[3072]))).to.be.true;
    const list = run('keytool', '-list', '-v', '-keystore', folder.at('x.jks'), '-storepass', 'changeit');
    expect(list).to.include('Keystore type: JKS').and.include('contains 3 entries');
    expect(list).to.match(/Alias name: issued_key\n[^]*?Entry type: PrivateKeyEntry\nCertificate chain length: 2/);
    expect(list).to.match(/Alias name: acme_ca\n[^]*?Entry type: trustedCertEntry/);
  });

  it('a Java program signs with the key, and the signature fits the certificate', function () {
    if (!hasTool('java')) this.skip();
    writeFileSync(folder.at('x.jks'), writeJks([salted('aquila', issued)], 'changeit'));
    const words = ['JKS', folder.at('x.jks'), 'aquila', 'signed by Java'];
    const printed = execFileSync('java', [keystorePath('SignWithKeystore.java'), ...words], {
      encoding: 'utf8',
      env: { ...process.env, KEYSTORE_PASSWORD: 'changeit' },
    });
    const [entry, signature] = printed.trim().split('\n');
    expect(entry).to.equal('true 2');
    const publicKey = createPublicKey(issued.privateKey);
    expect(verify('sha256', Buffer.from('signed by Java'), publicKey, Buffer.from(signature!, 'base64'))).to.be.true;
  });

  it('keytool says of a flipped byte what we say of it', () => {
    const jks = writeJks([salted('aquila', pairs[2048])], 'changeit');
    jks[jks.length - 100]! ^= 1;
    writeFileSync(folder.at('x.jks'), jks);
    expect(() => run('keytool', '-list', '-keystore', folder.at('x.jks'), '-storepass', 'changeit')).to.throw();
    expect(codesOf(readJks(jks, 'changeit', 'x.jks'))).to.deep.equal(['KeystoreChecksumWrong']);
  });

  it('we read what keytool makes now: a pair of its own, imported keys, certificates', () => {
    const store = ['-keystore', folder.at('x.jks'), '-storetype', 'JKS', '-storepass', 'changeit'];
    const made = ['-alias', 'Made_Here', '-dname', 'CN=AQUILA', '-keyalg', 'RSA', '-keysize', '2048'];
    run('keytool', '-genkeypair', ...store, ...made, '-keypass', 'changeit');
    run('keytool', '-importcert', '-noprompt', ...store, '-alias', 'ca', '-file', keystorePath('ca.crt'));
    const from = ['-srckeystore', keystorePath('openssl-chain.p12'), '-srcstorepass', 'throw-away'];
    const to = ['-destkeystore', folder.at('x.jks'), '-deststorepass', 'changeit', '-destkeypass', 'changeit'];
    run('keytool', '-importkeystore', '-noprompt', ...from, '-srcalias', 'aquila', ...to);
    const reading = readJks(readFileSync(folder.at('x.jks')), 'changeit', 'x.jks');
    expect(codesOf(reading)).to.deep.equal([]);
    expect(reading.entries.map(({ alias, kind }) => `${alias}: ${kind}`)).to.have.members([
      ...['made_here: private-key', 'ca: certificate', 'aquila: private-key'],
    ]);
    expect(gist(reading)).to.deep.include(gistOf('aquila', issued));
  });
});
