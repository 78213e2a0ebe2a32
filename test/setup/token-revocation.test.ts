import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { TokenOrg } from './token-org.ts';

const revoke = 'POST /services/oauth2/revoke';

/** A text as it reads, wherever its lines were broken. */
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('sf aquila token revoke', () => {
  let org: TokenOrg;
  beforeEach(async () => {
    org = await TokenOrg.open();
  });
  afterEach(() => org.close());

  /** The tokens that still serve, as kinds of the users' tokens. */
  const alive = (username: string): string[] => [
    ...org.emulator.org.tokens
      .filter(({ user, revoked, expired }) => user.username === username && !revoked && !expired)
      .map(() => 'access'),
    ...org.emulator.org.refreshTokens
      .filter(({ user, revoked }) => user.username === username && !revoked)
      .map(() => 'refresh'),
  ];
  const atInstance = (): string[] => ['--instance-url', org.emulator.myDomainUrl];

  describe('of a login in the browser', () => {
    it('revokes the refresh token, which ends all, and leaves the login stored without a token', async () => {
      const run = await org.revoke('--target-org', 'admin');
      expect(run.result).to.deep.equal({
        ...{ revoked: true, kind: 'refresh', delayed: false, instanceUrl: org.emulator.myDomainUrl },
        ...{ username: example.admin, renewable: false, forgotten: true },
      });
      expect(alive(example.admin)).to.deep.equal([]);
      const { accessToken, refreshToken, username } = await org.stored(example.admin);
      expect({ accessToken, refreshToken, username }).to.deep.equal({
        ...{ accessToken: undefined, refreshToken: undefined, username: example.admin },
      });
      expect(run.stdout)
        .to.include('It ends the login')
        .and.to.include('Log in again with: sf org login web --alias admin');
    });

    it('goes by one POST whose address holds no token', async () => {
      const { refreshToken = '' } = await org.stored(example.admin);
      const run = await org.revoke('--target-org', 'admin');
      const [call, ...more] = org.emulator.calls;
      expect([call?.method, call?.path, call?.query, more.length]).to.deep.equal([
        'POST',
        '/services/oauth2/revoke',
        {},
        0,
      ]);
      expect([...new URLSearchParams(call?.body)]).to.deep.equal([['token', refreshToken]]);
      expect(org.leaked(run)).to.deep.equal([]);
    });

    it('with --type access ends the session only, and the next command renews the login', async () => {
      const run = await org.revoke('--target-org', 'admin', '--type', 'access');
      expect(run.result).to.include({ revoked: true, kind: 'access', renewable: true, forgotten: true });
      expect(alive(example.admin)).to.deep.equal(['refresh']);
      expect((await org.identity('--target-org', 'admin')).result).to.include({
        username: example.admin,
        renewed: true,
      });
    });

    it('whose refresh token is gone already revokes the access token that outlived it', async () => {
      org.emulator.org.refreshTokens.find(({ user }) => user.username === example.admin)!.revoked = true;
      const run = await org.revoke('--target-org', 'admin');
      expect([run.result?.revoked, org.requests]).to.deep.equal([true, [revoke, revoke]]);
      expect(alive(example.admin)).to.deep.equal([]);
    });

    it('a second time finds nothing to revoke, asks the org nothing, and is no failure', async () => {
      await org.revoke('--target-org', 'admin');
      org.emulator.calls.clear();
      const run = await org.revoke('--target-org', 'admin');
      expect(run.result).to.include({ revoked: false, renewable: false, forgotten: true });
      expect([run.exitCode, org.requests]).to.deep.equal([0, []]);
      expect(words(run.stdout)).to.include('there was nothing to revoke');
    });

    it('afterwards every command says that the token was revoked, and how to log in again', async () => {
      await org.revoke('--target-org', 'admin');
      org.emulator.calls.clear();
      const { error } = await org.identity('--target-org', 'admin');
      expect([error?.name, org.requests]).to.deep.equal(['SessionExpired', []]);
      expect(error?.message).to.include('its token was revoked');
      expect(error?.actions?.join('\n')).to.include('sf org login web --alias admin');
    });
  });

  describe('of a login by private key', () => {
    it('ends the access token; the key stays stored and renews the login with the next command', async () => {
      const run = await org.revoke('--target-org', 'aquila');
      expect(run.result).to.include({ revoked: true, kind: 'access', renewable: true, forgotten: true });
      expect(words(run.stdout)).to.include('To shut the key out, give the app another certificate');
      const stored = await org.stored(example.username);
      expect([stored.accessToken, stored.privateKey]).to.deep.equal([undefined, org.path('server.key')]);
      org.emulator.calls.clear();
      expect((await org.identity('--target-org', 'aquila')).result).to.include({
        username: example.username,
        renewed: true,
      });
      expect(org.requests).to.deep.equal(['POST /services/oauth2/token', 'GET /services/oauth2/userinfo']);
    });

    it('has no refresh token that could be named', async () => {
      const { error, exitCode } = await org.revoke('--target-org', 'aquila', '--type', 'refresh');
      expect([error?.name, exitCode, org.requests]).to.deep.equal(['TokenNotStored', 1, []]);
      expect(error?.actions?.join('\n')).to.include('renews itself by its private key');
    });
  });

  it('of an access token alone ends the login', async () => {
    const run = await org.revoke('--target-org', 'alone');
    expect(run.result).to.include({ revoked: true, kind: 'access', renewable: false, forgotten: true });
    expect(run.stdout).to.include('sf org login web --alias alone');
    expect(alive('alone@acme.com')).to.not.include('access');
    expect((await org.stored('alone@acme.com')).accessToken).to.equal(undefined);
  });

  it('leaves the tokens of other logins alone', async () => {
    await org.revoke('--target-org', 'aquila');
    expect([alive(example.admin), alive('alone@acme.com').length > 0]).to.deep.equal([['access', 'refresh'], true]);
  });

  for (const encoding of ['form', 'json'] as const) {
    it(`of a token that has expired is no failure, and takes the dead one out (refusal as ${encoding})`, async () => {
      org.emulator.switches.revokeErrorEncoding = encoding;
      org.emulator.org.expireTokens();
      const run = await org.revoke('--target-org', 'aquila');
      expect([run.exitCode, run.result?.revoked, run.result?.forgotten]).to.deep.equal([0, false, true]);
      expect(run.stdout).to.include('no longer knows this access token');
      expect((await org.stored(example.username)).accessToken).to.equal(undefined);
    });

    it(`of what is no token is RevocationRefused with the words of the org (refusal as ${encoding})`, async () => {
      org.emulator.switches.revokeErrorEncoding = encoding;
      const { error, exitCode } = await org.revoke('--token-file', org.file('neither-a-token'), ...atInstance());
      expect([error?.name, exitCode]).to.deep.equal(['RevocationRefused', 1]);
      expect(error?.message).to.include('unsupported_token_type');
    });
  }

  it('an access token in JWT format may be accepted for half an hour more, and the plan says so', async () => {
    org.emulator.org.app(example.clientId)!.tokenFormat = 'jwt';
    org.emulator.org.expireTokens();
    await org.identity('--target-org', 'aquila');
    const run = await org.revoke('--target-org', 'aquila');
    expect(run.result).to.include({ revoked: true, delayed: true });
    expect(words(run.stdout)).to.include('may be accepted for up to 30 minutes more');
  });

  describe('of a token from a file', () => {
    it('ends that token and touches nothing that is stored', async () => {
      const before = org.authFile(example.admin);
      const { accessToken } = org.emulator.login(example.admin);
      const run = await org.revoke('--token-file', org.file(`${accessToken}\n`), ...atInstance());
      expect(run.result).to.deep.equal({
        ...{ revoked: true, kind: 'access', delayed: false, instanceUrl: org.emulator.myDomainUrl },
      });
      expect([org.authFile(example.admin), org.leaked(run)]).to.deep.equal([before, []]);
      expect(org.emulator.org.tokens.find(({ value }) => value === accessToken)?.revoked).to.equal(true);
    });

    for (const [type, ended] of [
      ['access', 1],
      ['refresh', 2],
    ] as const) {
      it(`in an answer with two ends the one that --type ${type} names`, async () => {
        const { accessToken, refreshToken } = org.emulator.login('alone@acme.com');
        const before = alive('alone@acme.com').length;
        const answer = {
          access_token: accessToken,
          refresh_token: refreshToken,
          instance_url: org.emulator.myDomainUrl,
        };
        const { result } = await org.revoke('--token-file', org.file(JSON.stringify(answer)), '--type', type);
        expect([result?.kind, before - alive('alone@acme.com').length]).to.deep.equal([type, ended]);
      });
    }
  });

  const failures: ReadonlyArray<[what: string, break_: () => void, code: string]> = [
    ['under maintenance', () => void (org.emulator.org.facts.maintenance = true), 'OrgUnavailable'],
    [
      'behind a proxy that answers 200 with a page',
      () => org.emulator.faults.set({ kind: 'html', status: 200 }),
      'OrgUnavailable',
    ],
    ['that breaks the connection', () => org.emulator.faults.set({ kind: 'reset' }), 'ConnectionLost'],
    [
      'that redirects',
      () => org.emulator.faults.set({ kind: 'redirect', to: 'https://localhost:1/' }),
      'RedirectRefused',
    ],
    [
      'that does not answer',
      () => {
        org.emulator.faults.set({ kind: 'hang' });
        org.seconds = 1;
      },
      'RequestTimedOut',
    ],
  ];
  for (const [what, break_, code] of failures) {
    it(`at an org ${what} is ${code}, and the stored login is as it was`, async () => {
      const before = org.authFile(example.admin);
      break_();
      const run = await org.revoke('--target-org', 'admin');
      expect([run.error?.name, run.exitCode, org.authFile(example.admin)]).to.deep.equal([code, 1, before]);
      expect(org.leaked(run)).to.deep.equal([]);
    });
  }

  it('without a name is TokenNotNamed where nobody is asked, also with a default org', async () => {
    const { error, exitCode } = await org.revoke();
    expect([error?.name, exitCode, org.requests]).to.deep.equal(['TokenNotNamed', 2, []]);
  });

  it('of an unknown alias is LoginUnknown, with the name that was meant', async () => {
    const { error, exitCode } = await org.revoke('--target-org', 'admim');
    expect([error?.name, exitCode]).to.deep.equal(['LoginUnknown', 2]);
    expect(error?.actions?.join('\n')).to.include('Did you mean "admin"?');
  });
});
