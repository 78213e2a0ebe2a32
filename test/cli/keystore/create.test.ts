import { createPrivateKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { KeystoreCreateResult } from '../../../src/commands/aquila/keystore/create.ts';
import { readKeystore } from '../../../src/keystore/read.ts';
import { chainPath } from '../../cert/chains.ts';
import { keyFilePath, keyPair } from '../../cert/key-files.ts';
import { expectMode, onPosix } from '../../files/posix.ts';
import { codesOf, gist, gistOf, keystorePath, pairs } from '../../keystore/fixtures.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { Place, type Outcome } from '../process.ts';

const password = 'keystore staple 42';
const env = { SF_AQUILA_KEYSTORE_PASSWORD: password };
const key = ['--key-file', 'keys/server.key'];
const both = [...key, '--type', 'p12', '--type', 'jks'];

type Answer = { status: number; result: KeystoreCreateResult; warnings: Array<{ name: string; actions: string[] }> };
type Failure = { name: string; exitCode: number; actions: string[] };

describe('sf aquila keystore create, as a process', () => {
  let place: Place;
  const printed: string[] = [];
  beforeEach(() => {
    place = new Place();
    mkdirSync(place.path('keys'));
    writeFileSync(place.path('keys', 'server.key'), keyPair('rsa2048.key'), { mode: 0o600 });
    writeFileSync(place.path('keys', 'server.crt'), keyPair('rsa2048.crt'));
  });
  afterEach(() => {
    place.remove();
  });

  const create = async (words: string[], options: Parameters<Place['run']>[1] = {}): Promise<Outcome> => {
    const outcome = await place.run(['keystore', 'create', ...words], options);
    printed.push(outcome.stdout, outcome.stderr);
    return outcome;
  };
  const made = (): string[] => readdirSync(place.path('keys')).sort();
  const expectEntry = async (name: string, alias: string, word = password): Promise<void> => {
    const reading = await readKeystore(readFileSync(place.path(name)), word, name);
    expect([codesOf(reading), gist(reading)]).to.deep.equal([[], [gistOf(alias, pairs[2048])]]);
  };

  it('writes both keystores for the owner only, without OpenSSL and Java, and says what each is for', async () => {
    const { stdout, stderr, code } = await create([...both, '--alias', 'My_Cert'], {
      env: { ...env, PATH: '/nowhere' },
    });
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(made()).to.deep.equal(['keystore.p12', 'server.crt', 'server.key', 'servercert.jks']);
    for (const name of ['keystore.p12', 'servercert.jks']) expectMode(place.path('keys', name), '600');
    await expectEntry('keys/keystore.p12', 'My_Cert');
    await expectEntry('keys/servercert.jks', 'my_cert');
    expect(stdout)
      .to.include(`Both keystores are ready in ${place.path('keys')}`)
      .and.include('Import from Keystore');
    expect(stdout).to.match(/alias +My_Cert\n +my_cert in the JKS/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('gives the same as JSON, with absolute paths and the length of the chain', async () => {
    const chain = ['--certificate-file', chainPath('leaf.crt'), '--chain-file', chainPath('bundle.p7b')];
    const { code, stderr, json } = await create([...both, ...chain, '-d', 'out', '--json'], { env });
    const { status, result, warnings } = json() as Answer;
    expect([code, stderr, status, warnings]).to.deep.equal([0, '', 0, []]);
    expect(result).to.deep.equal({
      files: { pkcs12: place.path('out', 'keystore.p12'), jks: place.path('out', 'servercert.jks') },
      ...{ alias: 'server', chainLength: 4 },
    });
  });

  it('turns PKCS#12 into a JKS with the password of standard input, and refuses to do it twice', async () => {
    const words = ['--key-file', keystorePath('openssl.p12'), '--type', 'jks', '-d', 'out'];
    const from = ['--keystore-password-file', '-'];
    expect((await create([...words, ...from], { input: 'throw-away\n' })).code).to.equal(0);
    await expectEntry('out/servercert.jks', 'aquila', 'throw-away');
    const before = readFileSync(place.path('out', 'servercert.jks'));
    const again = await create([...words, ...from], { input: 'throw-away\n' });
    expect([again.code, again.stderr.includes('KeystoreOverwriteRefused')]).to.deep.equal([1, true]);
    expect(readFileSync(place.path('out', 'servercert.jks'))).to.deep.equal(before);
  });

  it('warns of a missing issuer, of a length that Salesforce doesn’t import, and of git', async () => {
    execFileSync('git', ['init', '--quiet', place.folder]);
    const leaf = ['--certificate-file', chainPath('leaf.crt')];
    const first = (await create([...both, ...leaf, '--json'], { env })).json() as Answer;
    expect(first.warnings.map(({ name }) => name)).to.deep.equal(['IssuerMissing', 'KeyOpenToGit']);
    expect(first.warnings[1]!.actions.slice(1)).to.deep.equal(['/keys/keystore.p12', '/keys/servercert.jks']);
    const odd = ['--key-file', keystorePath('keytool-2560-bits.jks'), '--type', 'jks', '-d', 'odd', '--json'];
    const second = (await create(odd, { env: { SF_AQUILA_KEYSTORE_PASSWORD: 'throw-away' } })).json() as Answer;
    expect(second.warnings.map(({ name }) => name)).to.include('KeystoreKeyBits');
  });

  const from = (name: string): string[] => ['--keystore-password-file', name];
  const refused: Array<[string, string[], number, string, Record<string, string>?]> = [
    ['no password', both, 2, 'KeystorePasswordMissing', {}],
    ['a missing password file', [...both, ...from('nowhere')], 2, 'FileMissing'],
    ['a password of two lines', [...both, ...from('lines')], 2, 'PassphraseOfSeveralLines'],
    ['a short password', [...both, ...from('short')], 2, 'KeystorePasswordTooShort'],
    ['the alias 1', [...both, '--alias', '1'], 2, 'KeystoreAliasIsNumber'],
    [
      'the certificate of another key',
      [...both, '--certificate-file', chainPath('leaf-of-other-key.crt')],
      2,
      'CertificateNotOfKey',
    ],
    [
      'an encrypted key',
      ['--key-file', keyFilePath('encrypted-pkcs8.pem'), '--type', 'p12', '-d', 'out'],
      2,
      'KeyFileEncrypted',
    ],
    [
      'a keystore and its wrong password',
      ['--key-file', keystorePath('keytool17.jks'), '--type', 'p12'],
      2,
      'KeystorePasswordWrong',
    ],
    ['a file in place of the folder', [...both, '-d', 'short'], 2, 'FolderIsFile'],
  ];
  for (const [what, words, exitCode, name, environment = env] of refused) {
    it(`${what} ends with ${exitCode} and ${name}, and nothing is written`, async () => {
      writeFileSync(place.path('short'), '12345');
      writeFileSync(place.path('lines'), `${password}\n${password}`);
      const { code, stderr, json } = await create([...words, '--json'], { env: environment });
      const error = json() as Failure;
      expect([code, error.exitCode, error.name, stderr]).to.deep.equal([exitCode, exitCode, name, '']);
      expect(error.actions).to.not.be.empty;
      expect(made()).to.deep.equal(['server.crt', 'server.key']);
    });
  }

  for (const [what, words, flag] of [
    ['no type', key, 'type'],
    ['no key', ['--type', 'p12'], 'key-file'],
    ['another type', [...key, '--type', 'pem'], '--type'],
  ] as const) {
    it(`${what} ends with 2 and names the flag`, async () => {
      const { code, stderr } = await create([...words], { env });
      expect([code, stderr.includes(flag)], stderr).to.deep.equal([2, true]);
    });
  }

  onPosix('follows no link, not even by force', async () => {
    writeFileSync(place.path('victim'), 'untouched');
    symlinkSync(place.path('victim'), place.path('keys', 'servercert.jks'));
    const { code, stderr } = await create([...both, '--force'], { env });
    expect([code, stderr.includes('FileIsLink')]).to.deep.equal([1, true]);
    expect([made(), readFileSync(place.path('victim'), 'utf8')]).to.deep.equal([
      ...[['server.crt', 'server.key', 'servercert.jks'], 'untouched'],
    ]);
  });

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    it('asks twice for a new password, and once for that of a keystore', async () => {
      const first = await dialogue(
        place,
        ['keystore', 'create', ...both],
        [
          ['Password for the new keystore', `${password}\r`],
          ['again', `${password}\r`],
        ]
      );
      const words = ['keystore', 'create', '--key-file', 'keys/servercert.jks', '--type', 'p12', '-d', 'out'];
      const second = await dialogue(place, words, [['Password of ', `${password}\r`]]);
      printed.push(first.text, second.text);
      expect([first.code, second.code], first.text + second.text).to.deep.equal([0, 0]);
      await expectEntry('out/keystore.p12', 'server');
    });

    it('two different passwords end with 2, Ctrl-C with 130, and nothing is written', async () => {
      const words = ['keystore', 'create', ...both];
      const different = await dialogue(place, words, [
        ['Password for', `${password}\r`],
        ['again', `${password}!\r`],
      ]);
      const declined = await dialogue(place, words, [['Password for', '\x03']]);
      printed.push(different.text, declined.text);
      expect([different.code, declined.code], different.text + declined.text).to.deep.equal([2, 130]);
      expect(made()).to.deep.equal(['server.crt', 'server.key']);
    });
  });

  describe('of all that was printed', () => {
    it('nothing is a key or a password', () => {
      const all = printed.join('\n');
      const pem = keyPair('rsa2048.key').toString();
      const lines = pem.split('\n').filter((line) => line.length === 64);
      const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
      expect(lines).to.have.length.greaterThan(20);
      for (const secret of [
        ...lines,
        der.toString('hex').slice(100, 200),
        password,
        'throw-away',
        'PRIVATE KEY-----',
      ]) {
        expect(all).to.not.include(secret);
      }
    });
  });
});
