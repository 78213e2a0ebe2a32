import { copyFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { verifyChecks } from '../../src/checks/doors.ts';
import {
  example,
  exampleOrg,
  scenarios,
  startEmulator,
  writeTlsCertificate,
  type Emulator,
} from '../emulator/index.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { Place, type Outcome } from './process.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/keys/${name}`, import.meta.url));

type Finding = {
  id: string;
  title: string;
  status: string;
  detail?: string;
  blockedBy?: string;
  fix?: string;
  docs: string;
};
type Json = {
  status: number;
  result: { passed: boolean; summary: Record<string, number>; checks: Finding[] };
  name?: string;
};

/** What is printed of the app, and of the session's lifetime, without an administrator's login. */
const withoutAdmin = [
  'App',
  '  skip    app is in the org (needs --admin-org)',
  '  skip    app is an external client app (needs --admin-org)',
  '  skip    app is enabled, and OAuth with it (needs --admin-org)',
  '  skip    app has a contact e-mail address (needs --admin-org)',
  '  skip    app has the callback URL of the Salesforce CLI (needs --admin-org)',
  '  skip    app has the scopes of the guide (needs --admin-org)',
  '  skip    JWT bearer flow is enabled by a certificate (needs --admin-org)',
  '  skip    app holds a sound certificate (needs --admin-org)',
  '  skip    client credentials flow is enabled in the settings (needs --admin-org)',
  '  skip    only users approved by an admin may use the app (needs --admin-org)',
  '  skip    refresh tokens of the app expire after 365 days (needs --admin-org)',
  '  skip    session of the app ends after 1 to 5 minutes (needs --admin-org)',
];
const lifetimeWithoutAdmin = [
  "  skip    session outlives the time between two of the collector's polls",
  "      only an administrator's login shows it: give --admin-org",
];

describe('sf aquila verify, as a process', () => {
  let emulator: Emulator;
  let place: Place;
  let env: Record<string, string>;

  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(readFileSync(fixture('rsa2048.crt'), 'utf8')));
    place = new Place();
    env = { NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, place.folder) };
    mkdirSync(place.path('.sfdx'));
    mkdirSync(place.path('keys'));
    copyFileSync(fixture('rsa2048.key'), place.path('keys', 'server.key'));
    copyFileSync(fixture('rsa2048.crt'), place.path('keys', 'server.crt'));
    chmodSync(place.path('keys', 'server.key'), 0o600);
    writeFileSync(place.path('.sfdx', 'alias.json'), JSON.stringify({ orgs: { aquila: example.username } }));
    store();
  });
  afterEach(async () => {
    await emulator.stop();
    place.remove();
  });

  const authFile = (): string => place.path('.sfdx', `${example.username}.json`);
  const store = (changes: object = {}): void => {
    const login = {
      username: example.username,
      orgId: emulator.org.id,
      accessToken: 'not decrypted by this command',
      clientId: example.clientId,
      privateKey: place.path('keys', 'server.key'),
      instanceUrl: emulator.myDomainUrl,
      loginUrl: emulator.myDomainUrl,
      jwtAudience: emulator.myDomainUrl,
      aquilaKeyPath: '/etc/aquila/server.pem',
    };
    writeFileSync(authFile(), JSON.stringify({ ...login, ...changes }));
  };
  const verify = (...words: string[]): Promise<Outcome> => place.run(['verify', ...words], { env });
  const lines = ({ stdout }: Outcome): string[] => stdout.trimEnd().split('\n');

  it('prints every check by room with a word for a mark, and ends with 0 when all pass', async () => {
    const run = await verify('--target-org', 'aquila');
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    expect(lines(run)).to.deep.equal([
      'Key',
      '  pass    key file holds a private key',
      '  pass    private key is not encrypted',
      '  pass    private key is RSA with 2048 bits or more',
      '  pass    collector finds the private key in the file',
      process.platform === 'win32'
        ? '  skip    key file is readable by its owner alone'
        : '  pass    key file is readable by its owner alone',
      'Certificate',
      '  pass    certificate can be read',
      '  pass    certificate belongs to the private key',
      '  pass    certificate is within its validity period',
      '  pass    certificate does not expire soon',
      '  pass    certificate is signed with RSA and SHA-256',
      '  pass    certificate fits the upload limit of 4 KB',
      'Host',
      '  pass    audience URL is an address that serves logins',
      '  pass    host answers over https',
      '  pass    org that answers is the org of this login',
      '  pass    clock of this machine agrees with the host',
      'Login, as the collector does it',
      "  pass    Salesforce accepts the collector's login",
      '  pass    token belongs to the user of this login',
      '  pass    instance URL is the one that Salesforce names',
      '  pass    token carries the scopes of the guide',
      '  pass    token has the form that every API takes',
      ...withoutAdmin,
      'User',
      '  pass    user is active and not frozen',
      '  skip    user is pre-authorised for the app (needs --admin-org)',
      '  pass    user may use the API',
      '  pass    user may see event log files',
      '  pass    user may see stored real-time events',
      'Data',
      '  pass    event log files can be listed',
      '  pass    org has log files of the interval that the collector asks for',
      '  pass    log file can be downloaded from the Instance URL',
      '  pass    stored login events can be read',
      '  pass    stored logout events can be read',
      '  pass    Setup Audit Trail can be read',
      ...lifetimeWithoutAdmin,
      '  skip    org has API requests left for the collector',
      '      Salesforce answered 403 INSUFFICIENT_ACCESS: insufficient access rights on',
      '      cross-reference id',
      '      shown with the permission "View Setup and Configuration", which the',
      "      collector itself does not need, or with an administrator's login by",
      '      --admin-org',
      'Hand-over',
      '  pass    all five fields are ready for the hand-over',
      '',
      process.platform === 'win32'
        ? '16 skipped (13 for lack of --admin-org), 30 passed'
        : '15 skipped (13 for lack of --admin-org), 31 passed',
    ]);
    expect(emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });

  it("prints Salesforce's words, the causes, the fix and the page of a refusal, and ends with 1", async () => {
    scenarios.E2(emulator);
    const run = await verify('-o', 'aquila', '--concise');
    expect([run.code, run.stderr]).to.deep.equal([1, '']);
    const [post = '', ...rest] = lines(run).slice(2);
    expect(lines(run).slice(0, 2)).to.deep.equal([
      'Login, as the collector does it',
      "  fail    Salesforce accepts the collector's login",
    ]);
    expect(post.trim()).to.equal(`POST ${emulator.myDomainUrl}/services/oauth2/token answered 400`);
    expect(rest).to.deep.equal([
      '      invalid_app_access: user is not admin approved to access this app',
      '      likely      the app admits only users that an admin approved, and the user',
      '                  has no profile or permission set of the app',
      '      fix: sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
      '      see: docs/checks/login-accepted.md',
      '  skip    token belongs to the user of this login (blocked by login-accepted)',
      '  skip    instance URL is the one that Salesforce names (blocked by',
      '          login-accepted)',
      '  skip    token carries the scopes of the guide (blocked by login-accepted)',
      '  skip    token has the form that every API takes (blocked by login-accepted)',
      ...withoutAdmin,
      'User',
      '  skip    user is active and not frozen',
      '      blocked by login-accepted',
      "      with --admin-org an administrator's login would show whether the user is",
      '      active',
      '  skip    user is pre-authorised for the app (needs --admin-org)',
      '  skip    user may use the API (blocked by login-accepted)',
      '  skip    user may see event log files (blocked by login-accepted)',
      '  skip    user may see stored real-time events (blocked by login-accepted)',
      'Data',
      '  skip    event log files can be listed (blocked by login-accepted)',
      '  skip    org has log files of the interval that the collector asks for (blocked',
      '          by login-accepted)',
      '  skip    log file can be downloaded from the Instance URL (blocked by',
      '          login-accepted)',
      '  skip    stored login events can be read (blocked by login-accepted)',
      '  skip    stored logout events can be read (blocked by login-accepted)',
      '  skip    Setup Audit Trail can be read (blocked by login-accepted)',
      ...lifetimeWithoutAdmin,
      '  skip    org has API requests left for the collector (blocked by',
      '          login-accepted)',
      '',
      '1 failed, 29 skipped (13 for lack of --admin-org), 16 passed',
    ]);
  });

  it("with --admin-org shows the app too, skips nothing, and warns of the guide's short session alone", async () => {
    await storeAdmin(emulator, undefined, undefined, place.folder);
    const run = await verify('-o', 'aquila', '--admin-org', 'admin', '--concise');
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    expect(lines(run).slice(0, 2)).to.deep.equal([
      'Data',
      "  warn    session outlives the time between two of the collector's polls",
    ]);
    expect(lines(run).at(-1)).to.match(/^1 warning, (1 skipped, 44|45) passed$/);
    expect(emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });

  it("ends with the findings of a refusal that an administrator's login explains", async () => {
    scenarios.E2(emulator);
    await storeAdmin(emulator, undefined, undefined, place.folder);
    const run = await verify('-o', 'aquila', '--admin-org', 'admin', '--concise');
    expect([run.code, run.stderr]).to.deep.equal([1, '']);
    const failing = lines(run).filter((line) => line.startsWith('  fail'));
    expect(failing).to.deep.equal(['  fail    user is pre-authorised for the app']);
    expect(run.stdout).to.include(
      'fix: sf aquila app create --target-org admin --name AQUILA --username integration@acme.com --permission-set AQUILA'
    );
  });

  it('answers --json with the findings whole when a check fails, and prints nothing else', async () => {
    scenarios.E3(emulator);
    const run = await verify('-o', 'aquila', '--json');
    const { status, result, name } = run.json() as Json;
    expect([run.code, status, name, run.stderr]).to.deep.equal([1, 1, undefined, '']);
    expect(Object.keys(result)).to.deep.equal(['passed', 'summary', 'checks']);
    expect(result.passed).to.equal(false);
    expect(result.summary).to.deep.equal({ pass: 16, warn: 0, fail: 1, skip: 29, unknown: 0 });
    expect(result.checks.map(({ id }) => id)).to.deep.equal(verifyChecks.map(({ id }) => id));
    const accepted = result.checks.find(({ id }) => id === 'login-accepted');
    expect(Object.keys(accepted ?? {})).to.deep.equal(['id', 'title', 'status', 'detail', 'data', 'fix', 'docs']);
    expect(accepted).to.deep.include({
      data: {
        status: 400,
        error: 'invalid_grant',
        errorDescription: 'invalid assertion',
        causes: ['key-mismatch', 'app-just-edited'],
        ruledOut: [],
      },
    });
    expect(result.checks.find(({ id }) => id === 'login-scopes')).to.deep.equal({
      id: 'login-scopes',
      title: 'token carries the scopes of the guide',
      status: 'skip',
      detail: 'blocked by login-accepted',
      blockedBy: 'login-accepted',
      docs: 'docs/checks/login-scopes.md',
    });
  });

  it('shows neither token nor assertion nor key, stores nothing and changes nothing', async () => {
    const before = readFileSync(authFile(), 'utf8');
    const runs = [await verify('-o', 'aquila', '--verbose'), await verify('-o', 'aquila', '--json')];
    const secrets = [
      ...emulator.org.tokens.map(({ value }) => value),
      ...emulator.calls.tokenRequests().map(({ body }) => new URLSearchParams(body).get('assertion') ?? 'none'),
      readFileSync(fixture('rsa2048.key'), 'utf8').split('\n')[3] ?? 'none',
    ];
    expect(secrets).to.have.lengthOf(5);
    for (const { stdout, stderr } of runs) for (const secret of secrets) expect(stdout + stderr).not.to.include(secret);
    expect(readFileSync(authFile(), 'utf8')).to.equal(before);
  });

  it('asks a healthy org for a token, the user, and once for each thing that the collector reads', async () => {
    await verify('-o', 'aquila');
    const asked = emulator.calls.map(({ method, path, query }) => {
      const object = /FROM (\w+)/.exec(query['q'] ?? '')?.[1];
      return `${method} ${object ?? path.replace(/0AT\w+/, 'ID')}`;
    });
    expect(asked[0]).to.equal('POST /services/oauth2/token');
    expect(asked.slice(1)).to.have.members([
      'GET /services/oauth2/userinfo',
      ...['GET UserPermissionAccess', 'GET EventLogFile', 'GET LoginEvent', 'GET LogoutEvent', 'GET SetupAuditTrail'],
      'GET /services/data/v56.0/limits',
      'GET /services/data/v56.0/sobjects/EventLogFile/ID/LogFile',
    ]);
  });

  it('--list prints every check and needs no org', async () => {
    const run = await verify('--list');
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    // A long title goes on in the next line.
    const text = run.stdout.replaceAll(/\s+/g, ' ');
    for (const { id, title } of verifyChecks) expect(text).to.include(` ${id} ${title} `);
    expect(lines(run)[0]).to.equal('Key [key]');
    expect(emulator.connections).to.equal(0);
  });

  it('--list --json answers ids, titles and reasons', async () => {
    const { result } = (await verify('--list', '--json')).json() as { result: unknown };
    expect(result).to.deep.equal({ checks: verifyChecks.map(({ id, title, why }) => ({ id, title, why })) });
  });

  it('--only key sends nothing', async () => {
    const run = await verify('-o', 'aquila', '--only', 'key');
    expect(run.code).to.equal(0);
    expect(lines(run).at(-1)).to.match(/^(5 passed|1 skipped, 4 passed)$/);
    expect(emulator.connections).to.equal(0);
  });

  it('--only and --skip may be given several times and with commas', async () => {
    const run = await verify('-o', 'aquila', '--only', 'key,cert', '--only', 'handover', '--skip', 'cert', '--json');
    const { result } = run.json() as Json;
    expect(result.checks.filter(({ detail }) => detail === 'left out by --skip')).to.have.lengthOf(6);
    expect(result.checks.map(({ id }) => id.split('-')[0])).to.include.members(['key', 'cert', 'handover']);
    expect(result.checks.some(({ id }) => id.startsWith('login-'))).to.equal(false);
    expect(run.code).to.equal(0);
  });

  it('--warn-days warns, which ends with 0, and with 1 under --fail-on warn', async () => {
    const words = ['-o', 'aquila', '--only', 'cert-expires-later', '--warn-days', '100000'];
    const run = await verify(...words);
    expect(run.code).to.equal(0);
    expect(run.stdout).to.include('warn    certificate does not expire soon\n      expires on 2126-10-28, in ');
    expect((await verify(...words, '--fail-on', 'warn')).code).to.equal(1);
  });

  it('--certificate-file counts from the current folder', async () => {
    copyFileSync(fixture('other2048.crt'), place.path('mine.crt'));
    const run = await verify('-o', 'aquila', '--only', 'cert-matches-key', '--certificate-file', 'mine.crt');
    expect(run.code).to.equal(1);
    expect(run.stdout).to.include('mine.crt was made with another key').and.to.include('keys/server.key');
  });

  it('uses the default org of the configuration', async () => {
    mkdirSync(place.path('.sf'));
    writeFileSync(place.path('.sf', 'config.json'), JSON.stringify({ 'target-org': 'aquila' }));
    expect((await verify('--only', 'handover')).code).to.equal(0);
  });

  const wrong: Array<[fact: string, words: string[], says: string[]]> = [
    [
      'an unknown check, with the one that was meant',
      ['-o', 'aquila', '--only', 'login-acepted'],
      ['login-accepted', '--list'],
    ],
    ['an unknown room under --skip', ['-o', 'aquila', '--skip', 'certs'], ['Did you mean "cert"?']],
    ['an unknown org', ['-o', 'nobody'], ['LoginUnknown']],
    ['no org at all', [], ['LoginMissing', '--target-org']],
    ['a negative number of days', ['-o', 'aquila', '--warn-days', '-1'], ['warn-days']],
    ['another word than fail or warn', ['-o', 'aquila', '--fail-on', 'skip'], ['fail-on']],
    ['--concise together with --verbose', ['-o', 'aquila', '--concise', '--verbose'], ['concise']],
  ];
  for (const [fact, words, says] of wrong) {
    it(`ends with 2 for ${fact}, and sends nothing`, async () => {
      const { code, stdout, stderr } = await verify(...words);
      expect([code, stdout]).to.deep.equal([2, '']);
      for (const word of says) expect(stderr).to.include(word);
      expect(emulator.connections).to.equal(0);
    });
  }
});
