import { expect } from 'chai';
import { example, presets } from './index.ts';
import type { App, Emulator, User } from './index.ts';
import { openFlows } from './open-flows.ts';
import { passwordOf, securityTokenOf } from './grants/person.ts';
import { tokenHandlers } from './grants/token-exchange.ts';
import { accessToken, assertionOf, bearer, postToken, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

const answerOf = ({ body }: Answered): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

/** Grants in which no person takes part. */
describe('emulator: grants of a server', () => {
  let emulator: Emulator;
  let app: App;
  let user: User;
  beforeEach(async () => {
    ({ emulator, app, user } = await openFlows());
  });
  afterEach(() => emulator.stop());

  const basic = (id: string, secret: string): Record<string, string> => ({
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
  });

  describe('client_credentials', () => {
    const form = (): Record<string, string> => ({
      grant_type: 'client_credentials',
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });

    it('answers the run-as user with eight keys in their order, without a refresh token, to a secret in the body', async () => {
      const success = answerOf(await postToken(emulator, form()));
      const keys = 'access_token signature scope instance_url id token_type issued_at api_instance_url';
      expect(Object.keys(success)).to.deep.equal(keys.split(' '));
      expect(success).to.include({ scope: 'api web openid', token_type: 'Bearer' });
      expect(success['api_instance_url']).to.equal('https://api.salesforce.com');
      const headers = bearer(String(success['access_token']));
      const identity = await send(emulator, new URL(String(success['id'])).pathname, { headers });
      expect(answerOf(identity)).to.include({ username: example.username });
    });

    it('takes the secret by HTTP Basic, form-encoded as RFC 6749 asks', async () => {
      app.clientSecret = 'a:b %+é';
      const body = 'grant_type=client_credentials';
      const ask = (secret: string): Promise<Answered> =>
        send(emulator, '/services/oauth2/token', { method: 'POST', headers: basic(app.clientId, secret), body });
      expect((await ask(app.clientSecret)).status).to.equal(200);
      const wrong = await ask('a:b');
      expect([wrong.status, wrong.body]).to.deep.equal([
        400,
        '{"error":"invalid_client","error_description":"invalid client credentials"}',
      ]);
    });

    const refusals: Array<[string, () => void, Record<string, string>, string, string]> = [
      ['an unknown client', () => undefined, { client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
      ['a wrong secret', () => undefined, { client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
      ['a scope', () => undefined, { scope: 'api' }, 'invalid_request', 'scope parameter not supported'],
      [
        'the flow off in the settings',
        () => void (app.flows.clientCredentials = false),
        {},
        'invalid_grant',
        'client credentials flow not enabled',
      ],
      [
        'the flow off in the policy',
        () => void (app.flows.clientCredentialsPolicy = false),
        {},
        'invalid_grant',
        'client credentials flow not enabled',
      ],
      [
        'no run-as user',
        () => void (app.flows.clientCredentialsUser = undefined),
        {},
        'invalid_grant',
        'no client credentials user enabled',
      ],
      [
        'no scope but the refresh token',
        () => void (app.scopes = ['refresh_token']),
        {},
        'invalid_grant',
        'no valid scopes defined',
      ],
      ['full alone', () => void (app.scopes = ['full']), {}, 'invalid_grant', 'no valid scopes defined'],
      [
        'a run-as user without the permission set',
        () => void (user.permissionSets = []),
        {},
        'invalid_app_access',
        'user is not admin approved to access this app',
      ],
      [
        'a disabled app',
        () => void (app.enabled = false),
        {},
        'app_not_found',
        'External client app is not installed in this org',
      ],
      [
        'an app that is not installed',
        () => void (app.installed = false),
        {},
        'invalid_client',
        'app must be installed into org',
      ],
      ['an inactive run-as user', () => void (user.active = false), {}, 'invalid_grant', 'inactive user'],
      ['a restricted address', () => void (user.ipRestricted = true), {}, 'invalid_grant', 'ip restricted'],
      ['too many logins', () => void (emulator.org.facts.loginLimit = 0), {}, 'invalid_grant', 'login rate exceeded'],
    ];
    for (const [what, spoil, changes, error, description] of refusals) {
      it(`refuses ${what}: ${description}`, async () => {
        spoil();
        const { status, body } = await postToken(emulator, { ...form(), ...changes });
        expect(status).to.equal(400);
        expect(body).to.equal(JSON.stringify({ error, error_description: description }));
      });
    }

    it('full alone serves when switched, and every text is a switch', async () => {
      app.scopes = ['full'];
      emulator.switches.fullScopeIsEnough = true;
      expect((await postToken(emulator, form())).status).to.equal(200);
      app.flows.clientCredentialsUser = undefined;
      emulator.switches.flowErrors.noRunAsUser = 'invalid_request: other words';
      expect((await postToken(emulator, form())).body).to.equal(
        '{"error":"invalid_request","error_description":"other words"}'
      );
    });
  });

  describe('password', () => {
    const form = (): Record<string, string> => ({
      grant_type: 'password',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      username: example.username,
      password: passwordOf(user) + securityTokenOf(user),
    });
    const refused = '{"error":"invalid_grant","error_description":"authentication failure"}';

    it('answers a connected app, where the org allows it, with six keys and no refresh token', async () => {
      presets['app-is-a-connected-app'](emulator);
      const success = answerOf(await postToken(emulator, form(), 'login'));
      const keys = 'access_token instance_url id token_type issued_at signature';
      expect(Object.keys(success)).to.deep.equal(keys.split(' '));
      expect(success['issued_at']).to.match(/^\d{13}$/);
    });

    it('has one text for a blocked flow, an external client app, a wrong password and an unknown user', async () => {
      expect((await postToken(emulator, form())).body).to.equal(refused);
      presets['app-is-a-connected-app'](emulator);
      const wrong: Array<Record<string, string>> = [{ password: passwordOf(user) }, { username: 'nobody@acme.com' }];
      for (const changes of wrong) {
        expect((await postToken(emulator, { ...form(), ...changes })).body).to.equal(refused);
      }
      expect((await postToken(emulator, form())).status).to.equal(200);
      emulator.switches.passwordFlow = 'blocked';
      expect((await postToken(emulator, form())).body).to.equal(refused);
    });

    it('needs no security token when switched', async () => {
      presets['app-is-a-connected-app'](emulator);
      emulator.switches.securityTokenNeeded = false;
      expect((await postToken(emulator, { ...form(), password: passwordOf(user) })).status).to.equal(200);
    });
  });

  describe('token exchange', () => {
    const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const type = (name: string): string => `urn:ietf:params:oauth:token-type:${name}`;

    it('gives an asset token for an access token and an actor token', async () => {
      const form = {
        ...{ grant_type: grant, subject_token_type: type('access_token'), subject_token: await accessToken(emulator) },
        ...{ actor_token_type: type('jwt'), actor_token: assertionOf({ did: 'lamp-1' }) },
      };
      const success = answerOf(await postToken(emulator, form));
      const { access_token: token, ...rest } = success;
      expect(rest).to.deep.equal({ issued_token_type: type('jwt'), token_type: 'Bearer', expires_in: 60 });
      const { createLocalJWKSet, jwtVerify } = await import('jose');
      const keys = JSON.parse((await send(emulator, '/id/keys')).body) as Parameters<typeof createLocalJWKSet>[0];
      expect((await jwtVerify(String(token), createLocalJWKSet(keys))).payload['act']).to.include({ did: 'lamp-1' });

      const refusals: Array<[Record<string, string>, string]> = [
        [{ subject_token_type: type('jwt') }, 'invalid token exchange request'],
        [{ subject_token: 'x' }, 'invalid subject token'],
        [{ actor_token: assertionOf({ did: 'lamp-1' }, 'other2048.key') }, 'invalid actor token'],
      ];
      for (const [changes, description] of refusals) {
        const { body } = await postToken(emulator, { ...form, ...changes });
        expect(body).to.equal(JSON.stringify({ error: 'invalid_request', error_description: description }));
      }
      app.flows.assetTokens = false;
      expect((await postToken(emulator, form)).body).to.contain('token exchange flow not enabled');
    });

    it('gives an access token for what a handler takes, and its words for what it refuses', async () => {
      tokenHandlers(emulator.org).set('Okta', (token) =>
        token === 'good' ? { username: example.username } : { error: 'invalid_grant', error_description: 'not ours' }
      );
      const form = (subject: string, name = 'jwt'): Record<string, string> => ({
        ...{ grant_type: grant, token_handler: 'Okta', subject_token: subject, subject_token_type: type(name) },
        ...{ client_id: app.clientId, client_secret: app.clientSecret },
      });
      const success = answerOf(await postToken(emulator, form('good')));
      expect(Object.keys(success)).to.deep.equal(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
      for (const name of ['access_token', 'refresh_token', 'id_token', 'saml2']) {
        expect((await postToken(emulator, form('good', name))).status).to.equal(200);
      }
      expect((await postToken(emulator, form('bad'))).body).to.equal(
        '{"error":"invalid_grant","error_description":"not ours"}'
      );
      expect((await postToken(emulator, form('good', 'cookie'))).body).to.contain('invalid token exchange request');
      app.flows.tokenExchange = false;
      expect((await postToken(emulator, form('good'))).body).to.contain('token exchange flow not enabled');
    });
  });
});
