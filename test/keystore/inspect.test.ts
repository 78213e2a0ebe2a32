import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { encodePem } from '../../src/cert/pem.ts';
import { inspect } from '../../src/keystore/inspect.ts';
import { pairsOf, withStrangers } from '../../src/keystore/inspect-pairs.ts';
import type { InspectedFile, Inspection } from '../../src/keystore/inspection.ts';
import { inspectedFiles } from './inspected-files.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const fixture = (...parts: string[]): Buffer => readFileSync(join(fixtures, ...parts));
const now = new Date('2027-01-01T00:00:00Z');

type Secrets = { passphrase?: string; keystorePassword?: string; at?: Date };

const look = (
  bytes: Uint8Array,
  file: string,
  { passphrase, keystorePassword, at = now }: Secrets = {}
): Promise<Inspection> => inspect({ bytes, file, passphrase, keystorePassword, now: at });

const report = async (bytes: Uint8Array | string, file = 'file', secrets: Secrets = {}): Promise<InspectedFile> =>
  (await look(Buffer.from(bytes), file, secrets)).report;

const codes = ({ problems }: InspectedFile): string[] => problems.map(({ code }) => code);
const verdicts = (file: InspectedFile): string[] =>
  file.verdicts.map(({ by, answer, reason }) => `${by} ${answer} ${reason}`);

describe('inspect', () => {
  for (const [folder, files] of Object.entries(inspectedFiles)) {
    describe(`test/fixtures/${folder}`, () => {
      const secrets = folder === 'keystores' ? { keystorePassword: 'throw-away' } : {};
      for (const [file, [kind, encoding, problems]] of Object.entries(files)) {
        it(`${file} is ${kind} in ${encoding}: ${problems === '' ? 'nothing wrong' : problems}`, async () => {
          const found = await report(fixture(folder, file), file, secrets);
          expect([found.kind, found.encoding, codes(found).join(' ')]).to.deep.equal([kind, encoding, problems]);
          for (const { message, fix } of found.problems) {
            expect(message).to.not.include('%s');
            expect(fix.trim()).to.not.equal('').and.not.include('%s');
          }
        });
      }

      it('every file of the folder is in the table', () => {
        const present = readdirSync(join(fixtures, folder)).filter((file) => !/^README|\.java$/.test(file));
        expect(Object.keys(files)).to.have.members(present);
      });
    });
  }

  it('tells more than thirty defects apart', () => {
    const found = Object.values(inspectedFiles).flatMap((files) =>
      Object.values(files).map(([, , problems]) => problems)
    );
    expect(new Set(found.filter((problems) => problems !== '')).size).to.be.at.least(30);
  });

  describe('defects that no fixture has', () => {
    const key = fixture('keys', 'rsa2048.key').toString();
    const other = fixture('keys', 'other2048.key').toString();
    const request = fixture('key-files', 'request.der');
    const cases: Array<[what: string, bytes: Uint8Array | string, file: string, kind: string, code: string]> = [
      ['two keys', key + other, 'a.pem', 'private-key', 'KeyFileOfSeveral'],
      ['an empty certificate', '', 'a.crt', 'empty', 'CertificateFileEmpty'],
      ['an empty keystore', '', 'a.p12', 'empty', 'KeystoreEmpty'],
      ['words in a certificate', 'words', 'a.cer', 'unknown', 'CertificateFileUnrecognised'],
      ['words in a keystore', 'words', 'a.jks', 'unknown', 'KeystoreUnrecognised'],
      ['a web page in a certificate', '<!DOCTYPE html><html></html>', 'a.crt', 'html', 'KeyFileIsHtml'],
      [
        'half a certificate in DER',
        fixture('chains', 'leaf.der').subarray(0, 99),
        'a.crt',
        'damaged',
        'CertificateFileDamaged',
      ],
      ['half a PKCS#12', fixture('keystores', 'openssl.p12').subarray(0, 99), 'a.p12', 'pkcs12', 'KeystoreTruncated'],
      ['half a JKS', fixture('keystores', 'keytool17.jks').subarray(0, 99), 'a.jks', 'jks', 'KeystoreTruncated'],
      [
        'a request without end',
        encodePem('CERTIFICATE REQUEST', request.subarray(0, 99)),
        'a.csr',
        'certificate-request',
        'CertificateRequestDamaged',
      ],
      [
        'a public key that is none',
        encodePem('PUBLIC KEY', Buffer.from('3003020101', 'hex')),
        'a.pub',
        'public-key',
        'KeyFileDamaged',
      ],
      ['vertical tabs between the lines', key.replaceAll('\n', '\v\n'), 'a.pem', 'private-key', 'KeyFilePemUnusual'],
    ];
    for (const [what, bytes, file, kind, code] of cases) {
      it(`${what}: ${kind}, ${code}`, async () => {
        const found = await report(bytes, file);
        expect([found.kind, codes(found)]).to.deep.equal([kind, [code]]);
      });
    }

    it('an older label of PKCS#7 is known', async () => {
      const pem = encodePem('PKCS #7 SIGNED DATA', fixture('chains', 'bundle.der.p7b'));
      const found = await report(pem, 'a.pem');
      expect([found.kind, found.encoding, found.entries?.length]).to.deep.equal(['pkcs7', 'pem', 4]);
    });
  });

  describe('facts', () => {
    it('of a private key are its kind and length, and nothing of itself', async () => {
      const found = await report(fixture('key-files', 'pkcs1.pem'));
      const { publicKeySha256, ...key } = found.key!;
      expect(key).to.deep.equal({ type: 'rsa', bits: 2048, format: 'pkcs1', encrypted: false });
      expect(publicKeySha256).to.match(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    });

    const others: Array<[file: string, key: object]> = [
      ['ec.pem', { type: 'ec', curve: 'prime256v1', format: 'pkcs8', encrypted: false }],
      ['ed25519.pem', { type: 'ed25519', format: 'pkcs8', encrypted: false }],
      ['openssh.pem', { type: 'rsa', bits: 2048, format: 'openssh', encrypted: false }],
      ['openssh-ed25519.pem', { type: 'ed25519', format: 'openssh', encrypted: false }],
      ['ssh-public-key.pub', { type: 'rsa', bits: 2048, format: 'openssh', encrypted: false }],
      ['public-key.der', { type: 'rsa', bits: 2048, format: 'spki', encrypted: false }],
    ];
    for (const [file, expected] of others) {
      it(`of ${file}`, async () => {
        const { publicKeySha256, ...key } = (await report(fixture('key-files', file))).key!;
        expect(key).to.deep.equal(expected);
        expect(publicKeySha256).to.have.length(95);
      });
    }

    it('of one key are the same in every form', async () => {
      const files = ['pkcs1.pem', 'openssh.pem', 'ssh-public-key.pub', 'public-key.pem', 'utf16le.pem', 'base64.pem'];
      const digests = await Promise.all(
        files.map(async (file) => (await report(fixture('key-files', file))).key?.publicKeySha256)
      );
      const { csr } = await report(fixture('key-files', 'request.pem'));
      expect(new Set([...digests, csr?.publicKey.publicKeySha256]).size).to.equal(1);
    });

    it('of a certificate with its extensions', async () => {
      const { certificate } = await report(fixture('chains', 'leaf.crt'));
      const { version, basicConstraints, keyUsage, publicKey, daysLeft, authorityKeyIdentifier } = certificate!;
      expect([version, basicConstraints, publicKey.bits, daysLeft]).to.deep.equal([
        3,
        { authority: false },
        2048,
        36_158,
      ]);
      expect(keyUsage).to.deep.equal(['digitalSignature', 'keyEncipherment']);
      const issuer = (await report(fixture('chains', 'issuing.crt'))).certificate!;
      expect(issuer.basicConstraints?.authority).to.be.true;
      expect(issuer.keyUsage).to.deep.equal(['keyCertSign', 'cRLSign']);
      expect(issuer.subjectKeyIdentifier).to.equal(authorityKeyIdentifier);
    });

    it('of a certificate of version 1', async () => {
      const { certificate } = await report(fixture('chains', 'root-of-version-1.crt'));
      expect([certificate?.version, certificate?.keyUsage]).to.deep.equal([1, undefined]);
    });

    it('of a request', async () => {
      const { csr } = await report(fixture('key-files', 'request.der'));
      expect([csr?.subject, csr?.signatureAlgorithm]).to.deep.equal(['CN=throw-away', 'sha256WithRSAEncryption']);
    });

    it('of everything in a keystore', async () => {
      const { entries } = await report(fixture('keystores', 'keytool-several.jks'), 'a.jks', {
        keystorePassword: 'throw-away',
      });
      expect(entries?.map(({ alias, kind, chainLength, key }) => [alias, kind, chainLength, key?.bits])).to.deep.equal([
        ['acme_ca', 'certificate', undefined, undefined],
        ['aquila', 'private-key', 2, 2048],
        ['second_key', 'private-key', 1, 3072],
      ]);
    });

    it('of wrappings, outermost first', async () => {
      const key = fixture('keys', 'rsa2048.key').toString().replaceAll('\n', '\r\n');
      const twice = Buffer.from(`\uFEFF${Buffer.from(key).toString('base64')}`, 'utf16le');
      expect((await report(twice)).wrappings).to.deep.equal(['utf-16', 'base64', 'crlf']);
    });
  });

  describe('what is protected', () => {
    for (const file of ['encrypted-pkcs8.pem', 'encrypted-pkcs8.der', 'encrypted-pkcs1.pem']) {
      it(`${file} asks for its passphrase, and opens with it`, async () => {
        const locked = await look(fixture('key-files', file), file);
        expect([locked.needs, locked.report.key?.type, locked.report.key?.encrypted]).to.deep.equal([
          ...['passphrase', undefined, true],
        ]);
        const open = await look(fixture('key-files', file), file, { passphrase: 'throw-away' });
        expect([open.needs, open.report.key?.bits, codes(open.report)]).to.deep.equal([undefined, 2048, []]);
        expect(verdicts(open.report)).to.deep.equal(['sf no key-encrypted', 'collector no key-encrypted']);
      });

      it(`${file} says that a passphrase is wrong, and quotes none`, async () => {
        const found = await report(fixture('key-files', file), file, { passphrase: 'another-word' });
        expect(codes(found)).to.include('PassphraseWrong');
        expect(JSON.stringify(found)).to.not.include('another-word');
      });
    }

    it('a keystore asks for its password', async () => {
      const bytes = fixture('keystores', 'openssl.p12');
      expect((await look(bytes, 'a.p12')).needs).to.equal('keystore-password');
      const wrong = await look(bytes, 'a.p12', { keystorePassword: 'another-word' });
      expect([wrong.needs, codes(wrong.report)]).to.deep.equal([undefined, ['KeystorePasswordWrong']]);
    });

    it('absurd numbers of iterations are never computed', async () => {
      const bytes = fixture('key-files', 'encrypted-pkcs8.der');
      const [before, after] = [bytes.subarray(0, 44), bytes.subarray(48)];
      const rounds = Buffer.concat([before, Buffer.from('02047fffffff', 'hex'), after]);
      for (const length of [3, 5, 18, 20, 33]) rounds[length] = rounds[length]! + 2; // of all that is around
      const found = await report(rounds, 'a.der', { passphrase: 'throw-away' });
      expect(codes(found)).to.include('KeyFileIterationsTooMany');
    });
  });

  describe('verdicts', () => {
    const cases: Array<[folder: string, file: string, expected: string[]]> = [
      ['keys', 'rsa2048.key', ['sf yes key-signs', 'collector yes key-first']],
      ['key-files', 'byte-order-mark.pem', ['sf yes key-signs', 'collector no key-not-found']],
      ['key-files', 'rsa1024.pem', ['sf no key-too-short', 'collector unsure key-too-short']],
      ['key-files', 'ec.pem', ['sf no key-not-rsa', 'collector no key-not-rsa']],
      ['chains', 'leaf.crt', ['salesforce yes certificate-documented']],
      ['chains', 'leaf-sha384.crt', ['salesforce unsure certificate-hash-undocumented']],
      ['chains', 'leaf-sha1.crt', ['salesforce unsure certificate-algorithm-undocumented']],
      ['chains', 'leaf-large.crt', ['salesforce no certificate-as-der']],
      ['chains', 'leaf-huge.crt', ['salesforce no certificate-too-large']],
      ['chains', 'leaf-expired.crt', ['salesforce unsure certificate-out-of-date']],
      ['chains', 'bundle.p7b', ['salesforce unsure pkcs7-import']],
      ['chains', 'issuing.crt', []],
      ['key-files', 'chain.pem', ['salesforce unsure certificate-alone']],
    ];
    for (const [folder, file, expected] of cases) {
      it(`${file}: ${expected.join(', ')}`, async () => {
        expect(verdicts(await report(fixture(folder, file), file))).to.deep.equal(expected);
      });
    }

    it('Salesforce imports a sound JKS, and no PKCS#12', async () => {
      const of = async (file: string, keystorePassword?: string): Promise<string | undefined> =>
        verdicts(await report(fixture('keystores', file), file, { ...(keystorePassword && { keystorePassword }) }))[0];
      expect(await of('keytool17.jks', 'throw-away')).to.equal('salesforce yes keystore-imports');
      expect(await of('keytool17.jks')).to.equal('salesforce unsure keystore-locked');
      expect(await of('keytool-2560-bits.jks', 'throw-away')).to.equal('salesforce no keystore-faulty');
      expect(await of('openssl.p12', 'throw-away')).to.equal('salesforce no keystore-wrong-type');
    });
  });

  describe('dates', () => {
    const leaf = fixture('chains', 'leaf.crt');
    const own = fixture('keys', 'rsa2048.crt');
    const cases: Array<[what: string, bytes: Buffer, at: string, codes: string[]]> = [
      ['valid in its last second', leaf, '2125-12-31T23:59:59Z', []],
      ['expired a second after notAfter', leaf, '2126-01-01T00:00:00Z', ['CertificateExpired']],
      ['not valid a second before notBefore', leaf, '2025-12-31T23:59:59Z', ['CertificateNotYetValid']],
      ['self-signed and expired', own, '2200-01-01T00:00:00Z', ['CertificateSelfSignedExpired']],
    ];
    for (const [what, bytes, at, expected] of cases) {
      it(what, async () => expect(codes(await report(bytes, 'a.crt', { at: new Date(at) }))).to.deep.equal(expected));
    }
  });

  describe('pairs', () => {
    const lookAt = (...files: Array<[folder: string, file: string]>): Promise<Inspection[]> =>
      Promise.all(files.map(([folder, file]) => look(fixture(folder, file), file, { keystorePassword: 'throw-away' })));

    it('are found over files and entries of keystores', async () => {
      const all = await lookAt(['keys', 'rsa2048.key'], ['keys', 'rsa2048.crt'], ['keystores', 'openssl.p12']);
      expect(pairsOf(all)).to.deep.equal([
        { key: 'rsa2048.key', certificate: 'rsa2048.crt', match: true },
        { key: 'rsa2048.key', certificate: 'openssl.p12 (aquila)', match: true },
        { key: 'openssl.p12 (aquila)', certificate: 'rsa2048.crt', match: true },
        { key: 'openssl.p12 (aquila)', certificate: 'openssl.p12 (aquila)', match: true },
      ]);
      expect(withStrangers(all)).to.deep.equal(all);
    });

    it('leave out certificates that only issued others', async () => {
      const all = await lookAt(['keys', 'rsa2048.key'], ['chains', 'bundle.p7b'], ['chains', 'root.crt']);
      expect(pairsOf(all).map(({ certificate, match }) => [certificate, match])).to.deep.equal([
        ['bundle.p7b (2)', true],
      ]);
    });

    it('a certificate of another key is a problem of its file', async () => {
      const all = await lookAt(['keys', 'rsa2048.key'], ['keys', 'other2048.crt'], ['keys', 'rsa2048.crt']);
      const found = withStrangers(all).map((inspection) => codes(inspection.report));
      expect(found).to.deep.equal([[], ['CertificateOfOtherKey'], []]);
      expect(withStrangers(all)[1]!.report.problems[0]!.message).to.include('rsa2048.key');
    });

    it('a certificate alone is no problem', async () => {
      const all = await lookAt(['keys', 'other2048.crt']);
      expect([pairsOf(all), withStrangers(all)]).to.deep.equal([[], all]);
    });
  });

  it('gives nothing of any private key away', async () => {
    const secret = fixture('key-files', 'pkcs1.der').toString('base64');
    const parts = Array.from({ length: 20 }, (_, at) => secret.slice(400 + at * 40, 440 + at * 40));
    for (const file of Object.keys(inspectedFiles['key-files']!)) {
      const found = await look(fixture('key-files', file), file, {
        passphrase: 'throw-away',
        keystorePassword: 'throw-away',
      });
      const text = JSON.stringify(found.report);
      expect(parts.filter((part) => text.includes(part))).to.deep.equal([]);
    }
  });
});
