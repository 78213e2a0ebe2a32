import { expect } from 'chai';
import { example, presets } from './index.ts';
import type { App, Emulator } from './index.ts';
import { openFlows } from './open-flows.ts';
import { passwordOf, securityTokenOf } from './grants/person.ts';
import { accessToken, assertionOf, bearer, postToken, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

type Form = Record<string, string>;

/** What becomes of a token: introspection and revocation. */
describe('emulator: introspect and revoke', () => {
  let emulator: Emulator;
  let app: App;
  beforeEach(async () => {
    ({ emulator, app } = await openFlows());
  });
  afterEach(() => emulator.stop());

  const post = (path: string, form: Form, headers: Form = {}): Promise<Answered> =>
    send(emulator, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  const ask = (token: string, by: Pick<App, 'clientId' | 'clientSecret'> = app): Promise<Answered> =>
    post('/services/oauth2/introspect', { token, client_id: by.clientId, client_secret: by.clientSecret });
  const usable = async (token: string): Promise<boolean> =>
    (await send(emulator, '/services/oauth2/userinfo', { headers: bearer(token) })).status === 200;
  const refreshable = async (): Promise<Form> => {
    emulator.switches.consent = 'approve';
    const wish = { response_type: 'token', client_id: app.clientId, redirect_uri: app.callbackUrls[0] ?? '' };
    const query = new URLSearchParams({ ...wish, login_hint: example.username }).toString();
    const { headers } = await send(emulator, `/services/oauth2/authorize?${query}`);
    return Object.fromEntries(new URLSearchParams(new URL(String(headers.location)).hash.slice(1)));
  };
  const inactive = '{"active":false}';
  const badClient = '{"error":"invalid_client","error_description":"invalid client credentials"}';

  describe('introspect', () => {
    it('tells nine keys of an active access token, to a secret in the body or by Basic', async () => {
      const token = await accessToken(emulator);
      const { status, body } = await ask(token);
      expect(status).to.equal(200);
      const answer = JSON.parse(body) as Record<string, unknown>;
      const keys = 'active scope client_id username sub token_type exp iat nbf';
      expect(Object.keys(answer)).to.deep.equal(keys.split(' '));
      expect(answer).to.include({
        ...{ active: true, username: example.username, client_id: app.clientId, token_type: 'access_token' },
        scope: 'api web refresh_token openid',
      });
      expect(Number(answer['exp']) - Number(answer['iat'])).to.be.within(299, 302);
      const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
      const again = await post('/services/oauth2/introspect', { token }, { Authorization: `Basic ${basic}` });
      expect(again.body).to.contain('"active":true');
    });

    it('tells a refresh token from an access token', async () => {
      const { refresh_token: token = '' } = await refreshable();
      expect(JSON.parse((await ask(token)).body)).to.include({ active: true, token_type: 'refresh_token' });
    });

    it('says active false, and no more, of what expired, was revoked, never was, or lost its user', async () => {
      expect((await ask('x')).body).to.equal(inactive);
      const token = await accessToken(emulator);
      await post('/services/oauth2/revoke', { token });
      expect((await ask(token)).body).to.equal(inactive);
      const second = await accessToken(emulator);
      emulator.org.expireTokens();
      expect((await ask(second)).body).to.equal(inactive);
      const third = await accessToken(emulator);
      const user = emulator.org.user(example.username);
      if (!user) throw new Error('no user');
      user.frozen = true;
      expect((await ask(third)).body).to.equal(inactive);
      user.frozen = false;
      emulator.switches.sessionTimeout = 'enforced';
      expect((await ask(third)).body).to.contain('"active":true');
      emulator.org.passTime(6);
      expect((await ask(third)).body).to.equal(inactive);
    });

    it("says active false of another app's token, unless the app may introspect all, or the switch says so", async () => {
      const other = emulator.org.addApp({ clientId: 'other' });
      const token = await accessToken(emulator);
      expect((await ask(token, other)).body).to.equal(inactive);
      other.flows.introspectAllTokens = true;
      expect((await ask(token, other)).body).to.contain('"active":true');
      other.flows.introspectAllTokens = false;
      emulator.switches.introspectForeignToken = 'active';
      expect((await ask(token, other)).body).to.contain('"active":true');
    });

    it('says active false of a token of the password grant', async () => {
      presets['app-is-a-connected-app'](emulator);
      const user = emulator.org.user(example.username);
      if (!user) throw new Error('no user');
      const granted = await postToken(emulator, {
        ...{ grant_type: 'password', client_id: app.clientId, client_secret: app.clientSecret },
        ...{ username: user.username, password: passwordOf(user) + securityTokenOf(user) },
      });
      const { access_token: token = '' } = JSON.parse(granted.body) as Form;
      expect(await usable(token)).to.equal(true);
      expect((await ask(token)).body).to.equal(inactive);
    });

    it('takes a signed client assertion only when switched', async () => {
      const token = await accessToken(emulator);
      const claims = { iss: app.clientId, sub: app.clientId, aud: emulator.myDomainUrl };
      const form = {
        token,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertionOf({ ...claims, exp: Math.floor(Date.now() / 1000) + 60 }),
      };
      expect((await post('/services/oauth2/introspect', form)).body).to.equal(badClient);
      emulator.switches.introspectClientAssertion = 'accept';
      expect((await post('/services/oauth2/introspect', form)).body).to.contain('"active":true');
    });

    it('refuses an unknown client, a wrong secret, none, and a request without a token', async () => {
      for (const by of [{ clientId: 'x' }, { clientSecret: 'x' }]) {
        const { status, body } = await ask('t', { ...app, ...by });
        expect([status, body]).to.deep.equal([400, badClient]);
      }
      expect((await post('/services/oauth2/introspect', { token: 't', client_id: app.clientId })).body).to.equal(
        badClient
      );
      const form = { client_id: app.clientId, client_secret: app.clientSecret };
      expect((await post('/services/oauth2/introspect', form)).body).to.contain('"error":"invalid_request"');
      expect((await send(emulator, '/services/oauth2/introspect')).status).to.equal(405);
    });
  });

  describe('revoke', () => {
    it('ends an access token by POST, GET and script, with 200 and nothing or a script', async () => {
      const ways: Array<[(token: string) => Promise<Answered>, string]> = [
        [(token) => post('/services/oauth2/revoke', { token, revoke_reason: 'test' }), ''],
        [(token) => send(emulator, `/services/oauth2/revoke?token=${encodeURIComponent(token)}`), ''],
        [
          (token) => send(emulator, `/services/oauth2/revoke?callback=done&token=${encodeURIComponent(token)}`),
          'done({});',
        ],
      ];
      for (const [revoke, answer] of ways) {
        const token = await accessToken(emulator);
        expect(await usable(token)).to.equal(true);
        const { status, body } = await revoke(token);
        expect([status, body]).to.deep.equal([200, answer]);
        expect(await usable(token)).to.equal(false);
      }
    });

    it('a refresh token takes its access tokens with it, and no others', async () => {
      const { refresh_token: refresh = '', access_token: token = '' } = await refreshable();
      const other = await accessToken(emulator);
      expect((await post('/services/oauth2/revoke', { token: refresh })).status).to.equal(200);
      expect([await usable(token), await usable(other)]).to.deep.equal([false, true]);
      const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: app.clientId };
      expect((await postToken(emulator, { ...form, client_secret: app.clientSecret })).body).to.contain(
        'expired access/refresh token'
      );
    });

    it('refuses what was revoked before and what is no token, as a form, as JSON when switched, or as a script', async () => {
      const token = await accessToken(emulator);
      await post('/services/oauth2/revoke', { token });
      const again = await post('/services/oauth2/revoke', { token });
      expect([again.status, again.headers['content-type']]).to.deep.equal([
        400,
        'application/x-www-form-urlencoded;charset=UTF-8',
      ]);
      expect(again.body).to.equal('error=invalid_token&error_description=invalid+token');
      expect((await post('/services/oauth2/revoke', { token: 'x' })).body).to.match(/^error=unsupported_token_type&/);
      const script = await send(emulator, `/services/oauth2/revoke?callback=a.b&token=${encodeURIComponent(token)}`);
      expect(script.body).to.equal('a.b({"error":"invalid_token"});');
      expect(script.headers['content-type']).to.equal('application/javascript;charset=UTF-8');
      emulator.switches.revokeErrorEncoding = 'json';
      expect((await post('/services/oauth2/revoke', { token })).body).to.equal(
        '{"error":"invalid_token","error_description":"invalid token"}'
      );
    });

    it('writes no script for a callback that is no name', async () => {
      const { headers, body } = await send(emulator, '/services/oauth2/revoke?callback=alert(1)//&token=x');
      expect(headers['content-type']).to.not.contain('javascript');
      expect(body).to.not.contain('alert');
    });
  });
});
