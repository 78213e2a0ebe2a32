import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator, writeTlsCertificate, type Emulator } from '../emulator/index.ts';
import { Place, type Outcome } from './process.ts';

const keyFile = fileURLToPath(new URL('../fixtures/keys/rsa2048.key', import.meta.url));
const certificate = readFileSync(new URL('../fixtures/keys/rsa2048.crt', import.meta.url), 'utf8');

type Json = {
  status: number;
  result: Record<string, unknown>;
  name: string;
  message: string;
  actions: string[];
  exitCode: number;
};

describe('sf aquila login, as a process', () => {
  let emulator: Emulator;
  let place: Place;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator(exampleOrg(certificate));
  });
  after(async () => {
    await emulator.stop();
  });
  beforeEach(async () => {
    place = new Place();
    env = { NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, place.folder) };
    emulator.calls.clear();
    emulator.faults.clear();
  });
  afterEach(() => {
    expect(secretsIn(place.everything())).to.deep.equal([]);
    place.remove();
  });

  /** What was in play and must never be seen: lines of the key, tokens, assertions. */
  const secretsIn = (text: string): string[] => {
    const keyLines = readFileSync(keyFile, 'utf8').split('\n').slice(1, -2);
    const assertions = emulator.calls
      .tokenRequests()
      .map(({ body }) => new URLSearchParams(body).get('assertion') ?? '')
      .filter(Boolean);
    return [...keyLines, ...assertions, ...emulator.org.tokens.map(({ value }) => value)].filter((secret) =>
      text.includes(secret)
    );
  };

  it('hunts for secrets that it would find', () => {
    expect(secretsIn(readFileSync(keyFile, 'utf8'))).not.to.deep.equal([]);
  });

  const flags = (...more: string[]): string[] => [
    ...['login', '--username', example.username, '--client-id', example.clientId, '--jwt-key-file', keyFile],
    ...more,
  ];
  const login = (...more: string[]): Promise<Outcome> => place.run(flags(...more), { env });
  const atMyDomain = (): string[] => ['--instance-url', emulator.myDomainUrl];
  const authFile = (): Record<string, unknown> =>
    JSON.parse(readFileSync(place.path('.sfdx', `${example.username}.json`), 'utf8')) as Record<string, unknown>;

  it('logs in with one token request, stores the login, and says what comes next', async () => {
    const { stdout, stderr, code } = await login(...atMyDomain(), '--alias', 'aquila');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include(`Successfully authorized ${example.username} with org ID ${emulator.org.facts.id}`);
    expect(stdout).to.include('Next: sf aquila verify --target-org aquila');
    expect(emulator.calls.tokenRequests()).to.have.length(1);
    const { claims } = emulator.calls.tokenRequests()[0] ?? {};
    expect(claims).to.include({ iss: example.clientId, sub: example.username, aud: emulator.myDomainUrl });
    expect(Number(claims?.exp) - Date.now() / 1000).to.be.within(100, 180);
    expect(authFile()).to.include({
      username: example.username,
      clientId: example.clientId,
      privateKey: keyFile,
      instanceUrl: emulator.myDomainUrl,
      loginUrl: emulator.myDomainUrl,
      jwtAudience: emulator.myDomainUrl,
      orgId: emulator.org.facts.id,
    });
  });

  it('answers --json with the keys of sf org login jwt and jwtAudience, and the token redacted', async () => {
    const run = await login(...atMyDomain(), '--json');
    const { status, result } = run.json() as Json;
    expect([status, run.stderr]).to.deep.equal([0, '']);
    expect(result).to.include({
      username: example.username,
      accessToken: "[REDACTED] Use 'sf org auth show-access-token' to view",
      jwtAudience: emulator.myDomainUrl,
      isSandbox: false,
      orgEdition: emulator.org.facts.organizationType,
    });
    const token = emulator.org.tokens.at(-1)?.value ?? 'none';
    expect(run.stdout).not.to.include(token);
    expect(JSON.stringify(authFile())).not.to.include(token);
  });

  it('refuses an alias that sf could not work with, before anything is sent', async () => {
    const { stderr, code } = await login(...atMyDomain(), '--alias', 'a b=c');
    expect([code, emulator.calls.length]).to.deep.equal([2, 0]);
    expect(stderr).to.include('LoginAliasInvalid').and.include('"a b=c"').and.include('--alias aquila');
  });

  it('needs no address for the second login of the same user, and keeps alias and defaults', async () => {
    await login(...atMyDomain(), '--alias', 'aquila', '--set-default');
    const before = [place.path('.sfdx', 'alias.json'), place.path('.sf', 'config.json')].map((file) =>
      readFileSync(file, 'utf8')
    );
    emulator.calls.clear();
    const { code } = await login();
    expect(code).to.equal(0);
    expect(emulator.calls.tokenRequests().map(({ claims }) => claims?.aud)).to.deep.equal([emulator.myDomainUrl]);
    const after = [place.path('.sfdx', 'alias.json'), place.path('.sf', 'config.json')].map((file) =>
      readFileSync(file, 'utf8')
    );
    expect(after).to.deep.equal(before);
  });

  it('with both addresses posts to the instance URL and keeps the audience beside it', async () => {
    emulator.switches.additionalAudiences.push('https://aud.example.com');
    const { code } = await login(...atMyDomain(), '--audience', 'https://aud.example.com/');
    emulator.switches.additionalAudiences.pop();
    expect(code).to.equal(0);
    expect(emulator.calls.tokenRequests().map(({ claims }) => claims?.aud)).to.deep.equal(['https://aud.example.com']);
    expect(authFile()).to.include({ loginUrl: emulator.myDomainUrl, jwtAudience: 'https://aud.example.com' });
  });

  it('with --audience alone posts to that address', async () => {
    const { code } = await login('--audience', emulator.myDomainUrl);
    expect([code, emulator.calls.tokenRequests().length]).to.deep.equal([0, 1]);
    expect(authFile()).to.include({ loginUrl: emulator.myDomainUrl, jwtAudience: emulator.myDomainUrl });
  });

  it('without a terminal, an address or an earlier login ends with 2 and asks for the My Domain', async () => {
    const { code, stderr } = await login();
    expect(code).to.equal(2);
    expect(stderr).to.include('InstanceUrlMissing').and.to.include('--instance-url');
    expect(emulator.calls).to.have.length(0);
  });

  const refusedBeforeAnyRequest: Array<[string, string[], string, string]> = [
    [
      'a Lightning address',
      ['--instance-url', 'https://acme.lightning.force.com'],
      'UrlIsLightning',
      'https://acme.my.salesforce.com',
    ],
    ['http', ['--instance-url', 'http://localhost:1'], 'UrlNotHttps', 'https://localhost:1'],
    [
      'a key file that is not there',
      ['--jwt-key-file', 'nowhere.key', '--instance-url', 'https://localhost:1'],
      'KeyFileMissing',
      'cert create',
    ],
    [
      'a username that is no username',
      ['--username', '../x', '--instance-url', 'https://localhost:1'],
      'UsernameInvalid',
      'Setup',
    ],
  ];
  for (const [what, more, name, action] of refusedBeforeAnyRequest) {
    it(`refuses ${what} with 2, as ${name}, in --json too`, async () => {
      const words = ['login', '--username', example.username, '--client-id', 'x', '--jwt-key-file', keyFile];
      const names = more.filter((word) => word.startsWith('--'));
      const base = words.filter((word, at) => !names.includes(word) && !names.includes(words[at - 1] ?? ''));
      const { stdout, code } = await place.run([...base, ...more, '--json'], { env });
      const error = JSON.parse(stdout) as Json;
      expect([code, error.exitCode, error.name]).to.deep.equal([2, 2, name]);
      expect(error.actions.join('\n')).to.include(action);
      expect(
        readdirSync(place.folder).filter(
          (file) => file === '.sfdx' && readdirSync(place.path(file)).some((name) => name.includes('@'))
        )
      ).to.deep.equal([]);
    });
  }

  it('lists every missing flag, with 2', async () => {
    const { code, stderr } = await place.run(['login'], { env });
    expect(code).to.equal(2);
    for (const flag of ['username', 'jwt-key-file', 'client-id']) expect(stderr).to.include(flag);
  });

  it('refused by Salesforce: 1, its words, causes and fixes, and not a trace of the key', async () => {
    emulator.faults.set({ kind: 'oauthError', row: 'E3' });
    const { code, stdout, stderr } = await login(...atMyDomain());
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr)
      .to.include('invalid_grant: invalid assertion')
      .and.to.include('Try this:')
      .and.to.include('ive the app the certificate that was made with this key');
    expect(stderr).not.to.include('    at ');
    expect(stderr).not.to.include(readFileSync(keyFile, 'utf8').split('\n')[2]);
  });

  it('interrupted while it waits for the org: 130, nothing stored, no stack trace', async () => {
    emulator.faults.set({ kind: 'hang' });
    let interrupt: (() => void) | undefined;
    const running = place.run(flags(...atMyDomain()), {
      env,
      started: (kill) => {
        interrupt = () => {
          kill('SIGINT');
        };
      },
    });
    while (emulator.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    interrupt?.();
    const { code, stdout, stderr } = await running;
    expect([code, stdout, stderr]).to.deep.equal([130, '', '']);
    expect(() => statSync(place.path('.sfdx', `${example.username}.json`))).to.throw('ENOENT');
  });

  it('swaps a web login for a JWT login, and leaves nothing of it that sf would refresh by', async () => {
    await login(...atMyDomain());
    const web = {
      ...authFile(),
      refreshToken: 'x',
      clientSecret: 'y',
      privateKey: undefined,
      orgEdition: 'Stale Edition',
      orgId: '00D000000000001EAA',
    };
    writeFileSync(place.path('.sfdx', `${example.username}.json`), JSON.stringify(web));
    const again = await login(...atMyDomain());
    expect([again.code, again.stderr]).to.deep.equal([0, '']);
    const after = authFile();
    expect(after).to.include({
      privateKey: keyFile,
      orgId: emulator.org.facts.id,
      orgEdition: emulator.org.facts.organizationType,
    });
    expect(after).not.to.have.any.keys('refreshToken', 'clientSecret');
  });

  it('repairs a login whose secrets can no longer be decrypted', async () => {
    await login(...atMyDomain(), '--alias', 'aquila');
    writeFileSync(
      place.path('.sfdx', `${example.username}.json`),
      JSON.stringify({ ...authFile(), accessToken: 'ab:cd' })
    );
    const again = await login(...atMyDomain());
    expect([again.code, again.stderr]).to.deep.equal([0, '']);
    expect(readFileSync(place.path('.sfdx', 'alias.json'), 'utf8')).to.include('aquila');
  });

  it('repairs a stored login that is not even JSON', async () => {
    await login(...atMyDomain());
    writeFileSync(place.path('.sfdx', `${example.username}.json`), '{"orgId":');
    expect((await login(...atMyDomain())).code).to.equal(0);
    expect(authFile()).to.include({ privateKey: keyFile, orgId: emulator.org.facts.id });
  });

  it('stores nothing when the token belongs to another user', async () => {
    emulator.faults.set({
      kind: 'status',
      status: 200,
      path: '/services/oauth2/userinfo',
      body: JSON.stringify({
        preferred_username: 'mallory@acme.com',
        organization_id: emulator.org.facts.id,
        user_id: '005xx0000000000AAA',
      }),
    });
    const { code, stderr } = await login(...atMyDomain());
    expect(code).to.equal(1);
    expect(stderr).to.include('LoginForAnotherUser').and.to.include('mallory@acme.com');
    expect(() => authFile()).to.throw('ENOENT');
  });

  it('logs in even where the org shows nothing about itself', async () => {
    emulator.faults.set({ kind: 'status', status: 403, path: '/services/data', body: '[]' });
    emulator.faults.set({
      kind: 'status',
      status: 403,
      path: '/services/oauth2/userinfo',
      body: 'Missing_OAuth_Token',
    });
    const { code } = await login(...atMyDomain());
    expect(code).to.equal(0);
    expect(authFile()).to.include({ isDevHub: false, namespacePrefix: null, privateKey: keyFile });
  });
});
