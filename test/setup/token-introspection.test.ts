import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import type { Run } from '../in-process.ts';
import type { TokenIntrospectResult } from '../../src/commands/aquila/token/introspect.ts';
import { TokenOrg } from './token-org.ts';

const introspection = 'POST /services/oauth2/introspect';
const userinfo = 'GET /services/oauth2/userinfo';

describe('sf aquila token introspect', () => {
  let org: TokenOrg;
  let secret: string;
  beforeEach(async () => {
    org = await TokenOrg.open();
    secret = org.emulator.org.app(example.clientId)!.clientSecret;
  });
  afterEach(() => org.close());

  const atInstance = (): string[] => ['--instance-url', org.emulator.myDomainUrl];
  /** With the secret of the app AQUILA in a file. */
  const withSecret = (...words: string[]): Promise<Run<TokenIntrospectResult>> =>
    org.introspect([...words, '--client-secret-file', org.file(`${secret}\n`, 'secret')]);
  const causesOf = ({ result }: Run<TokenIntrospectResult>): string[] =>
    (result?.causes ?? []).map(({ text }) => text.split(/[,:]/)[0] ?? '');

  describe('with a client secret', () => {
    for (const method of ['client_secret_post', 'client_secret_basic'] as const) {
      it(`asks the introspection endpoint by ${method}, and shows scopes and end`, async () => {
        const run = await withSecret('--target-org', 'aquila', '--client-authentication', method);
        expect(run.result).to.include({
          ...{ active: true, source: 'introspection', format: 'opaque', username: example.username },
          ...{ client_id: example.clientId, scope: 'api web refresh_token', token_type: 'access_token' },
        });
        expect([run.exitCode, org.requests]).to.deep.equal([0, [introspection]]);
        expect(run.stdout)
          .to.match(/ {2}Expires +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, in \d+ (?:minutes|seconds)/)
          .and.to.include('Manage user data via APIs (api): the REST, SOAP and Bulk APIs, as the user');
        expect(org.leaked(run)).to.deep.equal([]);
      });
    }

    it('sends token and hint in a form, and the secret in the form or the header, never in the address', async () => {
      await withSecret('--target-org', 'aquila');
      await withSecret('--target-org', 'aquila', '--client-authentication', 'client_secret_basic');
      const [post, basic] = org.emulator.calls.map(({ body, headers, query }) => ({
        ...{ form: Object.fromEntries(new URLSearchParams(body)), header: headers.authorization ?? '', query },
      }));
      const { accessToken: token } = await org.stored(example.username);
      const form = { token, token_type_hint: 'access_token' };
      expect(post).to.deep.equal({
        ...{ form: { ...form, client_id: example.clientId, client_secret: secret }, header: '', query: {} },
      });
      expect(basic).to.deep.include({ form, query: {} });
      expect(basic?.header).to.match(/^Basic /);
    });

    it('takes it from the environment', async () => {
      const run = await org.introspect(['--target-org', 'aquila'], { SF_AQUILA_CLIENT_SECRET: secret });
      expect([run.result?.source, org.leaked(run)]).to.deep.equal(['introspection', []]);
    });

    it('takes the one that is stored with the login', async () => {
      const app = org.emulator.org.app(example.clientId)!;
      await org.keep('alone@acme.com', { clientId: example.clientId, clientSecret: app.clientSecret });
      const run = await org.introspect(['--target-org', 'alone']);
      expect([run.result?.source, org.requests[0], org.leaked(run)]).to.deep.equal([
        'introspection',
        introspection,
        [],
      ]);
    });

    it('of a token that is over says so, with 1 and the causes in order, and renews nothing', async () => {
      org.emulator.org.expireTokens();
      const run = await withSecret('--target-org', 'aquila');
      expect(run.result).to.include({ active: false, accepted: false, source: 'introspection' });
      expect([run.exitCode, org.requests]).to.deep.equal([1, [introspection, userinfo]]);
      expect(causesOf(run).slice(0, 2)).to.deep.equal(['it expired', 'it was revoked']);
      expect(run.stdout).to.include('sf aquila token identity --target-org aquila');
      // Userinfo would have taken a token of another app.
      expect(run.stdout).to.not.include('another app');
    });

    it('of a revoked token says that it is not active', async () => {
      const { accessToken = '' } = await org.stored(example.username);
      await org.revoke('--target-org', 'aquila');
      const words = ['--token-file', org.file(accessToken), ...atInstance(), '--client-id', example.clientId];
      expect((await withSecret(...words)).result).to.include({ active: false, accepted: false });
    });

    it('of a token of another app says that it is alive and hidden', async () => {
      const run = await withSecret('--target-org', 'admin', '--client-id', example.clientId);
      expect(run.result).to.include({ active: false, accepted: true });
      expect(causesOf(run)).to.deep.equal([
        'it is of another app than the one that asked',
        'it comes from the username-password flow',
      ]);
      expect(run.stdout.replace(/\s+/g, ' '))
        .to.include('it is alive, and only hidden')
        .and.to.include('Introspect All Tokens');
    });

    it('of an app that may see all tokens shows that of another app', async () => {
      org.emulator.org.app(example.clientId)!.flows.introspectAllTokens = true;
      const { result } = await withSecret('--target-org', 'admin', '--client-id', example.clientId);
      expect(result).to.include({ active: true, client_id: 'PlatformCLI', username: example.admin });
    });

    it('looks at a refresh token with its hint, and does not hand it to userinfo', async () => {
      const { refreshToken = '' } = await org.stored(example.admin);
      const words = ['--token-file', org.file(refreshToken), ...atInstance(), '--client-id', example.clientId];
      const run = await withSecret(...words, '--type', 'refresh');
      expect(run.result).to.include({ active: false }).and.to.not.have.property('accepted');
      expect(org.requests).to.deep.equal([introspection]);
      expect(new URLSearchParams(org.emulator.calls[0]?.body).get('token_type_hint')).to.equal('refresh_token');
      expect(causesOf(run)[0]).to.equal('it expired by the refresh token policy of the app');
    });

    it('that is wrong is IntrospectionRefused, with the place of the right one and without either', async () => {
      const run = await org.introspect(['--target-org', 'aquila'], { SF_AQUILA_CLIENT_SECRET: 'wrong-secret-1234' });
      expect([run.error?.name, run.exitCode]).to.deep.equal(['IntrospectionRefused', 1]);
      expect(run.error?.message).to.include('invalid_client: invalid client credentials');
      expect(run.error?.actions?.join('\n')).to.include('Consumer Key and Secret');
      expect(run.stderr + run.stdout + String(run.error?.message)).to.not.include('wrong-secret-1234');
      expect(org.leaked(run)).to.deep.equal([]);
    });

    it('of no app that is named is ClientIdMissing, and nothing is sent', async () => {
      const run = await withSecret('--target-org', 'admin');
      expect([run.error?.name, run.exitCode, org.requests]).to.deep.equal(['ClientIdMissing', 2, []]);
    });

    it('a page of maintenance is OrgUnavailable', async () => {
      org.emulator.org.facts.maintenance = true;
      expect((await withSecret('--target-org', 'aquila')).error?.name).to.equal('OrgUnavailable');
    });

    it('an org that does not answer is RequestTimedOut', async () => {
      org.emulator.faults.set({ kind: 'hang' });
      org.seconds = 1;
      expect((await withSecret('--target-org', 'aquila')).error?.name).to.equal('RequestTimedOut');
    });

    it('an answer without yes or no is no answer', async () => {
      org.emulator.faults.set({ kind: 'garbage' });
      expect((await withSecret('--target-org', 'aquila')).error?.name).to.equal('OrgUnavailable');
    });

    it('is not undone by a second question that fails', async () => {
      org.emulator.org.expireTokens();
      org.emulator.faults.set({ kind: 'status', status: 500, path: '/services/oauth2/userinfo' });
      const run = await withSecret('--target-org', 'aquila');
      expect(run.result).to.include({ active: false }).and.to.not.have.property('accepted');
      expect(causesOf(run)).to.include('it is of another app than the one that asked');
    });
  });

  describe('without a client secret', () => {
    it('asks userinfo, says why, and tells whose the token is', async () => {
      const run = await org.introspect(['--target-org', 'aquila']);
      expect(run.result).to.include({
        ...{ active: true, source: 'userinfo', withoutSecret: 'no-secret', username: example.username },
      });
      expect([run.exitCode, org.requests]).to.deep.equal([0, [userinfo]]);
      expect(run.stdout.replace(/\s+/g, ' ')).to.include('no client secret is at hand');
    });

    it('of a login through the app of sf says that this app has none', async () => {
      const { result } = await org.introspect(['--target-org', 'admin']);
      expect(result).to.include({ active: true, withoutSecret: 'no-client', username: example.admin });
    });

    it('of a token that is over says so, with 1, and renews nothing', async () => {
      org.emulator.org.expireTokens();
      const run = await org.introspect(['--target-org', 'aquila']);
      expect([run.exitCode, run.result?.active, org.requests]).to.deep.equal([1, false, [userinfo]]);
      expect(causesOf(run).slice(0, 2)).to.deep.equal(['it expired', 'it was revoked']);
    });

    it('of a token whose scopes show no identity says that it is active', async () => {
      org.emulator.switches.identityScope = 'require';
      const { result } = await org.introspect(['--target-org', 'aquila']);
      expect(result).to.include({ active: true, source: 'userinfo' }).and.to.not.have.property('username');
    });

    it('a refresh token is IntrospectionNeedsSecret, and is sent nowhere', async () => {
      const run = await org.introspect(['--target-org', 'admin', '--type', 'refresh']);
      expect([run.error?.name, run.exitCode, org.requests]).to.deep.equal(['IntrospectionNeedsSecret', 2, []]);
    });
  });

  describe('of a token in JWT format', () => {
    beforeEach(async () => {
      org.emulator.org.app(example.clientId)!.tokenFormat = 'jwt';
      org.emulator.org.expireTokens();
      await org.identity('--target-org', 'aquila');
      org.emulator.calls.clear();
    });

    it('shows beside the answer what it says of itself, as unverified', async () => {
      const run = await org.introspect(['--target-org', 'aquila']);
      expect(run.result).to.include({ active: true, format: 'jwt' });
      expect(run.result?.claims).to.include({ client_id: example.clientId, scope: 'api web refresh_token' });
      expect(run.stdout).to.include('The token says of itself, and nobody has verified it:');
    });

    it('that names another app itself is hidden for sure', async () => {
      const { accessToken = '' } = await org.stored(example.username);
      org.emulator.org.addApp({ clientId: '3MVG9other', name: 'Other', clientSecret: 'other-secret-5678' });
      const words = ['--token-file', org.file(accessToken), ...atInstance(), '--client-id', '3MVG9other'];
      const run = await org.introspect(words, { SF_AQUILA_CLIENT_SECRET: 'other-secret-5678' });
      expect(run.result).to.include({ active: false, accepted: true });
      expect(run.result?.causes?.map(({ sure }) => sure)).to.deep.equal([true]);
    });

    it('whose own end has passed, has expired for sure', async () => {
      const held = org.emulator.org.tokens.at(-1)!;
      const [header, , signature] = held.value.split('.');
      const payload = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
      const words = ['--token-file', org.file([header, payload, signature].join('.')), ...atInstance()];
      const run = await org.introspect(words);
      expect(run.result?.causes?.map(({ text, sure }) => [text.split(':')[0], sure])).to.deep.equal([
        ['it expired', true],
      ]);
    });
  });

  it('a token of another org than that of the login is told by its own form', async () => {
    await org.keep('alone@acme.com', { accessToken: '00D5g00000Other!AQotherOtherOther' });
    const run = await org.introspect(['--target-org', 'alone']);
    expect(causesOf(run)).to.deep.equal(['it was issued by another org than the one that was asked']);
  });

  it('a login without the token is TokenNotStored, with the way to one', async () => {
    await org.revoke('--target-org', 'aquila');
    const { error } = await org.introspect(['--target-org', 'aquila']);
    expect(error?.name).to.equal('TokenNotStored');
    expect(error?.actions?.join('\n')).to.include('sf aquila token identity --target-org aquila');
  });

  it('token and secret can not both be piped in', async () => {
    const { error } = await org.introspect(['--token-file', '-', '--client-secret-file', '-', ...atInstance()]);
    expect(error?.name).to.equal('StandardInputTakenTwice');
  });
});
