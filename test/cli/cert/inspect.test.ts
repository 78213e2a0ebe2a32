import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CertInspectResult } from '../../../src/commands/aquila/cert/inspect.ts';
import { chainPath } from '../../cert/chains.ts';
import { keyFilePath, keyPair } from '../../cert/key-files.ts';
import { keystorePath } from '../../keystore/fixtures.ts';
import { Place, type Outcome } from '../process.ts';

type Answer = { status: number; result: CertInspectResult; warnings: unknown[] };
type Failure = { name: string; exitCode: number; message: string };

describe('sf aquila cert inspect, as a process', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
    writeFileSync(place.path('server.key'), keyPair('rsa2048.key'), { mode: 0o600 });
    writeFileSync(place.path('server.crt'), keyPair('rsa2048.crt'));
    writeFileSync(place.path('secret.txt'), 'throw-away\n', { mode: 0o600 });
  });
  afterEach(() => place.remove());

  const run = (words: string[], options: Parameters<Place['run']>[1] = {}): Promise<Outcome> =>
    place.run(['cert', 'inspect', ...words], options);
  const answerOf = async (
    words: string[],
    options: Parameters<Place['run']>[1] = {}
  ): Promise<[number | null, Answer]> => {
    const { code, json } = await run([...words, '--json'], options);
    return [code, json() as Answer];
  };
  const codes = ({ result }: Answer): string[][] =>
    result.files.map(({ problems }) => problems.map(({ code }) => code));

  it('describes a pair, ends with 0, and gives nothing of the key away', async () => {
    const { code, stdout, stderr } = await run(['-f', 'server.key', '-f', 'server.crt']);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include('server.key belongs to server.crt').and.include('No problem found.');
    expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    const secret = keyPair('rsa2048.key')
      .toString()
      .split('\n')
      .filter((line) => line.length === 64);
    expect(secret.filter((line) => place.everything().split(line).length > 2)).to.deep.equal([]);
  });

  it('gives the same as JSON', async () => {
    const [code, { status, result, warnings }] = await answerOf(['--file', 'server.key', '--file', 'server.crt']);
    expect([code, status, warnings]).to.deep.equal([0, 0, []]);
    expect(result.files.map(({ file, kind, encoding }) => [file, kind, encoding])).to.deep.equal([
      ['server.key', 'private-key', 'pem'],
      ['server.crt', 'certificate', 'pem'],
    ]);
    expect(result.pairs).to.deep.equal([{ key: 'server.key', certificate: 'server.crt', match: true }]);
  });

  it('ends with 1 where a problem was found, and the JSON is whole', async () => {
    writeFileSync(place.path('other.crt'), keyPair('other2048.crt'));
    const [code, answer] = await answerOf(['-f', 'server.key', '-f', 'other.crt']);
    expect([code, answer.status, codes(answer)]).to.deep.equal([1, 1, [[], ['CertificateOfOtherKey']]]);
    expect(answer.result.files[1]!.problems[0]!.fix).to.include('sf aquila cert inspect');
  });

  it('reads standard input', async () => {
    const [code, answer] = await answerOf(['-f', '-'], { input: keyPair('rsa2048.key').toString('base64') });
    expect([code, answer.result.files[0]!.file, codes(answer)]).to.deep.equal([1, '-', [['KeyFileBase64']]]);
  });

  it('reports what can not be read beside the rest, and ends with 2', async () => {
    mkdirSync(place.path('folder'));
    const [code, answer] = await answerOf(['-f', 'nowhere.key', '-f', 'folder', '-f', 'server.key']);
    expect([code, answer.status, codes(answer)]).to.deep.equal([2, 2, [['FileMissing'], ['FileIsFolder'], []]]);
    expect(answer.result.files.map(({ kind }) => kind)).to.deep.equal(['missing', 'folder', 'private-key']);
  });

  it('without a passphrase and a terminal, a protected file is reported as such', async () => {
    copyFileSync(keyFilePath('encrypted-pkcs8.pem'), place.path('locked.key'));
    copyFileSync(keystorePath('openssl.p12'), place.path('keystore.p12'));
    const [code, answer] = await answerOf(['-f', 'locked.key', '-f', 'keystore.p12']);
    expect([code, codes(answer)]).to.deep.equal([1, [['KeyFileEncrypted'], ['KeystorePasswordMissing']]]);
    expect(answer.result.files[1]!.problems[0]!.fix).to.include('--keystore-password-file');
  });

  it('opens keys and keystores with secrets from files, standard input and the environment', async () => {
    copyFileSync(keyFilePath('encrypted-pkcs8.pem'), place.path('locked.key'));
    copyFileSync(keystorePath('openssl.p12'), place.path('keystore.p12'));
    const files = ['-f', 'locked.key', '-f', 'keystore.p12'];
    const env = { SF_AQUILA_KEY_PASSPHRASE: 'throw-away', SF_AQUILA_KEYSTORE_PASSWORD: 'throw-away' };
    const outcomes = [
      await answerOf([...files, '--passphrase-file', 'secret.txt', '--keystore-password-file', 'secret.txt']),
      await answerOf([...files, '--passphrase-file', '-', '--keystore-password-file', 'secret.txt'], {
        input: 'throw-away',
      }),
      await answerOf(files, { env }),
    ];
    for (const [code, answer] of outcomes) {
      expect([code, codes(answer)]).to.deep.equal([0, [[], []]]);
      expect(answer.result.pairs).to.deep.include({
        ...{ key: 'locked.key', certificate: 'keystore.p12 (aquila)', match: true },
      });
      expect(JSON.stringify(answer)).to.not.include('throw-away');
    }
  });

  it('puts the chain of a PKCS#7 in its entries', async () => {
    const [code, { result }] = await answerOf(['-f', chainPath('bundle.ber.p7b'), '-f', 'server.key']);
    expect([code, result.files[0]!.kind, result.files[0]!.encoding]).to.deep.equal([0, 'pkcs7', 'ber']);
    expect(result.files[0]!.entries?.map(({ certificate }) => certificate?.subject)).to.include(
      'C=PH, O=Acme, CN=AQUILA'
    );
    expect(result.pairs.filter(({ match }) => match)).to.have.length(1);
  });

  const refused: Array<[what: string, words: string[], name: string]> = [
    ['no file', [], 'Error'],
    ['standard input for two things', ['-f', '-', '--passphrase-file', '-'], 'StandardInputTwice'],
    ['a passphrase file that is not there', ['-f', 'server.key', '--passphrase-file', 'nowhere'], 'FileMissing'],
  ];
  for (const [what, words, name] of refused) {
    it(`${what} ends with 2`, async () => {
      const { code, json } = await run([...words, '--json']);
      const error = json() as Failure;
      expect([code, error.exitCode, error.name]).to.deep.equal([2, 2, name]);
      expect(error.message).to.not.equal('');
    });
  }
});
