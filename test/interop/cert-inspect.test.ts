import { copyFileSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inspect } from '../../src/keystore/inspect.ts';
import type { InspectedFile } from '../../src/keystore/inspection.ts';
import { chainPath } from '../cert/chains.ts';
import { keyFilePath } from '../cert/key-files.ts';
import { Folder } from '../files/folder.ts';
import { hasTool, run, shell } from './tools.ts';

const now = new Date('2027-01-01T00:00:00Z');

async function report(path: string, keystorePassword?: string): Promise<InspectedFile> {
  const input = { bytes: readFileSync(path), file: path, passphrase: 'throw-away', keystorePassword, now };
  return (await inspect(input)).report;
}

describe('interop: cert inspect says what OpenSSL says', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('openssl')) this.skip();
  });

  for (const name of ['leaf', 'issuing', 'root', 'leaf-sha384', 'root-of-version-1', 'leaf-ecdsa']) {
    it(`of the certificate ${name}`, async () => {
      const { certificate } = await report(chainPath(`${name}.crt`));
      const text = run(
        'openssl',
        'x509',
        '-in',
        chainPath(`${name}.crt`),
        '-noout',
        '-text',
        '-serial',
        '-fingerprint',
        '-sha256'
      );
      const of = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1]?.replaceAll(/\s/g, '');
      expect(String(certificate?.version)).to.equal(of(/Version: (\d)/));
      expect(certificate?.serialNumber).to.equal(of(/serial=([0-9A-F]+)/));
      expect(certificate?.fingerprint256).to.equal(of(/Fingerprint=([0-9A-F:]+)/));
      expect(certificate?.subjectKeyIdentifier).to.equal(of(/Subject Key Identifier:\s+([0-9A-F:]+)/));
      expect(certificate?.authorityKeyIdentifier).to.equal(
        of(/Authority Key Identifier:\s+(?:keyid:)?([0-9A-F:]{59})/)
      );
      const authority = of(/CA:(TRUE|FALSE)/);
      expect(certificate?.basicConstraints?.authority).to.equal(
        authority === undefined ? undefined : authority === 'TRUE'
      );
    });
  }

  it('of every key usage', async () => {
    const folder = new Folder();
    const usage =
      'digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly';
    copyFileSync(keyFilePath('../keys/rsa2048.key'), folder.at('a.key'));
    shell(`openssl req -x509 -new -key a.key -subj /CN=a -addext keyUsage=${usage} -out a.crt`, folder.path);
    expect((await report(folder.at('a.crt'))).certificate?.keyUsage).to.deep.equal(usage.split(','));
    folder.remove();
  });

  const forms: Array<[what: string, command: string, kind: string, encoding: string, bits: number]> = [
    ['PKCS#8', 'openssl pkey -in a.key -out b', 'private-key', 'pem', 2048],
    ['PKCS#1 in DER', 'openssl rsa -in a.key -traditional -outform DER -out b', 'private-key', 'der', 2048],
    ['scrypt', 'openssl pkcs8 -topk8 -scrypt -in a.key -passout pass:throw-away -out b', 'private-key', 'pem', 2048],
    [
      'PBES1 with 3DES',
      'openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in a.key -passout pass:throw-away -out b',
      'private-key',
      'pem',
      2048,
    ],
    [
      'the older encryption',
      'openssl rsa -traditional -aes128 -in a.key -passout pass:throw-away -out b',
      'private-key',
      'pem',
      2048,
    ],
    ['a PKCS#1 public key', 'openssl rsa -in a.key -RSAPublicKey_out -out b', 'public-key', 'pem', 2048],
  ];
  for (const [what, command, kind, encoding, bits] of forms) {
    it(`recognises ${what}, and opens it`, async () => {
      const folder = new Folder();
      copyFileSync(keyFilePath('../keys/rsa2048.key'), folder.at('a.key'));
      shell(command, folder.path);
      const found = await report(folder.at('b'));
      expect([found.kind, found.encoding, found.key?.bits]).to.deep.equal([kind, encoding, bits]);
      const same = (await report(folder.at('a.key'))).key?.publicKeySha256;
      expect(found.key?.publicKeySha256).to.equal(same);
      folder.remove();
    });
  }
});
