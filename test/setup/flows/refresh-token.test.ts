import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { inHome } from '../../org/home.ts';
import { findLogin } from '../../../src/org/stored-logins.ts';
import { readSecrets, type StoredSecrets } from '../../../src/org/stored-secrets.ts';
import { example } from '../../emulator/index.ts';
import { issueRefreshToken } from '../../emulator/tokens.ts';
import { describeRefusals, GrantScene, storedIn } from './grant-scene.ts';

/** A refresh token of the app, in a file. */
const issued = (scene: GrantScene): string => {
  const { org, switches } = scene.emulator;
  scene.app.flows.secretRequiredForRefresh = false;
  const urls = { 'my-domain': scene.emulator.myDomainUrl, login: scene.emulator.loginUrl };
  return scene.file('refresh', issueRefreshToken({ org, switches, urls }, scene.user, scene.app).value);
};
const usual = (scene: GrantScene): string[] => [
  ...[...scene.address, ...scene.client],
  ...['--refresh-token-file', issued(scene)],
];

describe('token request --grant refresh-token', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  const secretsOf = (username: string): Promise<StoredSecrets> =>
    inHome(scene.fleet.env, async () => readSecrets((await findLogin(username))!));
  const rotate = (username: string): void => {
    const held = scene.emulator.org.refreshTokens.find(({ user }) => user.username === username);
    held!.app.flows.refreshTokenRotation = true;
  };

  it('sends client id and refresh token and nothing else', async () => {
    const { result, stderr, exitCode } = await scene.ask('refresh-token', ...usual(scene));
    expect([exitCode, stderr]).to.deep.equal([0, '']);
    expect(scene.lastForm()).to.deep.equal({
      grant_type: 'refresh_token',
      client_id: example.clientId,
      refresh_token: readFileSync(scene.fleet.path('refresh'), 'utf8').trim(),
    });
    expect(result).not.to.have.property('refresh_token');
    expect(result?.identity?.username).to.equal(example.username);
  });

  it('proves the client by its secret, by Basic, or by a signed assertion', async () => {
    const words = usual(scene);
    scene.app.flows.secretRequiredForRefresh = true;
    const ways = [
      scene.clientSecret,
      [...scene.clientSecret, '--client-authentication', 'client_secret_basic'],
      ['--client-authentication', 'private_key_jwt', '--jwt-key-file', scene.fleet.path('server.key')],
    ];
    for (const way of ways) {
      const { exitCode, error } = await scene.ask('refresh-token', ...words, ...way);
      expect(exitCode, error?.message).to.equal(0);
    }
    const forms = scene.emulator.calls.tokenRequests().map(({ body }) => [...new URLSearchParams(body).keys()].sort());
    expect(forms).to.deep.equal([
      ['client_id', 'client_secret', 'grant_type', 'refresh_token'],
      ['grant_type', 'refresh_token'],
      ['client_assertion', 'client_assertion_type', 'client_id', 'grant_type', 'refresh_token'],
    ]);
  });

  it('renews with the refresh token of a stored login, and leaves the login as it was', async () => {
    await scene.fleet.addAdmin();
    const before = storedIn(scene.fleet.files());
    const { result, stderr } = await scene.ask('refresh-token', '--target-org', 'admin');
    expect([result?.identity?.username, stderr]).to.deep.equal([example.admin, '']);
    expect(scene.lastForm()).to.include({ grant_type: 'refresh_token', client_id: 'PlatformCLI' });
    expect(storedIn(scene.fleet.files())).to.deep.equal(before);
  });

  it('keeps the refresh token that the org puts in the place of a stored one, so that the login goes on', async () => {
    await scene.fleet.addAdmin();
    rotate(example.admin);
    const old = await secretsOf(example.admin);
    const first = await scene.ask('refresh-token', '--target-org', 'admin');
    expect(first.stderr.replace(/\s+/g, ' ')).to.include(`The stored login of ${example.admin} has the new one.`);
    const kept = await secretsOf(example.admin);
    const issuedLast = scene.emulator.org.refreshTokens.at(-1)?.value;
    expect(kept.refreshToken).to.equal(issuedLast).and.not.to.equal(old.refreshToken);
    expect(kept.accessToken).to.equal(scene.emulator.org.tokens.at(-1)?.value);
    expect((await scene.ask('refresh-token', '--target-org', 'admin')).exitCode).to.equal(0);
  });

  it('keeps it even where the org does not say whose it is', async () => {
    await scene.fleet.addAdmin();
    rotate(example.admin);
    scene.emulator.faults.set({ kind: 'reset', path: '/services/oauth2/userinfo' });
    const { exitCode, result } = await scene.ask('refresh-token', '--target-org', 'admin');
    expect([exitCode, result?.identity]).to.deep.equal([0, null]);
    expect((await secretsOf(example.admin)).refreshToken).to.equal(scene.emulator.org.refreshTokens.at(-1)?.value);
  });

  it('puts the new refresh token into the file that held the old one, for nobody else to read', async () => {
    const words = usual(scene);
    rotate(example.username);
    const { stderr } = await scene.ask('refresh-token', ...words);
    const file = scene.fleet.path('refresh');
    expect(stderr.replace(/\s+/g, '')).to.include(`Thenewoneisin${file}now.`);
    expect(readFileSync(file, 'utf8').trim()).to.equal(scene.emulator.org.refreshTokens.at(-1)?.value);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect((await scene.ask('refresh-token', ...words.slice(0, -2), '--refresh-token-file', file)).exitCode).to.equal(
      0
    );
  });

  for (const [what, around] of [
    [
      'the answer of a token endpoint',
      (token: string) => JSON.stringify({ access_token: '00D1!x'.repeat(4), refresh_token: token }, null, 2),
    ],
    [
      'what sf org display --verbose --json prints',
      (token: string) =>
        JSON.stringify(
          {
            status: 0,
            result: { accessToken: '[REDACTED]', sfdxAuthUrl: `force://PlatformCLI::${token}@acme.my.salesforce.com` },
          },
          null,
          2
        ),
    ],
    ['an SFDX auth URL', (token: string) => `force://PlatformCLI::${token}@acme.my.salesforce.com`],
  ] as Array<[string, (token: string) => string]>) {
    it(`takes the refresh token out of ${what}, and puts the new one in its place there`, async () => {
      const words = usual(scene);
      rotate(example.username);
      const file = scene.fleet.path('refresh');
      writeFileSync(file, around(readFileSync(file, 'utf8').trim()), { mode: 0o600 });
      const { exitCode, error } = await scene.ask('refresh-token', ...words.slice(0, -1), file);
      expect(exitCode, error?.message).to.equal(0);
      const issuedLast = scene.emulator.org.refreshTokens.at(-1)?.value ?? '';
      expect(readFileSync(file, 'utf8')).to.equal(around(issuedLast));
    });
  }

  it('says what is wrong with a file that holds no refresh token, and sends nothing', async () => {
    const files: Array<[string, string]> = [
      ['{"access_token":"[REDACTED]","refresh_token":"[REDACTED]"}', 'TokenFileMasked'],
      ['{"access_token":"00D000000000001!abc"}', 'TokenFileLacksKind'],
      ['-----BEGIN PRIVATE KEY-----', 'TokenFileUnrecognised'],
      ['', 'SecretEmpty'],
    ];
    for (const [text, code] of files) {
      const words = [...scene.address, ...scene.client, '--refresh-token-file', scene.file('refresh', text)];
      const { error, exitCode } = await scene.ask('refresh-token', ...words);
      expect([error?.name, exitCode]).to.deep.equal([code, 2]);
    }
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('says that the new refresh token could not be kept, where the file is a link', async () => {
    const words = usual(scene);
    rotate(example.username);
    symlinkSync(scene.fleet.path('refresh'), scene.fleet.path('link'));
    const { error, exitCode } = await scene.ask(
      'refresh-token',
      ...words,
      '--refresh-token-file',
      scene.fleet.path('link')
    );
    expect([error?.name, exitCode]).to.deep.equal(['RefreshTokenNotKept', 1]);
    expect(error?.actions?.join()).to.include('sf org login web');
    rmSync(scene.fleet.path('link'));
  });

  for (const [what, arrange] of [
    ['', () => undefined],
    [
      ', also where only its id tells so',
      () => scene.emulator.faults.set({ kind: 'reset', path: '/services/oauth2/userinfo' }),
    ],
  ] as Array<[string, () => unknown]>) {
    it(`stores nothing when the token is of another user than the stored login${what}`, async () => {
      await scene.fleet.addAdmin();
      const { org } = scene.emulator;
      const held = org.refreshTokens.find(({ user }) => user.username === example.admin)!;
      rotate(example.admin);
      held.user = scene.user;
      arrange();
      const before = storedIn(scene.fleet.files());
      const { error, exitCode } = await scene.ask('refresh-token', '--target-org', 'admin');
      expect([error?.name, exitCode]).to.deep.equal(['LoginForAnotherUser', 1]);
      expect(storedIn(scene.fleet.files())).to.deep.equal(before);
    });
  }

  it('stores nothing when neither the answer nor the org says whose token it is, and says that the login is over', async () => {
    await scene.fleet.addAdmin();
    rotate(example.admin);
    scene.emulator.faults.set({ kind: 'missingKeys', keys: ['id'], path: '/services/oauth2/token' });
    scene.emulator.faults.set({ kind: 'reset', path: '/services/oauth2/userinfo' });
    const before = storedIn(scene.fleet.files());
    const { error, exitCode } = await scene.ask('refresh-token', '--target-org', 'admin');
    expect([error?.name, exitCode]).to.deep.equal(['TokenOwnerUnknown', 1]);
    expect(error?.message).to.include(example.admin);
    expect(error?.actions?.join('\n')).to.include('sf org login web');
    expect(storedIn(scene.fleet.files())).to.deep.equal(before);
  });

  it('asks for a file where the stored login has no refresh token', async () => {
    await scene.login();
    scene.emulator.calls.clear();
    const { error } = await scene.ask('refresh-token', '--target-org', 'aquila');
    expect(error?.message).to.equal('The grant refresh-token needs --refresh-token-file.');
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('takes no scope, and says why before anything is sent', async () => {
    const { error, exitCode } = await scene.ask('refresh-token', ...usual(scene), '--scope', 'api');
    expect([error?.name, exitCode]).to.deep.equal(['ScopeNotOfGrant', 2]);
    expect(error?.message).to.include('the new token has the scopes of the refresh token');
    expect(scene.emulator.calls).to.have.length(0);
  });
});

describeRefusals('refresh-token', usual, [
  {
    when: 'the refresh token was revoked',
    spoil: ({ emulator }) => emulator.org.refreshTokens.forEach((token) => (token.revoked = true)),
    says: 'invalid_grant: expired access/refresh token',
    causes: ['refresh-token-ended', 'refresh-token-of-another-app'],
    action: 'sf org login web',
  },
  {
    when: 'the secret is needed and missing',
    spoil: ({ app }) => void (app.flows.secretRequiredForRefresh = true),
    says: 'invalid_client: invalid client credentials',
    causes: ['app-secret'],
    action: '--client-secret-file',
  },
  {
    when: 'the client id is unknown',
    more: () => ['--client-id', '3MVG9unknown'],
    says: 'invalid_client_id: client identifier invalid',
    causes: ['wrong-client-id', 'wrong-host', 'not-replicated'],
    action: 'Copy the consumer key again',
  },
  {
    when: 'the user is inactive',
    spoil: ({ user }) => void (user.active = false),
    says: 'invalid_grant: inactive user',
    causes: ['user-inactive'],
    action: 'activate or unfreeze',
  },
]);
