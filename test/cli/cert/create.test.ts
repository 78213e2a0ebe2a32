import { X509Certificate, createPrivateKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CertCreateResult } from '../../../src/commands/aquila/cert/create.ts';
import type { KeystoreEntry } from '../../../src/keystore/entry.ts';
import { readKeystore } from '../../../src/keystore/read.ts';
import { expectMode, onPosix } from '../../files/posix.ts';
import { codesOf } from '../../keystore/fixtures.ts';
import { Place, type Outcome } from '../process.ts';
import { dialogue, needTerminal, type Screen } from '../dialogue.ts';

const passphrase = 'correct horse battery';
const password = 'keystore staple 42';
const interrupted = new URL('interrupted.ts', import.meta.url).href;

/** Everything that any of the runs printed, and the keys that they made. */
const printed: string[] = [];
const keys: string[] = [];

describe('sf aquila cert create, as a process', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
    mkdirSync(place.path('keys'));
  });
  afterEach(() => {
    for (const name of readdirSync(place.folder, { recursive: true }) as string[]) {
      if (/\.(key|pem)$/.test(name)) keys.push(readFileSync(place.path(name), 'utf8'));
    }
    place.remove();
  });

  const create = async (words: string[], options: Parameters<Place['run']>[1] = {}): Promise<Outcome> => {
    const outcome = await place.run(['cert', 'create', ...words], options);
    printed.push(outcome.stdout, outcome.stderr);
    return outcome;
  };
  const made = (): string[] => readdirSync(place.path('keys')).sort();
  const text = (name: string): string => readFileSync(place.path('keys', name), 'utf8');
  const expectModes = (modes: Record<string, string>): void => {
    for (const [name, mode] of Object.entries(modes)) expectMode(place.path('keys', name), mode);
  };

  it('makes the four files of the guide, private where they must be, without OpenSSL on the PATH', async () => {
    const words = ['--output-dir', 'keys', '--subject', '/C=PH/O=Acme, Inc.', '--days', '30'];
    const { stdout, stderr, code } = await create(words, { env: { PATH: '/nowhere' } });
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(made()).to.deep.equal(['server.crt', 'server.csr', 'server.key', 'server.pem']);
    expectModes({ 'server.crt': '644', 'server.csr': '644', 'server.key': '600', 'server.pem': '600' });
    expect(text('server.pem')).to.equal(text('server.key'));
    expect(text('server.key')).to.match(/^-----BEGIN PRIVATE KEY-----\n/);
    const certificate = new X509Certificate(text('server.crt'));
    const privateKey = createPrivateKey(text('server.key'));
    expect(certificate.checkPrivateKey(privateKey)).to.be.true;
    expect(privateKey.asymmetricKeyDetails?.modulusLength).to.equal(2048);
    const lines = stdout.split('\n');
    expect(lines[0]).to.equal(`A key pair is ready in ${place.path('keys')}`);
    for (const name of made()) expect(stdout).to.match(new RegExp(`^  ${name}   +\\S`, 'm'));
    expect(stdout).to.include(String.raw`C=PH, O=Acme\, Inc.`);
    expect(stdout.replace(/:\n +/, ':')).to.include(certificate.fingerprint256);
    expect(stdout).to.include(`${certificate.validToDate.toISOString().slice(0, 10)}, in 30 days`);
    expect(stdout).to.include(`--jwt-key-file ${place.path('keys', 'server.key')} `);
    expect(lines.filter((line) => line.length > 80 && !line.includes('sf aquila'))).to.deep.equal([]);
  });

  it('gives the same as JSON, with absolute paths, and takes CN=AQUILA where nobody can be asked', async () => {
    const { stdout, stderr, code } = await create(['-d', 'keys', '--name', 'acme', '--key-size', '3072', '--json']);
    expect([code, stderr]).to.deep.equal([0, '']);
    const { status, result, warnings } = JSON.parse(stdout) as {
      status: number;
      result: CertCreateResult;
      warnings: unknown[];
    };
    expect([status, warnings]).to.deep.equal([0, []]);
    const { serialNumber, notBefore, notAfter, fingerprint256, ...facts } = result.certificate;
    expect({ ...result, certificate: facts }).to.deep.equal({
      directory: place.path('keys'),
      files: {
        privateKey: place.path('keys', 'acme.key'),
        pem: place.path('keys', 'acme.pem'),
        csr: place.path('keys', 'acme.csr'),
        certificate: place.path('keys', 'acme.crt'),
      },
      certificate: {
        subject: 'CN=AQUILA',
        issuer: 'CN=AQUILA',
        daysLeft: 365,
        keyBits: 3072,
        signatureAlgorithm: 'sha256WithRSAEncryption',
        selfSigned: true,
      },
    });
    const certificate = new X509Certificate(text('acme.crt'));
    expect([serialNumber, fingerprint256]).to.deep.equal([certificate.serialNumber, certificate.fingerprint256]);
    expect([notBefore, notAfter].map(Date.parse)).to.deep.equal(
      [certificate.validFromDate, certificate.validToDate].map(Number)
    );
  });

  it('refuses to overwrite, names every file that is in the way, and changes none', async () => {
    for (const name of ['server.key', 'server.pass.key']) writeFileSync(place.path('keys', name), 'mine');
    const { stderr, stdout, code } = await create(['-d', 'keys']);
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.include('Error (OverwriteRefused)').and.include('server.key, server.pass.key');
    expect(stderr).to.include('--force').and.include('--output-dir').and.include('--name');
    expect(made().map(text)).to.deep.equal(['mine', 'mine']);
  });

  it('replaces by force, and names what an earlier pair has left', async () => {
    for (const name of ['server.key', 'server.pem']) writeFileSync(place.path('keys', name), 'old', { mode: 0o644 });
    const { stderr, code } = await create(['-d', 'keys', '--force', '--no-pem']);
    expect(code).to.equal(0);
    expect(stderr.replaceAll(/\s+/g, ' ')).to.include('left from an earlier key pair').and.include('server.pem');
    expect(made()).to.deep.equal(['server.crt', 'server.csr', 'server.key', 'server.pem']);
    expect(text('server.pem')).to.equal('old');
    expectModes({ 'server.key': '600' });
    expect(new X509Certificate(text('server.crt')).checkPrivateKey(createPrivateKey(text('server.key')))).to.be.true;
  });

  it('writes a protected copy with the passphrase of a file', async () => {
    writeFileSync(place.path('passphrase.txt'), `${passphrase}\r\n`);
    const { code } = await create(['-d', 'keys', '--passphrase-file', 'passphrase.txt']);
    expect([code, ...made()]).to.deep.equal([
      ...[0, 'server.crt', 'server.csr', 'server.key', 'server.pass.key', 'server.pem'],
    ]);
    expectModes({ 'server.pass.key': '600' });
    const opened = createPrivateKey({ key: text('server.pass.key'), passphrase });
    expect(opened.equals(createPrivateKey(text('server.key')))).to.be.true;
  });

  it('leaves no plain key with --encrypted-only, from standard input, and warns', async () => {
    const words = ['-d', 'keys', '--encrypted-only', '--passphrase-file', '-', '--json'];
    const { code, json } = await create(words, { input: passphrase });
    expect([code, ...made()]).to.deep.equal([0, 'server.crt', 'server.csr', 'server.pass.key']);
    const { result, warnings } = json() as { result: CertCreateResult; warnings: Array<{ message: string }> };
    expect(Object.keys(result.files).sort()).to.deep.equal(['certificate', 'csr', 'encryptedPrivateKey']);
    expect(warnings.map(({ message }) => message).join()).to.include('Neither sf nor the collector can use');
    const opened = createPrivateKey({ key: text('server.pass.key'), passphrase });
    expect(new X509Certificate(text('server.crt')).checkPrivateKey(opened)).to.be.true;
  });

  it('takes the passphrase of the environment', async () => {
    const { code } = await create(['-d', 'keys', '--encrypted-only'], {
      env: { SF_AQUILA_KEY_PASSPHRASE: passphrase },
    });
    expect([code, ...made()]).to.deep.equal([0, 'server.crt', 'server.csr', 'server.pass.key']);
  });

  const interrupt = (signal: string, turn: number): { env: Record<string, string> } => ({
    env: { NODE_OPTIONS: `--import=${interrupted}`, AQUILA_TEST_SIGNAL: signal, AQUILA_TEST_TURN: String(turn) },
  });

  const keystores = ['--keystore', 'p12', '--keystore', 'jks'];

  /** The one entry of a keystore that was made. */
  const entryOf = async (name: string): Promise<KeystoreEntry> => {
    const reading = await readKeystore(readFileSync(place.path('keys', name)), password, name);
    expect(codesOf(reading)).to.deep.equal([]);
    return reading.entries[0]!;
  };

  it('makes both keystores with the pair, for the owner only, and says the alias of each', async () => {
    const { stdout, stderr, code } = await create(['-d', 'keys', ...keystores, '--alias', 'My_Cert'], {
      env: { SF_AQUILA_KEYSTORE_PASSWORD: password },
    });
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(made()).to.deep.equal([
      ...['keystore.p12', 'server.crt', 'server.csr', 'server.key', 'server.pem', 'servercert.jks'],
    ]);
    expectModes({ 'keystore.p12': '600', 'servercert.jks': '600' });
    const certificate = new X509Certificate(text('server.crt'));
    const entries = [await entryOf('keystore.p12'), await entryOf('servercert.jks')];
    expect(entries.map(({ alias }) => alias)).to.deep.equal(['My_Cert', 'my_cert']);
    for (const { privateKey, chain } of entries) {
      expect(privateKey?.equals(createPrivateKey(text('server.key')))).to.be.true;
      expect(chain.map(({ fingerprint256 }) => fingerprint256)).to.deep.equal([certificate.fingerprint256]);
    }
    expect(stdout).to.match(/alias +My_Cert\n +my_cert in the JKS/);
  });

  it('gives keystores and alias as JSON, the alias made of the name, the password from a file', async () => {
    writeFileSync(place.path('password.txt'), `${password}\n`);
    const from = ['--keystore-password-file', 'password.txt'];
    const words = ['-d', 'keys', '--name', '2026-Acme', '--keystore', 'jks', ...from, '--json'];
    const { result } = (await create(words)).json() as { result: CertCreateResult };
    expect([result.alias, result.files.jks, result.files.pkcs12]).to.deep.equal([
      ...['cert_2026_acme', place.path('keys', 'servercert.jks'), undefined],
    ]);
    expect((await entryOf('servercert.jks')).alias).to.equal('cert_2026_acme');
  });

  it('protects the PKCS#12 in the old way with --compat, and the password may come from standard input', async () => {
    const words = ['-d', 'keys', '--keystore', 'p12', '--keystore-password-file', '-', '--compat'];
    expect((await create(words, { input: `${password}\n` })).code).to.equal(0);
    const bytes = readFileSync(place.path('keys', 'keystore.p12'));
    const { protection } = await readKeystore(bytes, password, 'keystore.p12');
    expect(protection.join()).to.match(/3DES/i).and.not.match(/AES/);
  });

  it('counts keystores among the files in the way, and among those that an earlier pair has left', async () => {
    writeFileSync(place.path('keys', 'servercert.jks'), 'old');
    const refusal = await create(['-d', 'keys']);
    expect([refusal.code, refusal.stderr.includes('servercert.jks')]).to.deep.equal([1, true]);
    const forced = await create(['-d', 'keys', '--force']);
    expect([forced.code, text('servercert.jks')]).to.deep.equal([0, 'old']);
    expect(forced.stderr.replaceAll(/\s+/g, ' '))
      .to.include('left from an earlier key pair')
      .and.include('servercert.jks');
  });

  onPosix('killed while the set is put in place, the next run makes a whole one, keystores included', async () => {
    const env = { SF_AQUILA_KEYSTORE_PASSWORD: password };
    const { code } = await create(['-d', 'keys', ...keystores], { env: { ...interrupt('SIGKILL', 5).env, ...env } });
    expect([code, made().includes('.sf-aquila-journal.json')]).to.deep.equal([null, true]);
    expect((await create(['-d', 'keys', ...keystores], { env })).code).to.equal(0);
    expect(made()).to.deep.equal([
      ...['keystore.p12', 'server.crt', 'server.csr', 'server.key', 'server.pem', 'servercert.jks'],
    ]);
    const key = createPrivateKey(text('server.key'));
    for (const name of ['keystore.p12', 'servercert.jks']) {
      expect((await entryOf(name)).privateKey?.equals(key)).to.be.true;
    }
  });

  const misused: Array<[string, string[]]> = [
    ['an alias', ['--alias', 'a']],
    ['--compat', ['--compat']],
    ['a password file', ['--keystore-password-file', 'x']],
  ];
  for (const [what, words] of misused) {
    it(`${what} without a keystore ends with 2 and names --keystore`, async () => {
      const { code, stderr } = await create(['-d', 'keys', ...words]);
      expect([code, made().length]).to.deep.equal([2, 0]);
      expect(stderr).to.include('--keystore');
    });
  }

  const refused: Array<[string, string[], number, string]> = [
    ['a missing password', ['--keystore', 'p12'], 2, 'KeystorePasswordMissing'],
    ['a short password', ['--keystore', 'p12', '--keystore-password-file', 'short'], 2, 'KeystorePasswordTooShort'],
    ['an umlaut', ['--keystore', 'jks', '--keystore-password-file', 'umlaut'], 2, 'KeystorePasswordNotAscii'],
    ['the alias 1', ['--keystore', 'jks', '--alias', '1'], 2, 'KeystoreAliasIsNumber'],
    [
      'standard input for two secrets',
      ['--keystore', 'jks', '--passphrase-file', '-', '--keystore-password-file', '-'],
      2,
      'StandardInputTakenTwice',
    ],
    ['a missing passphrase', ['--encrypted-only'], 2, 'PassphraseMissing'],
    ['a missing passphrase file', ['--passphrase-file', 'nowhere'], 2, 'FileMissing'],
    ['a wrong subject', ['--subject', 'O=Acme, Inc.'], 2, 'SubjectMalformed'],
    ['a name with a folder in it', ['--name', '../server'], 2, 'FileNameInvalid'],
    ['a file in place of the folder', ['--output-dir', 'keys/file'], 2, 'FolderIsFile'],
  ];
  for (const [what, words, exitCode, name] of refused) {
    it(`${what} ends with ${exitCode}, as JSON too, and nothing is written`, async () => {
      writeFileSync(place.path('keys', 'file'), '');
      writeFileSync(place.path('short'), '12345');
      writeFileSync(place.path('umlaut'), 'für alle Fälle');
      const { code, stderr, json } = await create(
        ['-d', 'keys', ...words, '--json'].slice(words[0] === '--output-dir' ? 2 : 0)
      );
      const error = json() as { name: string; exitCode: number; actions: string[]; message: string };
      expect([code, error.exitCode, error.name, stderr]).to.deep.equal([exitCode, exitCode, name, '']);
      expect(error.actions).to.not.be.empty;
      expect(made()).to.deep.equal(['file']);
    });
  }

  onPosix('follows no link, not even by force', async () => {
    writeFileSync(place.path('victim'), 'untouched');
    symlinkSync(place.path('victim'), place.path('keys', 'server.key'));
    const { code, stderr } = await create(['-d', 'keys', '--force']);
    expect([code, stderr.includes('FileIsLink')]).to.deep.equal([1, true]);
    expect([made(), readFileSync(place.path('victim'), 'utf8')]).to.deep.equal([['server.key'], 'untouched']);
  });

  it('a full disk leaves nothing, nor the folder that was made', async () => {
    const { code, stderr } = await create(['-d', 'keys/new/er'], interrupt('ENOSPC', 2));
    expect([code, stderr.includes('DiskFull')]).to.deep.equal([1, true]);
    expect(made()).to.deep.equal([]);
  });

  onPosix('Ctrl-C in the middle ends with 130 and leaves nothing', async () => {
    const { code, stdout } = await create(['-d', 'keys/new'], interrupt('SIGINT', 2));
    expect([code, stdout]).to.deep.equal([130, '']);
    expect(made()).to.deep.equal([]);
  });

  onPosix('killed between two files, the next run puts the folder in order and succeeds', async () => {
    const { code } = await create(['-d', 'keys'], interrupt('SIGKILL', 3));
    expect(code).to.equal(null);
    expect(made()).to.include('.sf-aquila-journal.json').and.include('server.csr').and.not.include('server.key');
    expect((await create(['-d', 'keys'])).code).to.equal(0);
    expect(made()).to.deep.equal(['server.crt', 'server.csr', 'server.key', 'server.pem']);
    expect(new X509Certificate(text('server.crt')).checkPrivateKey(createPrivateKey(text('server.key')))).to.be.true;
  });

  it('warns in a git work tree that would commit the key, with the lines for .gitignore', async () => {
    execFileSync('git', ['init', '--quiet', place.folder]);
    const first = await create(['-d', 'keys', '--json']);
    const [warning] = (first.json() as { warnings: Array<{ message: string; actions: string[] }> }).warnings;
    const [where, ...lines] = warning!.actions;
    expect(where).to.include(place.path('.gitignore'));
    expect(lines).to.deep.equal(['/keys/server.key', '/keys/server.pem']);
    writeFileSync(place.path('.gitignore'), lines.join('\n'));
    const second = await create(['-d', 'keys', '--force', '--json']);
    expect((second.json() as { warnings: unknown[] }).warnings).to.deep.equal([]);
  });

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });
    const talk = async (words: string[], turns: Array<[string, string]>): Promise<Screen> => {
      const screen = await dialogue(place, ['cert', 'create', '-d', 'keys', ...words], turns);
      printed.push(screen.text);
      return screen;
    };
    const enter = (...waits: string[]): Array<[string, string]> => waits.map((wait) => [wait, '\r']);

    it('asks for the subject, and asks again where an answer can’t stand', async () => {
      const { code, text: screen } = await talk(
        [],
        [
          ['Country', 'PHL\r'],
          ['country code', '\b\b\bph\r'],
          ...enter('State', 'City'),
          ['Organization', 'Acme, Inc.\r'],
          ...enter('Department'),
          ['Name', 'AQUILA\r'],
          ...enter('E-mail'),
        ]
      );
      expect(code, screen).to.equal(0);
      expect(new X509Certificate(text('server.crt')).subject).to.equal('C=PH\nO=Acme\\, Inc.\nCN=AQUILA');
    });

    it('takes Enter everywhere for CN=AQUILA, and says so', async () => {
      const questions = ['Country', 'State', 'City', 'Organization', 'Department', 'Name', 'E-mail'];
      const { code, text: screen } = await talk([], enter(...questions));
      expect(code, screen).to.equal(0);
      expect(screen).to.include('CN=AQUILA (the default');
    });

    it('Ctrl-C at a question ends with 130 and writes nothing', async () => {
      const { code, text: screen } = await talk([], [...enter('Country'), ['State', '\x03']]);
      expect([code, made()], screen).to.deep.equal([130, []]);
      expect(screen).to.include('QuestionDeclined');
    });

    it('asks twice for a passphrase that stays hidden', async () => {
      const { code, text: screen } = await talk(
        ['--encrypted-only', '--subject', 'CN=x'],
        [
          ['Passphrase', `${passphrase}\r`],
          ['again', `${passphrase}\r`],
        ]
      );
      expect(code, screen).to.equal(0);
      expect(createPrivateKey({ key: text('server.pass.key'), passphrase }).asymmetricKeyType).to.equal('rsa');
    });

    it('asks twice for the password of keystores, hidden, and says at once what is wrong with it', async () => {
      const words = ['--keystore', 'jks', '--subject', 'CN=x'];
      const { code, text: screen } = await talk(words, [
        ['Password for the new keystore', `${password}\r`],
        ['again', `${password}\r`],
      ]);
      expect(code, screen).to.equal(0);
      expect((await entryOf('servercert.jks')).privateKey?.asymmetricKeyType).to.equal('rsa');
      const short = await talk([...words, '--force'], [['Password for the new keystore', '12345\r']]);
      expect([short.code, short.text.includes('KeystorePasswordTooShort')], short.text).to.deep.equal([2, true]);
    });

    it('two different passphrases end with 2, and nothing is written', async () => {
      const { code, text: screen } = await talk(
        ['--encrypted-only', '--subject', 'CN=x'],
        [
          ['Passphrase', `${passphrase}\r`],
          ['again', `${passphrase}!\r`],
        ]
      );
      expect([code, made()], screen).to.deep.equal([2, []]);
      expect(screen).to.include('PassphrasesDiffer');
    });

    it('asks nothing with --no-prompt', async () => {
      const { code, text: screen } = await talk(['--no-prompt'], []);
      expect([code, screen.includes('Country')], screen).to.deep.equal([0, false]);
    });
  });

  describe('of all that was printed', () => {
    it('nothing is a key or a passphrase', () => {
      const all = printed.join('\n');
      const bodies = keys.flatMap((key) =>
        key.split('\n').filter((line) => line.length === 64 && !line.startsWith('--'))
      );
      expect(bodies).to.have.length.greaterThan(100);
      expect(bodies.filter((line) => all.includes(line))).to.deep.equal([]);
      expect(all).to.not.include(password).and.not.include(passphrase).and.not.include('PRIVATE KEY-----');
    });
  });
});
