import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { example, trustInProcess } from './index.ts';
import type { App, Emulator, Face, User } from './index.ts';
import { openFlows } from './open-flows.ts';
import { assertionOf, bearer, postToken, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

type Form = Record<string, string>;

const callback = 'http://localhost:1717/OauthRedirect';
const verifier = 'a-verifier-of-more-than-forty-three-characters-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };
const answerOf = ({ body }: Answered): Form => JSON.parse(body) as Form;
const refusal = (error: string, description?: string): string =>
  JSON.stringify({ error, ...(description !== undefined && { error_description: description }) });

/** Grants in which a person consents. */
describe('emulator: grants of a person', () => {
  let emulator: Emulator;
  let app: App;
  let user: User;
  beforeEach(async () => {
    ({ emulator, app, user } = await openFlows());
  });
  afterEach(() => emulator.stop());

  const wish = (changes: Form = {}): Form => ({
    ...{ response_type: 'code', client_id: app.clientId, redirect_uri: callback, state: 'st&te=1' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    ...changes,
  });

  /** The person's answer on the form. */
  const answer = (form: Form, decision = 'approve', username: string = example.username): Promise<Answered> =>
    send(emulator, '/services/oauth2/authorize', {
      ...{ method: 'POST', headers: urlencoded },
      body: new URLSearchParams({ ...form, username, decision }).toString(),
    });

  const landed = ({ status, headers }: Answered): { url: string; values: Form } => {
    expect(status).to.equal(302);
    const [url = '', values] = String(headers.location).split(/[?#]/);
    return { url, values: Object.fromEntries(new URLSearchParams(values)) };
  };

  const newCode = async (changes: Form = {}): Promise<string> =>
    landed(await answer(wish(changes))).values['code'] ?? '';

  const exchange = (code: string, changes: Form = {}): Form => ({
    ...{ grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier },
    ...{ client_id: app.clientId, client_secret: app.clientSecret },
    ...changes,
  });

  describe('authorization_code', () => {
    it('shows a form that keeps all parameters, then sends code and state to the callback', async () => {
      const query = new URLSearchParams(wish({ login_hint: '"><b>' })).toString();
      const { status, headers, body } = await send(emulator, `/services/oauth2/authorize?${query}`);
      expect(status).to.equal(200);
      expect(headers['content-type']).to.equal('text/html;charset=UTF-8');
      expect(body).to.contain('name="state" value="st&amp;te=1"').and.contain('value="&quot;&gt;&lt;b&gt;"');
      const { url, values } = landed(await answer(wish()));
      expect(url).to.equal(callback);
      expect(Object.keys(values)).to.deep.equal(['code', 'state']);
      expect(values['state']).to.equal('st&te=1');
      expect(values['code']).to.match(/^aPrx[\w.]+==$/);
    });

    it('answers the code with tokens, the scopes asked for, and an ID token that the keys of the org prove', async () => {
      const code = await newCode({ scope: 'openid api refresh_token', nonce: 'n-1' });
      const success = answerOf(await postToken(emulator, exchange(code)));
      const keys = 'access_token refresh_token signature scope id_token instance_url id token_type issued_at';
      expect(Object.keys(success)).to.deep.equal(keys.split(' '));
      expect(success['scope']).to.equal('openid api refresh_token');
      const { createLocalJWKSet, jwtVerify } = await import('jose');
      const keySet = JSON.parse((await send(emulator, '/id/keys')).body) as Parameters<typeof createLocalJWKSet>[0];
      const discovery = JSON.parse((await send(emulator, '/.well-known/openid-configuration')).body) as Form;
      const { payload } = await jwtVerify(success['id_token'] ?? '', createLocalJWKSet(keySet), {
        issuer: discovery['issuer'] as string,
        audience: app.clientId,
        algorithms: ['RS256'],
      });
      const half = createHash('sha256')
        .update(success['access_token'] ?? '')
        .digest()
        .subarray(0, 16);
      expect(payload).to.include({ nonce: 'n-1', sub: success['id'], at_hash: half.toString('base64url') });
      const headers = bearer(success['access_token'] ?? '');
      expect((await send(emulator, '/services/oauth2/userinfo', { headers })).body).to.contain(example.username);
    });

    it('hands over neither a refresh token nor an ID token that was not asked for', async () => {
      const success = answerOf(await postToken(emulator, exchange(await newCode({ scope: 'api' }))));
      expect(success).not.to.have.any.keys('refresh_token', 'id_token');
    });

    it('takes a signed client assertion in place of the secret', async () => {
      const claims = { iss: app.clientId, sub: app.clientId, aud: `${emulator.myDomainUrl}/services/oauth2/token` };
      const ask = async (key: string): Promise<Answered> => {
        const { client_secret: _, ...form } = exchange(await newCode());
        return postToken(emulator, {
          ...form,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertionOf({ ...claims, exp: Math.floor(Date.now() / 1000) + 60 }, key),
        });
      };
      expect((await ask('rsa2048.key')).status).to.equal(200);
      expect((await ask('other2048.key')).body).to.equal(refusal('invalid_client', 'invalid client credentials'));
    });

    const refusals: Array<[string, Form, string, string]> = [
      ['no secret', { client_secret: '' }, 'invalid_client', 'invalid client credentials'],
      ['an unknown client', { client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
      ['an unknown code', { code: 'x' }, 'invalid_grant', 'invalid authorization code'],
      ['another redirect URI', { redirect_uri: 'x' }, 'redirect_uri_mismatch', 'redirect_uri must match configuration'],
      ['a wrong verifier', { code_verifier: 'x' }, 'invalid_grant', 'invalid code verifier'],
    ];
    for (const [what, changes, error, description] of refusals) {
      it(`refuses ${what}, and the code serves afterwards`, async () => {
        const code = await newCode();
        const { status, body } = await postToken(emulator, exchange(code, changes));
        expect([status, body]).to.deep.equal([400, refusal(error, description)]);
        expect((await postToken(emulator, exchange(code))).status).to.equal(200);
      });
    }

    it('takes a code once, for fifteen minutes, and from its own client', async () => {
      const expired = refusal('invalid_grant', 'expired authorization code');
      const code = await newCode();
      expect((await postToken(emulator, exchange(code))).status).to.equal(200);
      expect((await postToken(emulator, exchange(code))).body).to.equal(expired);
      const late = await newCode();
      const others = await newCode();
      const other = emulator.org.addApp({ clientId: 'other', permissionSets: [example.permissionSet] });
      const changes = { client_id: 'other', client_secret: other.clientSecret };
      expect((await postToken(emulator, exchange(others, changes))).body).to.equal(
        refusal('invalid_grant', 'invalid authorization code')
      );
      emulator.org.passTime(16);
      expect((await postToken(emulator, exchange(late))).body).to.equal(expired);
    });

    it('refuses a user who may no longer log in', async () => {
      const codes = [await newCode(), await newCode()];
      user.ipRestricted = true;
      expect((await postToken(emulator, exchange(codes[0] ?? ''))).body).to.equal(
        refusal('invalid_grant', 'ip restricted')
      );
      user.active = false;
      expect((await postToken(emulator, exchange(codes[1] ?? ''))).body).to.equal(
        refusal('invalid_grant', 'inactive user')
      );
    });

    const atCallback: Array<[string, Form, string, string]> = [
      ['no challenge', { code_challenge: '' }, 'invalid_request', 'missing required code challenge'],
      ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request', 'transform algorithm not supported'],
      ['another scope', { scope: 'api wave_api' }, 'invalid_scope', 'the requested scope is not allowed'],
      ['another flow', { response_type: 'x' }, 'unsupported_response_type', 'response type not supported'],
    ];
    for (const [what, changes, error, description] of atCallback) {
      it(`tells the callback of ${what}`, async () => {
        const { values } = landed(await answer(wish(changes)));
        expect(values).to.deep.equal({ error, error_description: description, state: 'st&te=1' });
      });
    }

    it('tells the callback that the person said no', async () => {
      const { values } = landed(await answer(wish(), 'deny'));
      expect(values).to.include({ error: 'access_denied', error_description: 'end-user denied authorization' });
    });

    it('tells nothing to a callback that is not the app’s', async () => {
      for (const redirect of ['https://evil.example/cb', `${callback}/x`, '']) {
        const { status, headers, body } = await answer(wish({ redirect_uri: redirect }));
        expect([status, headers.location]).to.deep.equal([400, undefined]);
        expect(body).to.contain('error=redirect_uri_mismatch&amp;error_description=redirect_uri must match');
      }
      expect((await answer(wish({ client_id: 'x' }))).body).to.contain('error=invalid_client_id');
    });

    const appErrors: Array<[string, () => void, string]> = [
      ['is blocked', () => void (app.blocked = true), 'OAUTH_APP_BLOCKED'],
      ['is disabled', () => void (app.enabled = false), 'OAUTH_EC_APP_NOT_FOUND'],
      ['is not installed', () => void (app.installed = false), 'OAUTH_APPROVAL_ERROR_GENERIC'],
      ['is not for this user', () => void (user.permissionSets = []), 'OAUTH_APP_ACCESS_DENIED'],
    ];
    for (const [what, spoil, error] of appErrors) {
      it(`says ${error} on a page, or when switched at the callback, for an app that ${what}`, async () => {
        spoil();
        const { status, body } = await answer(wish());
        expect(status).to.equal(400);
        expect(body).to.contain(`error=${error}&amp;error_description=`);
        emulator.switches.appErrorsAtAuthorize = 'redirect';
        expect(landed(await answer(wish())).values['error']).to.equal(error);
      });
    }

    it('asks again for a username that nobody has or that may not log in', async () => {
      user.frozen = true;
      for (const name of ['nobody@acme.com', example.username]) {
        expect((await answer(wish(), 'approve', name)).body).to.contain('Please check your username.');
      }
    });

    it('consents by itself when switched, for login_hint or a user of the test’s choice', async () => {
      emulator.switches.consent = 'approve';
      const ask = (login_hint: string): Promise<Answered> =>
        send(emulator, `/services/oauth2/authorize?${new URLSearchParams(wish({ login_hint })).toString()}`);
      const code = landed(await ask(example.username)).values['code'] ?? '';
      expect(answerOf(await postToken(emulator, exchange(code)))['id']).to.contain(user.id);
      app.profiles.push('System Administrator');
      emulator.switches.consentAs = example.admin;
      const other = landed(await ask(example.username)).values['code'] ?? '';
      expect(answerOf(await postToken(emulator, exchange(other)))['id']).to.not.contain(user.id);
      emulator.switches.consent = 'deny';
      expect(landed(await ask('')).values['error']).to.equal('access_denied');
    });

    it('a consent approves a self-authorised app for good', async () => {
      app.permittedUsers = 'self-authorize';
      await newCode();
      expect([...app.approvals]).to.deep.equal([example.username]);
    });
  });

  describe('user agent', () => {
    const implicit = (changes: Form = {}): Form => wish({ response_type: 'token', code_challenge: '', ...changes });

    it('hands tokens and state over in the fragment', async () => {
      const reply = await answer(implicit());
      expect(reply.headers.location).to.match(/^http:\/\/localhost:1717\/OauthRedirect#access_token=/);
      const { values } = landed(reply);
      const keys = 'access_token refresh_token signature scope instance_url id token_type issued_at state';
      expect(Object.keys(values)).to.deep.equal(keys.split(' '));
      const headers = bearer(values['access_token'] ?? '');
      expect((await send(emulator, '/services/data/v68.0', { headers })).status).to.equal(200);
    });

    it('adds an ID token for token id_token, and no refresh token when switched', async () => {
      emulator.switches.userAgentRefreshToken = false;
      const { values } = landed(await answer(implicit({ response_type: 'token id_token', nonce: 'n-2' })));
      const [, claims = ''] = (values['id_token'] ?? '').split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).to.include({ nonce: 'n-2' });
      expect(values).not.to.have.property('refresh_token');
    });

    it('tells refusals in the fragment, and is blocked by a switch', async () => {
      const denied = await answer(implicit(), 'deny');
      expect(denied.headers.location).to.contain('#error=access_denied');
      emulator.switches.userAgentFlow = 'blocked';
      expect((await answer(implicit())).headers.location).to.contain('#error=unsupported_response_type');
      expect((await answer(wish())).headers.location).to.contain('?code=');
    });
  });

  describe('device', () => {
    const start = (changes: Form = {}, face: Face = 'my-domain'): Promise<Answered> =>
      postToken(emulator, { response_type: 'device_code', client_id: app.clientId, ...changes }, face);
    const poll = (code: string, changes: Form = {}): Promise<Answered> => {
      emulator.org.passTime(0.1);
      return postToken(emulator, { grant_type: 'device', client_id: app.clientId, code, ...changes });
    };
    const connect = (user_code: string, decision = 'approve', username: string = example.username): Promise<Answered> =>
      send(emulator, '/setup/connect', {
        ...{ method: 'POST', headers: urlencoded },
        body: new URLSearchParams({ user_code, username, decision }).toString(),
      });

    it('gives a code of eight characters, waits, and answers once a person has allowed it', async () => {
      const started = JSON.parse((await start({ scope: 'api refresh_token' })).body) as Form;
      expect(Object.keys(started)).to.deep.equal(['device_code', 'user_code', 'verification_uri', 'interval']);
      const { device_code: code = '', user_code: userCode = '' } = started;
      expect(started).to.deep.include({ interval: 5, verification_uri: `${emulator.myDomainUrl}/setup/connect` });
      expect(userCode).to.match(/^[A-Z2-9]{8}$/);
      const pending = await poll(code);
      expect([pending.status, pending.body]).to.deep.equal([400, refusal('authorization_pending')]);
      expect((await send(emulator, `/setup/connect?user_code=${userCode}`)).body).to.contain(`value="${userCode}"`);
      expect((await connect('XXXXXXXX')).body).to.contain('The code is not valid.');
      expect((await connect(userCode.toLowerCase())).body).to.contain('id="done"');
      const success = answerOf(await poll(code));
      expect(success).to.include.keys('access_token', 'refresh_token');
      expect(success['scope']).to.equal('api refresh_token');
      expect((await poll(code)).body).to.equal(refusal('invalid_grant', 'invalid authorization code'));
    });

    it('slows down who polls too fast, and asks for five seconds more each time', async () => {
      const code = answerOf(await start())['device_code'] ?? '';
      const form = { grant_type: 'device', client_id: app.clientId, code };
      expect((await postToken(emulator, form)).body).to.equal(refusal('authorization_pending'));
      expect((await postToken(emulator, form)).body).to.equal(refusal('slow_down'));
      expect((await poll(code)).body).to.equal(refusal('slow_down'));
      emulator.org.passTime(1);
      expect((await postToken(emulator, form)).body).to.equal(refusal('authorization_pending'));
      emulator.switches.devicePollTooFast = 'ignore';
      expect((await postToken(emulator, form)).body).to.equal(refusal('authorization_pending'));
    });

    it('refuses after a no, and after ten minutes', async () => {
      const denied = answerOf(await start());
      await connect(denied['user_code'] ?? '', 'deny');
      expect((await poll(denied['device_code'] ?? '')).body).to.equal(refusal('access_denied'));
      const late = answerOf(await start());
      emulator.org.passTime(11);
      expect((await poll(late['device_code'] ?? '')).body).to.equal(refusal('expired_token'));
      expect((await connect(late['user_code'] ?? '')).body).to.contain('The code is not valid.');
    });

    it('is not for apps without the flow or not installed, nor for users without access', async () => {
      user.permissionSets = [];
      expect((await connect(answerOf(await start())['user_code'] ?? '')).body).to.contain('OAUTH_APP_ACCESS_DENIED');
      app.installed = false;
      const uninstalled = refusal('invalid_client', 'app must be installed into org');
      expect((await start()).body).to.equal(uninstalled);
      emulator.switches.deviceFlow = 'all';
      expect((await start()).status).to.equal(200);
      emulator.switches.deviceFlow = 'none';
      expect((await start()).body).to.equal(uninstalled);
      emulator.switches.deviceFlow = 'all';
      app.flows.device = false;
      expect((await start()).body).to.equal(refusal('invalid_request', 'device flow not enabled'));
      expect((await start({ client_id: 'x' })).body).to.equal(
        refusal('invalid_client_id', 'client identifier invalid')
      );
      expect((await start({}, 'login')).body).to.contain('app_not_found');
    });

    it('needs a secret when switched', async () => {
      const code = answerOf(await start())['device_code'] ?? '';
      emulator.switches.deviceSecret = 'required';
      expect((await poll(code)).body).to.equal(refusal('invalid_client', 'invalid client credentials'));
      expect((await poll(code, { client_secret: app.clientSecret })).body).to.equal(refusal('authorization_pending'));
    });
  });

  describe('refresh_token', () => {
    const refresh = (token: string, changes: Form = {}): Promise<Answered> =>
      postToken(emulator, {
        ...{ grant_type: 'refresh_token', refresh_token: token },
        ...{ client_id: app.clientId, client_secret: app.clientSecret },
        ...changes,
      });
    const held = async (): Promise<string> =>
      answerOf(await postToken(emulator, exchange(await newCode({ scope: 'api refresh_token' }))))['refresh_token'] ??
      '';
    const expired = refusal('invalid_grant', 'expired access/refresh token');

    it('keeps the scopes and the token, unless the app rotates', async () => {
      const token = await held();
      const success = answerOf(await refresh(token));
      const keys = 'access_token signature scope instance_url id token_type issued_at';
      expect(Object.keys(success)).to.deep.equal(keys.split(' '));
      expect(success['scope']).to.equal('api refresh_token');
      app.flows.refreshTokenRotation = true;
      const rotated = answerOf(await refresh(token))['refresh_token'] ?? '';
      expect(rotated).to.not.equal(token);
      expect((await refresh(token)).body).to.equal(expired);
      expect((await refresh(rotated)).status).to.equal(200);
    });

    it('needs the secret, unless the app does not', async () => {
      const token = await held();
      const without = { grant_type: 'refresh_token', refresh_token: token, client_id: app.clientId };
      expect((await postToken(emulator, without)).body).to.equal(
        refusal('invalid_client', 'invalid client credentials')
      );
      app.flows.secretRequiredForRefresh = false;
      expect((await postToken(emulator, without)).status).to.equal(200);
    });

    const refusals: Array<[string, () => void, Form, string]> = [
      ['another token', () => undefined, { refresh_token: 'x' }, expired],
      ['a scope', () => undefined, { scope: 'api' }, refusal('invalid_request', 'scope parameter not supported')],
      ['an inactive user', () => void (user.active = false), {}, refusal('invalid_grant', 'inactive user')],
      ['a policy of no refresh tokens', () => void (app.refreshToken.policy = 'Zero'), {}, expired],
      ['one too old', () => emulator.org.passTime(366 * 24 * 60), {}, expired],
    ];
    for (const [what, spoil, changes, body] of refusals) {
      it(`refuses ${what}`, async () => {
        const token = await held();
        spoil();
        expect((await refresh(token, changes)).body).to.equal(body);
      });
    }

    it('counts inactivity from the last use', async () => {
      const token = await held();
      app.refreshToken = { policy: 'SpecificInactivity', period: 2, unit: 'Hours' };
      for (const minutes of [119, 119]) {
        emulator.org.passTime(minutes);
        expect((await refresh(token)).status).to.equal(200);
      }
      emulator.org.passTime(121);
      expect((await refresh(token)).body).to.equal(expired);
    });
  });

  it('jsforce, which was written without knowing this org, completes the web server flow of stock sf, refreshes and revokes', async () => {
    const core = createRequire(createRequire(import.meta.url).resolve('@salesforce/core'));
    type Client = {
      getAuthorizationUrl: (options: Form) => string;
      requestToken: (code: string) => Promise<Form>;
      refreshToken: (token: string) => Promise<Form>;
      revokeToken: (token: string) => Promise<void>;
    };
    const { OAuth2 } = core('@jsforce/jsforce-node') as { OAuth2: new (options: object) => Client };
    const undo = trustInProcess(emulator.tlsCertificate);
    try {
      const options = { loginUrl: emulator.loginUrl, clientId: 'PlatformCLI', redirectUri: callback };
      const client = new OAuth2({ ...options, useVerifier: true });
      const url = new URL(client.getAuthorizationUrl({ state: 's', scope: 'refresh_token api web', prompt: 'login' }));
      emulator.switches.consent = 'approve';
      emulator.switches.consentAs = example.admin;
      const { values } = landed(await send(emulator, url.pathname + url.search, { face: 'login' }));
      const tokens = await client.requestToken(values['code'] ?? '');
      expect(tokens).to.include.keys('access_token', 'refresh_token');
      expect(tokens['id']).to.contain(emulator.org.user(example.admin)?.id);
      const renewed = await client.refreshToken(tokens['refresh_token'] ?? '');
      await client.revokeToken(tokens['refresh_token'] ?? '');
      const headers = bearer(renewed['access_token'] ?? '');
      expect((await send(emulator, '/services/oauth2/userinfo', { headers })).body).to.equal('Bad_OAuth_Token');
      const named = await client.revokeToken(tokens['refresh_token'] ?? '').catch((error: Error) => error.name);
      expect(named).to.equal('invalid_token');
      const failed = await client.requestToken(values['code'] ?? '').catch((error: Error) => error.message);
      expect(failed).to.equal('expired authorization code');
    } finally {
      undo();
    }
  });
});
