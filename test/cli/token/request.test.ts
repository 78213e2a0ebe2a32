import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  exampleOrg,
  example,
  presets,
  startEmulator,
  writeTlsCertificate,
  type App,
  type Emulator,
} from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { Place, type Outcome } from '../process.ts';

type Json = { status: number; name: string; message: string; warnings: string[]; result: Record<string, unknown> };

describe('sf aquila token request, as a process', () => {
  let emulator: Emulator;
  let app: App;
  let place: Place;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    presets['all-flows-on'](emulator);
    app = emulator.org.app(example.clientId)!;
  });
  after(() => emulator.stop());
  beforeEach(async () => {
    place = new Place();
    const trusted = await writeTlsCertificate(emulator.tlsCertificate, place.folder);
    env = { NODE_EXTRA_CA_CERTS: trusted, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true' };
    emulator.calls.clear();
    emulator.faults.clear();
  });
  afterEach(() => {
    const secrets = [app.clientSecret, ...emulator.org.tokens.map(({ value }) => value)];
    const everything = place.everything();
    expect(secrets.filter((secret) => everything.includes(secret))).to.deep.equal([]);
    place.remove();
  });

  const request = (words: string[], input?: string): Promise<Outcome> =>
    place.run(['token', 'request', ...words], { env, ...(input !== undefined && { input }) });
  const at = (grant: string): string[] => ['--grant', grant, '--instance-url', emulator.myDomainUrl];
  const asApp = (): string[] => [...at('client-credentials'), '--client-id', example.clientId];
  const stored = (): string[] =>
    readdirSync(place.folder, { recursive: true })
      .map(String)
      .filter((name) => /\.sfdx[/\\].*@/.test(name));

  const wrong: Array<[what: string, words: string[], says: string[]]> = [
    ['no flags', [], ['Missing required flag grant']],
    ['a grant that does not exist', ['--grant', 'jwt'], ['jwt-bearer', 'client-credentials']],
    ['a flag that does not exist', ['--grant', 'jwt-bearer', '--user-name', 'x'], ['--user-name']],
    [
      'a flag of another grant',
      ['--grant', 'jwt-bearer', '--password-file', 'x'],
      ['FlagNotOfGrant', '--password-file', 'The grant jwt-bearer takes --client-id, --username, --jwt-key-file'],
    ],
    [
      'a scope that nobody would read',
      ['--grant', 'jwt-bearer', '--scope', 'api'],
      ['ScopeNotOfGrant', 'takes no scope'],
    ],
    ['no org at all', ['--grant', 'jwt-bearer'], ['GrantOrgMissing', '--instance-url', '--target-org ALIAS']],
    ['an alias that nobody has', ['--grant', 'jwt-bearer', '--target-org', 'nowhere'], ['LoginUnknown', 'nowhere']],
    [
      'nothing but the address',
      ['--grant', 'jwt-bearer', '--instance-url', 'https://localhost:1'],
      ['needs --client-id, --username, --jwt-key-file'],
    ],
    [
      'a secret file that is not there',
      [
        '--grant',
        'client-credentials',
        '--instance-url',
        'https://localhost:1',
        '--client-id',
        'x',
        '--client-secret-file',
        'nowhere.txt',
      ],
      ['FileMissing', 'nowhere.txt'],
    ],
    [
      'standard input for two secrets',
      [
        '--grant',
        'username-password',
        '--password-file',
        '-',
        '--client-secret-file',
        '-',
        '--instance-url',
        'https://localhost:1',
      ],
      ['StandardInputTakenTwice'],
    ],
    [
      'an address of Lightning',
      ['--grant', 'jwt-bearer', '--instance-url', 'https://acme.lightning.force.com'],
      ['UrlIsLightning'],
    ],
    [
      'an alias without --save',
      ['--grant', 'jwt-bearer', '--alias', 'x', '--instance-url', 'https://localhost:1'],
      ['--save'],
    ],
  ];
  for (const [what, words, says] of wrong) {
    it(`${what} ends with 2 before anything is sent`, async () => {
      const { code, stderr, stdout } = await request(words);
      expect([code, stdout]).to.deep.equal([2, '']);
      for (const text of says) expect(stderr).to.include(text);
      expect(stderr).not.to.match(/TypeError|\n\s+at /);
      expect(emulator.calls).to.have.length(0);
    });
  }

  it('takes the secret from standard input, and says whom the token belongs to', async () => {
    const { code, stdout, stderr } = await request([...asApp(), '--client-secret-file', '-'], `${app.clientSecret}\n`);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout)
      .to.include('granted an access token by the grant client-credentials')
      .and.to.include(example.username);
    expect(stored()).to.deep.equal([]);
  });

  it('without a terminal says which flag gives the secret, before anything is sent', async () => {
    const { code, stderr } = await request(asApp());
    expect(code).to.equal(2);
    expect(stderr).to.include('The grant client-credentials needs --client-secret-file.');
    expect(emulator.calls).to.have.length(0);
  });

  it('answers --json with the token response, redacted, and explains on the standard error output all the same', async () => {
    writeFileSync(place.path('secret'), app.clientSecret);
    const words = [...asApp(), '--client-secret-file', place.path('secret'), '--json', '--explain'];
    const { code, stderr, json } = await request(words);
    writeFileSync(place.path('secret'), '');
    const { status, result } = json() as Json;
    expect([code, status]).to.deep.equal([0, 0]);
    expect(result).to.deep.include({
      grant: 'client-credentials',
      access_token: '[REDACTED]',
      scope: 'api web openid',
    });
    expect(stderr)
      .to.match(/^Step 1 /m)
      .and.to.include('RFC 6749, section 4.4');
    expect(stderr).to.match(/client_secret: \[masked, \d+ characters\]/);
    expect(stderr.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('a refusal with --json has code, causes and actions, and no secret', async () => {
    const { code, json } = await request([...asApp(), '--client-secret-file', '-', '--json'], 'of another app\n');
    const { name, message } = json() as Json;
    expect([code, name]).to.deep.equal([1, 'GrantRefused']);
    expect(message).to.include('invalid_client').and.not.include('of another app');
  });

  it('uses the default org where neither address nor org is given', async () => {
    await storeAdmin(emulator, example.admin, 'admin', place.folder);
    const { code, stderr } = await place.run(['token', 'request', '--grant', 'refresh-token'], {
      env: { ...env, SF_TARGET_ORG: 'admin' },
    });
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(emulator.calls.tokenRequests()).to.have.length(1);
  });

  const network: Array<[what: string, fault: Parameters<Emulator['faults']['set']>[0], code: string]> = [
    ['a page', { kind: 'html', path: '/services/oauth2/token' }, 'GrantRefused'],
    ['a connection that breaks off', { kind: 'reset', path: '/services/oauth2/token' }, 'ConnectionLost'],
    [
      'a redirect',
      { kind: 'redirect', to: 'https://evil.example.com/', path: '/services/oauth2/token' },
      'RedirectRefused',
    ],
    ['silence', { kind: 'hang', path: '/services/oauth2/token' }, 'RequestTimedOut'],
    ['half an answer', { kind: 'truncated', path: '/services/oauth2/token' }, 'GrantRefused'],
  ];
  for (const [what, fault, name] of network) {
    it(`${what} in place of an answer is an error that stores nothing and shows no secret`, async () => {
      emulator.faults.set(fault);
      const words = [...asApp(), '--client-secret-file', '-', '--save', '--explain'];
      const { code, stderr } = await place.run(['token', 'request', ...words], {
        env: { ...env, SF_AQUILA_HTTP_TIMEOUT: '1' },
        input: app.clientSecret,
      });
      expect(code).to.equal(1);
      expect(stderr)
        .to.include(name)
        .and.not.match(/TypeError/);
      expect(stored()).to.deep.equal([]);
      expect(emulator.calls).to.have.length(1);
    });
  }
});

describe('sf aquila token request on a terminal', function () {
  let emulator: Emulator;
  let place: Place;
  let env: Record<string, string>;
  before(async function () {
    needTerminal(this);
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    presets['all-flows-on'](emulator);
  });
  after(() => (emulator as Emulator | undefined)?.stop());
  beforeEach(async () => {
    place = new Place();
    env = { NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, place.folder) };
    emulator.calls.clear();
  });
  afterEach(() => place.remove());
  const words = (): string[] => [
    ...['token', 'request', '--grant', 'client-credentials', '--instance-url', emulator.myDomainUrl],
    ...['--client-id', example.clientId],
  ];
  const question = 'Secret of the app (consumer secret)';

  it('asks for the secret without showing it, and goes on with it', async () => {
    const secret = emulator.org.app(example.clientId)!.clientSecret;
    const { text, code } = await dialogue(place, words(), [[question, `${secret}\r`]], env);
    expect(code, text).to.equal(0);
    expect(text).to.include('granted an access token').and.not.include(secret);
  });

  it('ends with 130 at Ctrl-C, and sends nothing', async () => {
    const { text, code } = await dialogue(place, words(), [[question, '\u0003']], env);
    expect(code, text).to.equal(130);
    expect(text).not.to.match(/TypeError|\n\s+at /);
    expect(emulator.calls).to.have.length(0);
  });

  it('asks nothing with --no-prompt', async () => {
    const { text, code } = await dialogue(place, [...words(), '--no-prompt'], [], env);
    expect(code, text).to.equal(2);
    expect(text).not.to.include(question);
  });

  it('asks for no secret while a file is missing too', async () => {
    const { text, code } = await dialogue(place, words().slice(0, -2), [], env);
    expect(code, text).to.equal(2);
    expect(text.replace(/\s+/g, ' ')).to.include('needs --client-id, --client-secret-file');
  });
});
