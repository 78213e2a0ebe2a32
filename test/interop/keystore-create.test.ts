import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import jks from 'jks-js';
import type { KeystoreCreateResult } from '../../src/commands/aquila/keystore/create.ts';
import { encodePem } from '../../src/cert/pem.ts';
import { keyPair } from '../cert/key-files.ts';
import { Place } from '../cli/process.ts';
import { issued, keystorePath, pairs, type Pair } from '../keystore/fixtures.ts';
import { hasTool, run } from './tools.ts';

const password = `it's "quoted" $HOME 100%`;
const der = ({ privateKey }: Pair): Buffer => privateKey.export({ type: 'pkcs8', format: 'der' });
const pem = ({ chain }: Pair): string => chain.map(({ raw }) => encodePem('CERTIFICATE', raw)).join('');

/** What our command is given, and what must come out of its files. */
const cases: Array<[what: string, pair: Pair, words: string[]]> = [
  ['2048 bits', pairs[2048], ['--key-file', 'server.key']],
  [
    'the chain of a CA',
    issued,
    [
      '--key-file',
      'server.key',
      '--certificate-file',
      keystorePath('issued2048.crt'),
      '--chain-file',
      keystorePath('ca.crt'),
    ],
  ],
  ['3072 bits', pairs[3072], ['--key-file', keystorePath('rsa3072.key')]],
  ['4096 bits', pairs[4096], ['--key-file', keystorePath('rsa4096.key')]],
];

describe('interop: keystore create', function () {
  this.timeout(60_000);
  let place: Place;
  let files: Required<KeystoreCreateResult['files']>;
  beforeEach(() => {
    place = new Place();
    writeFileSync(place.path('server.key'), keyPair('rsa2048.key'));
    writeFileSync(place.path('server.crt'), keyPair('rsa2048.crt'));
    writeFileSync(place.path('password'), `${password}\n`);
  });
  afterEach(() => {
    place.remove();
  });

  async function create(...words: string[]): Promise<void> {
    const all = ['--type', 'p12', '--type', 'jks', '--alias', 'My_Cert', '-d', 'out', '--json', ...words];
    const { json, code, stdout } = await place.run(['keystore', 'create', ...all], {
      env: { SF_AQUILA_KEYSTORE_PASSWORD: password },
    });
    expect(code, stdout).to.equal(0);
    files = (json() as { result: { files: typeof files } }).result.files;
  }

  /** Key and certificates of a PKCS#12 file, as OpenSSL gives them out. */
  function byOpenssl(p12: string): { key: Buffer; certificates: string; text: string } {
    const text = run('openssl', 'pkcs12', '-in', p12, '-passin', `file:${place.path('password')}`, '-nodes');
    const key = createPrivateKey(text).export({ type: 'pkcs8', format: 'der' });
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/g) ?? [];
    return { key, certificates: certificates.join(''), text };
  }

  /** keytool puts a keystore into a new PKCS#12 file, and with that decrypts the key. */
  function byKeytool(store: string, type: string): string {
    const target = place.path(`from-${type}.p12`);
    const from = ['-srckeystore', store, '-srcstoretype', type, '-srcstorepass', password];
    const to = ['-destkeystore', target, '-deststoretype', 'PKCS12', '-deststorepass', password];
    run('keytool', '-importkeystore', '-noprompt', ...from, ...to);
    return target;
  }

  for (const [what, pair, words] of cases) {
    for (const options of [[], ['--compat']]) {
      it(`${[what, ...options].join(', ')}: OpenSSL gets key, chain and alias out of keystore.p12`, async function () {
        if (!hasTool('openssl')) this.skip();
        await create(...words, ...options);
        const { key, certificates, text } = byOpenssl(files.pkcs12);
        expect(key.equals(der(pair))).to.be.true;
        expect(certificates).to.equal(pem(pair));
        expect(text.match(/friendlyName: My_Cert/g)).to.have.length(2);
      });
    }

    it(`${what}: keytool moves both keystores into PKCS#12, with the same key and chain`, async function () {
      if (!hasTool('keytool') || !hasTool('openssl')) this.skip();
      await create(...words);
      for (const store of [byKeytool(files.pkcs12, 'PKCS12'), byKeytool(files.jks, 'JKS')]) {
        const { key, certificates, text } = byOpenssl(store);
        expect(key.equals(der(pair)), store).to.be.true;
        expect(certificates).to.equal(pem(pair));
        expect(text).to.include('friendlyName: my_cert');
      }
    });

    it(`${what}: jks-js reads servercert.jks`, async () => {
      await create(...words);
      const entries = jks.toPem(readFileSync(files.jks), password);
      expect(Object.keys(entries)).to.deep.equal(['my_cert']);
      const { key, cert } = entries['my_cert']!;
      expect(createPrivateKey(key!).equals(pair.privateKey)).to.be.true;
      const certificates = cert!.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
      const plain = (text: string): string => text.replaceAll(/\s/g, '');
      expect(plain(certificates.join(''))).to.equal(plain(pem(pair)));
    });
  }

  it('a Java program signs with the key of cert create’s own JKS', async function () {
    if (!hasTool('java')) this.skip();
    const words = ['cert', 'create', '--name', 'fresh', '--keystore', 'jks', '--alias', 'My_Cert', '--no-prompt'];
    const { code, stderr } = await place.run(words, { env: { SF_AQUILA_KEYSTORE_PASSWORD: password } });
    expect(code, stderr).to.equal(0);
    const arguments_ = ['JKS', place.path('servercert.jks'), 'My_Cert', 'signed by Java'];
    const printed = execFileSync('java', [keystorePath('SignWithKeystore.java'), ...arguments_], {
      encoding: 'utf8',
      env: { ...process.env, KEYSTORE_PASSWORD: password },
    });
    const [entry, signature] = printed.trim().split('\n');
    expect(entry).to.equal('true 1');
    writeFileSync(place.path('signed'), 'signed by Java');
    writeFileSync(place.path('signature'), Buffer.from(signature!, 'base64'));
    const publicKey = run('openssl', 'x509', '-in', place.path('fresh.crt'), '-noout', '-pubkey');
    writeFileSync(place.path('public'), publicKey);
    const check = ['-verify', place.path('public'), '-signature', place.path('signature'), place.path('signed')];
    expect(run('openssl', 'dgst', '-sha256', ...check)).to.equal('Verified OK\n');
  });

  it('what keytool made becomes PKCS#12 for OpenSSL, the key unchanged', async function () {
    if (!hasTool('keytool') || !hasTool('openssl')) this.skip();
    const store = ['-keystore', place.path('made.jks'), '-storetype', 'JKS', '-storepass', password];
    const name = ['-alias', 'made', '-dname', 'CN=AQUILA', '-keyalg', 'RSA', '-keysize', '2048', '-keypass', password];
    run('keytool', '-genkeypair', ...store, ...name);
    await create('--key-file', 'made.jks');
    const { key } = byOpenssl(byKeytool(place.path('made.jks'), 'JKS'));
    expect(byOpenssl(files.pkcs12).key.equals(key)).to.be.true;
  });
});
