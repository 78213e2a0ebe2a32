import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CertImportResult } from '../../../src/commands/aquila/cert/import.ts';
import { chainFile, chainPath } from '../../cert/chains.ts';
import { keyPair } from '../../cert/key-files.ts';
import { expectMode, onPosix } from '../../files/posix.ts';
import { Place, type Outcome } from '../process.ts';

const interrupted = new URL('interrupted.ts', import.meta.url).href;
const chain = ['issuing', 'policy', 'root'].map((name) => chainFile(`${name}.crt`).toString()).join('');
const leaf = chainFile('leaf.crt').toString();
const selfSigned = keyPair('rsa2048.crt').toString();

type Warning = { name: string; message: string; actions: string[] };
type Answer = { status: number; result: CertImportResult; warnings: Warning[] };
type Failure = { name: string; exitCode: number; message: string; actions: string[] };

describe('sf aquila cert import, as a process', () => {
  let place: Place;
  const printed: string[] = [];
  beforeEach(() => {
    place = new Place();
    mkdirSync(place.path('keys'));
    writeFileSync(place.path('keys', 'server.key'), keyPair('rsa2048.key'), { mode: 0o600 });
  });
  afterEach(() => place.remove());

  const run = async (words: string[], options: Parameters<Place['run']>[1] = {}): Promise<Outcome> => {
    const outcome = await place.run(['cert', 'import', ...words], options);
    printed.push(outcome.stdout, outcome.stderr);
    return outcome;
  };
  const importOf = (file: string, ...words: string[]): Promise<Outcome> =>
    run(['--certificate-file', chainPath(file), '--key-file', 'keys/server.key', ...words]);
  const made = (): string[] => readdirSync(place.path('keys')).sort();
  const text = (...names: string[]): string => readFileSync(place.path('keys', ...names), 'utf8');

  it('writes the certificate alone and its issuers in order, readable by everybody, and says what to upload', async () => {
    const { stdout, stderr, code } = await importOf('bundle.p7b');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(made()).to.deep.equal(['server.chain.crt', 'server.crt', 'server.key']);
    expect([text('server.crt'), text('server.chain.crt')]).to.deep.equal([leaf, chain]);
    for (const name of ['server.crt', 'server.chain.crt']) expectMode(place.path('keys', name), '644');
    expectMode(place.path('keys', 'server.key'), '600');
    const words = stdout.replaceAll(/\s+/g, ' ');
    expect(words).to.include(`The certificate of server.key is ready in ${place.path('keys')}`);
    expect(words).to.include('server.crt the certificate alone, for the app in Salesforce');
    expect(words).to.include('sf aquila app create --target-org').and.include('collector need nothing new');
    expect(words).to.include(`--certificate-file ${place.path('keys', 'server.crt')}`);
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('sf aquila'))).to.deep.equal([]);
  });

  it('gives the same as JSON, with absolute paths', async () => {
    const { stderr, code, json } = await importOf('bundle.ber.p7b', '--json');
    expect([code, stderr]).to.deep.equal([0, '']);
    const { status, result, warnings } = json() as Answer;
    const { daysLeft, ...certificate } = result.certificate;
    const { serialNumber, fingerprint256 } = new X509Certificate(leaf);
    expect({ status, result: { ...result, certificate } }).to.deep.equal({
      status: 0,
      result: {
        files: { certificate: place.path('keys', 'server.crt'), chain: place.path('keys', 'server.chain.crt') },
        certificate: {
          subject: 'C=PH, O=Acme, CN=AQUILA',
          issuer: 'C=PH, O=Acme, CN=Acme Issuing CA',
          serialNumber,
          notBefore: '2026-01-01T00:00:00Z',
          notAfter: '2125-12-31T23:59:59Z',
          fingerprint256,
          keyBits: 2048,
          signatureAlgorithm: 'sha256WithRSAEncryption',
          selfSigned: false,
        },
        chainLength: 3,
      },
    });
    expect(daysLeft).to.be.greaterThan(0);
    expect(warnings.map(({ name, message }) => `${name}: ${message}`).join()).to.match(
      /^IssuerMissing: .*Acme Root CA/
    );
  });

  it('takes the answer from standard input, the issuers from a file, and server.key of --output-dir', async () => {
    writeFileSync(place.path('ca.pem'), `\uFEFFroot and others\r\n${chain}`);
    const words = ['--certificate-file', '-', '--chain-file', 'ca.pem', '-d', 'keys', '--json'];
    const { code, json } = await run(words, { input: chainFile('leaf.der').toString('base64') });
    expect([code, (json() as Answer).result.chainLength]).to.deep.equal([0, 4]);
    expect([text('server.crt'), text('server.chain.crt')]).to.deep.equal([leaf, chain]);
  });

  it('takes server.key of the current folder, and writes beside it', async () => {
    const { code } = await place.run(['cert', 'import', '--certificate-file', chainPath('leaf.der'), '-d', '.']);
    expect(code).to.equal(2);
    copyFileSync(place.path('keys', 'server.key'), place.path('server.key'));
    expect((await run(['--certificate-file', chainPath('leaf.der')])).code).to.equal(0);
    expect(readFileSync(place.path('server.crt'), 'utf8')).to.equal(leaf);
  });

  it('names the files after the key, in the folder of --output-dir', async () => {
    copyFileSync(place.path('keys', 'server.key'), place.path('acme.pem'));
    const { code } = await run([
      ...['--certificate-file', chainPath('bundle.der.p7b'), '--key-file', 'acme.pem', '-d', 'keys/new'],
    ]);
    expect([code, readdirSync(place.path('keys', 'new')).sort()]).to.deep.equal([0, ['acme.chain.crt', 'acme.crt']]);
  });

  it('takes a self-signed certificate too, which has no chain', async () => {
    writeFileSync(place.path('own.crt'), selfSigned.replaceAll('\n', '\r\n'));
    const { code, json } = await run(['--certificate-file', 'own.crt', '-d', 'keys', '--json']);
    const { result, warnings } = json() as Answer;
    expect([code, result.chainLength, warnings]).to.deep.equal([0, 1, []]);
    expect(result.files).to.deep.equal({ certificate: place.path('keys', 'server.crt') });
    expect([made(), text('server.crt')]).to.deep.equal([['server.crt', 'server.key'], selfSigned]);
  });

  describe('where files are in the way', () => {
    it('keeps the self-signed certificate, names it, and says what goes on until the upload', async () => {
      writeFileSync(place.path('keys', 'server.crt'), selfSigned);
      const { code, stdout, stderr } = await importOf('bundle.p7b');
      expect([code, stdout]).to.deep.equal([1, '']);
      const words = stderr.replaceAll(/\s+/g, ' ');
      expect(words)
        .to.include('Error (CertificateOverwriteRefused)')
        .and.include(`${place.path('keys')} already has server.crt.`);
      expect(words)
        .to.include('--output-dir')
        .and.include('--force')
        .and.include('the app goes on with the one that it has');
      expect([made(), text('server.crt')]).to.deep.equal([['server.crt', 'server.key'], selfSigned]);
    });

    it('replaces it by force', async () => {
      writeFileSync(place.path('keys', 'server.crt'), selfSigned, { mode: 0o600 });
      expect((await importOf('bundle.p7b', '--force')).code).to.equal(0);
      expect([text('server.crt'), text('server.chain.crt')]).to.deep.equal([leaf, chain]);
      expectMode(place.path('keys', 'server.crt'), '644');
    });

    it('a second run changes nothing, and says so', async () => {
      await importOf('bundle.p7b');
      const { code, stdout } = await importOf('bundle.der.p7b');
      expect([code, stdout.includes('nothing was changed')]).to.deep.equal([0, true]);
      expect((await importOf('leaf.crt', '--chain-file', chainPath('issuing.crt'))).code).to.equal(1);
      expect(text('server.chain.crt')).to.equal(chain);
    });

    it('takes the answer out of the very file that is to be written', async () => {
      writeFileSync(place.path('keys', 'server.crt'), leaf);
      const { code } = await run([
        '--certificate-file',
        'keys/server.crt',
        '--chain-file',
        chainPath('issuing.crt'),
        '-d',
        'keys',
      ]);
      expect([code, text('server.crt')]).to.deep.equal([0, leaf]);
      expect(text('server.chain.crt')).to.equal(chainFile('issuing.crt').toString());
    });

    it('warns of the chain of an earlier certificate', async () => {
      writeFileSync(place.path('keys', 'server.chain.crt'), chain);
      const { code, json } = await importOf('leaf.crt', '--json');
      expect([code, (json() as Answer).warnings.map(({ name }) => name)]).to.deep.equal([
        ...[0, ['IssuerMissing', 'EarlierChainLeft']],
      ]);
    });

    it('never replaces a file with a private key, not even by force', async () => {
      writeFileSync(place.path('keys', 'server.crt'), `${selfSigned}${keyPair('rsa2048.key').toString()}`);
      const { code, stderr } = await importOf('leaf.crt', '--force');
      expect([code, stderr.includes('Error (CertificateTargetIsKey)')]).to.deep.equal([1, true]);
      expect(text('server.crt')).to.include('PRIVATE KEY-----');
    });

    onPosix('follows no link, not even by force', async () => {
      writeFileSync(place.path('victim'), 'untouched');
      symlinkSync(place.path('victim'), place.path('keys', 'server.crt'));
      symlinkSync(place.path('nowhere'), place.path('keys', 'server.chain.crt'));
      const { code, stderr } = await importOf('bundle.p7b', '--force');
      expect([code, stderr.includes('FileIsLink')]).to.deep.equal([1, true]);
      expect(readFileSync(place.path('victim'), 'utf8')).to.equal('untouched');
      expect(readdirSync(place.folder)).to.not.include('nowhere');
    });
  });

  const key = ['--key-file', 'keys/server.key'];
  const impostor = ['--chain-file', chainPath('impostor.crt')];
  const answer = (file: string): string[] => ['--certificate-file', chainPath(file), ...key];
  const refused: Array<[what: string, words: string[], exitCode: number, name: string]> = [
    ['no certificate file at all', key, 2, 'Error'],
    ['a missing certificate file', ['--certificate-file', 'nowhere.crt', ...key], 2, 'CertificateFileMissing'],
    ['a key that is not named', answer('leaf.crt').slice(0, 2), 2, 'KeyNotNamed'],
    ['the certificate of another key', answer('leaf-of-other-key.crt'), 2, 'CertificateNotOfKey'],
    ['a certificate over 4 KB', answer('leaf-large.crt'), 2, 'CertificatePemTooLarge'],
    ['an issuer that did not sign', [...answer('leaf.crt'), ...impostor], 2, 'IssuerDidNotSign'],
    ['a file in place of the folder', [...answer('leaf.crt'), '-d', 'keys/server.key'], 2, 'FolderIsFile'],
  ];
  for (const [what, words, exitCode, name] of refused) {
    it(`${what} ends with ${exitCode} and ${name}, and nothing is written`, async () => {
      const { code, stderr, json } = await run([...words, '--json']);
      const error = json() as Failure;
      expect([code, error.exitCode, error.name, stderr]).to.deep.equal([exitCode, exitCode, name, '']);
      expect(error.message).to.not.equal('');
      expect(made()).to.deep.equal(['server.key']);
    });
  }

  const interrupt = (signal: string, turn: number): { env: Record<string, string> } => ({
    env: { NODE_OPTIONS: `--import=${interrupted}`, AQUILA_TEST_SIGNAL: signal, AQUILA_TEST_TURN: String(turn) },
  });
  const both = ['--certificate-file', chainPath('bundle.p7b'), ...key];

  it('a full disk leaves nothing, nor the folder that was made', async () => {
    const { code, stderr } = await run([...both, '-d', 'keys/new/er'], interrupt('ENOSPC', 1));
    expect([code, stderr.includes('DiskFull'), made()]).to.deep.equal([1, true, ['server.key']]);
  });

  onPosix('Ctrl-C in the middle ends with 130 and leaves nothing', async () => {
    const { code, stdout } = await run([...both, '-d', 'keys/new'], interrupt('SIGINT', 2));
    expect([code, stdout, made()]).to.deep.equal([130, '', ['server.key']]);
  });

  onPosix('killed between the two files, the next run puts the folder in order and succeeds', async () => {
    const { code } = await run(both, interrupt('SIGKILL', 2));
    expect(code).to.equal(null);
    expect(made()).to.include('.sf-aquila-journal.json').and.not.include('server.chain.crt');
    expect((await run(both)).code).to.equal(0);
    expect(made()).to.deep.equal(['server.chain.crt', 'server.crt', 'server.key']);
    expect([text('server.crt'), text('server.chain.crt')]).to.deep.equal([leaf, chain]);
  });

  it('has printed nothing of the key', () => {
    const lines = keyPair('rsa2048.key')
      .toString()
      .split('\n')
      .filter((line) => line.length === 64);
    expect(printed.join('')).to.not.equal('');
    expect(lines.filter((line) => printed.join('').includes(line))).to.deep.equal([]);
  });
});
