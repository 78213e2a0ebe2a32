import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { App, Emulator, Face, PresetName, User } from './index.ts';
import { commit, draftOf } from './metadata/store.ts';
import {
  accessToken,
  assertionOf,
  bearer,
  fixture,
  jwtBearerGrant,
  logIn,
  postToken,
  rightClaims,
  send,
} from './test-client.ts';
import type { Claims } from './test-client.ts';

describe('emulator: switches', () => {
  let emulator: Emulator;
  let app: App;
  let user: User;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    app = emulator.org.app(example.clientId) as App;
    user = emulator.org.user(example.username) as User;
  });
  afterEach(() => emulator.stop());

  /** `ok`, or the description of the refusal. */
  const outcome = async (claims: Claims = {}, face: Face = 'my-domain'): Promise<string> => {
    const { status, body } = await logIn(emulator, claims, face);
    return status === 200 ? 'ok' : (JSON.parse(body) as { error_description: string }).error_description;
  };

  it('answers decide what the org says about a situation', async () => {
    const { answers } = emulator.switches;
    user.frozen = true;
    expect(await outcome()).to.equal("user hasn't approved this consumer");
    answers.frozenUser = 'E3';
    expect(await outcome()).to.equal('invalid assertion');
    answers.frozenUser = 'accept';
    expect(await outcome()).to.equal('ok');
  });

  it('a user pre-authorised by profile alone logs in', async () => {
    user.permissionSets = [];
    expect(await outcome()).to.equal('user is not admin approved to access this app');
    app.profiles = [user.profile];
    expect(await outcome()).to.equal('ok');
  });

  it('a user who approved a self-authorised app logs in', async () => {
    app.permittedUsers = 'self-authorize';
    app.approvals.add('Integration@ACME.com');
    expect(await outcome()).to.equal('ok');
  });

  it('an app whose certificate has expired still works, unless switched', async () => {
    emulator.faults.set({ kind: 'clockOffset', seconds: 101 * 365 * 86_400 });
    const exp = Math.floor(Date.now() / 1000) + 101 * 365 * 86_400 + 60;
    expect(await outcome({ exp })).to.equal('ok');
    emulator.switches.answers.expiredCertificate = 'E3';
    expect(await outcome({ exp })).to.equal('invalid assertion');
  });

  it('an assertion may be used again, unless switched', async () => {
    const form = { grant_type: jwtBearerGrant, assertion: assertionOf(rightClaims(emulator)) };
    expect((await postToken(emulator, form)).status).to.equal(200);
    expect((await postToken(emulator, form)).status).to.equal(200);
    emulator.switches.answers.replayed = 'E3';
    expect((await postToken(emulator, form)).body).to.contain('invalid assertion');
  });

  it('parameters in the query string are refused, unless switched', async () => {
    const query = new URLSearchParams({ grant_type: jwtBearerGrant, assertion: assertionOf(rightClaims(emulator)) });
    const path = `/services/oauth2/token?${query.toString()}`;
    expect((await send(emulator, path, { method: 'POST' })).body).to.contain('unsupported_grant_type');
    emulator.switches.queryParameters = 'accept';
    expect((await send(emulator, path, { method: 'POST' })).status).to.equal(200);
  });

  it('format changes the output only when switched', async () => {
    const ask = (format: string): Promise<{ body: string }> => postToken(emulator, { grant_type: 'magic', format });
    expect((await ask('xml')).body).to.match(/^\{"error"/);
    emulator.switches.formatParameter = 'honour';
    expect((await ask('urlencoded')).body).to.equal(
      'error=unsupported_grant_type&error_description=grant+type+not+supported'
    );
    expect((await ask('xml')).body).to.contain('<OAuth><error>unsupported_grant_type</error>');
  });

  it('the host of id is the login face, the real login host, or the My Domain', async () => {
    const host = async (): Promise<string> =>
      new URL((JSON.parse((await logIn(emulator)).body) as { id: string }).id).origin;
    expect(await host()).to.equal(emulator.loginUrl);
    emulator.switches.idHost = 'salesforce';
    expect(await host()).to.equal('https://login.salesforce.com');
    emulator.org.facts.kind = 'scratch';
    expect(await host()).to.equal('https://test.salesforce.com');
    emulator.switches.idHost = 'my-domain';
    expect(await host()).to.equal(emulator.myDomainUrl);
  });

  it('extra keys of a success come only when switched', async () => {
    Object.assign(emulator.switches, { extraSuccessKeys: true, apiInstanceUrl: true, scopeListsRefreshToken: true });
    const success = JSON.parse((await logIn(emulator)).body) as Record<string, string>;
    expect(success).to.include.keys('signature', 'issued_at', 'api_instance_url');
    expect(success['scope']).to.equal('api web refresh_token');
  });

  it('a token in JWT format is signed by the key at jwks_uri and serves like any other', async () => {
    app.tokenFormat = 'jwt';
    const success = JSON.parse((await logIn(emulator)).body) as { access_token: string; token_format: string };
    expect(success.token_format).to.equal('jwt');
    const { createLocalJWKSet, jwtVerify } = await import('jose');
    const keys = JSON.parse((await send(emulator, '/id/keys')).body) as Parameters<typeof createLocalJWKSet>[0];
    const { payload } = await jwtVerify(success.access_token, createLocalJWKSet(keys), {
      issuer: emulator.myDomainUrl,
    });
    expect(payload['client_id']).to.equal(example.clientId);
    expect((await send(emulator, '/services/data/v68.0', { headers: bearer(success.access_token) })).status).to.equal(
      200
    );
  });

  it('one token too many revokes the oldest, where a limit is set', async () => {
    emulator.switches.tokensPerUserAndApp = 2;
    const tokens = [await accessToken(emulator), await accessToken(emulator), await accessToken(emulator)];
    const statuses = tokens.map(
      async (token) => (await send(emulator, '/services/data/v68.0', { headers: bearer(token) })).status
    );
    expect(await Promise.all(statuses)).to.deep.equal([401, 200, 200]);
  });

  it('an org that the login host does not serve answers E1 there', async () => {
    app.kind = 'connected-app';
    emulator.org.facts.servedByLoginHost = false;
    expect(await outcome({ aud: emulator.loginUrl }, 'login')).to.equal("user hasn't approved this consumer");
    expect(await outcome({ aud: emulator.loginUrl })).to.equal('ok');
  });

  const situations: Array<[PresetName, string]> = [
    ['no-certificate', 'invalid assertion'],
    ['jwt-flow-off', 'invalid assertion'],
    ['app-just-changed', 'client identifier invalid'],
    ['app-oauth-off', 'External client app is not installed in this org'],
    ['app-blocked', 'user is not admin approved to access this app'],
    ['user-unknown', "user hasn't approved this consumer"],
    ['user-frozen', "user hasn't approved this consumer"],
    ['user-without-api', 'ok'],
  ];
  for (const [name, text] of situations) {
    it(`preset ${name} is answered with: ${text}`, async () => {
      presets[name](emulator);
      expect(await outcome()).to.equal(text);
    });
  }

  it('a changed app is known once its change has spread', async () => {
    presets['app-just-changed'](emulator);
    emulator.switches.answers.notYetKnown = 'E7';
    expect(await outcome()).to.equal('External client app is not installed in this org');
    app.changedAt -= 901_000;
    expect(await outcome()).to.equal('ok');
  });

  it('the certificate of before may stay in force for a while', async () => {
    const draft = draftOf(emulator.org);
    draft.apps[0]!.certificate = fixture('other2048.crt');
    commit(emulator.org, draft, Date.now());
    expect(await outcome()).to.equal('invalid assertion');
    emulator.switches.certificateSpreadSeconds = 600;
    expect(await outcome()).to.equal('ok');
    emulator.org.formerCertificates.get(app.id)![0]!.replacedAt -= 601_000;
    expect(await outcome()).to.equal('invalid assertion');
  });

  it('a permission set group pre-authorises who has it', async () => {
    emulator.org.permissionSetGroups.set('SOC', user.permissionSets);
    user.permissionSets = ['SOC'];
    expect(await outcome()).to.equal('ok');
    emulator.org.permissionSetGroups.set('SOC', []);
    expect(await outcome()).to.equal('user is not admin approved to access this app');
  });

  it('statuses and headers that are not certain can be changed', async () => {
    const { switches, org } = emulator;
    const token = await accessToken(emulator);
    const version = '/services/data/v68.0';
    Object.assign(switches, {
      invalidAuthHeaderStatus: 400,
      wwwAuthenticate: true,
      badIdStatus: 404,
      apiDisabledStatus: 401,
    });
    Object.assign(switches, {
      tokenWrongMethod: 405,
      invalidClientStatus: 401,
      noStoreOnSuccess: false,
      identityScope: 'require',
    });
    expect((await send(emulator, version, { headers: { Authorization: 'x' } })).status).to.equal(400);
    expect((await send(emulator, version)).headers['www-authenticate']).to.equal('Token');
    expect((await send(emulator, '/services/oauth2/token')).status).to.equal(405);
    const { body } = await send(emulator, '/services/oauth2/userinfo', { headers: bearer(token) });
    expect(body).to.equal('Invalid_Scope');
    org.tokens.forEach(({ scopes }) => scopes.push('openid'));
    const otherUser = `/id/${org.id}/${org.user(example.admin)?.id}`;
    expect((await send(emulator, otherUser, { headers: bearer(token) })).status).to.equal(404);
    expect((await logIn(emulator)).headers).not.to.have.property('cache-control');
    user.permissions.apiEnabled = false;
    expect((await send(emulator, version, { headers: bearer(token) })).status).to.equal(401);
    app.installed = false;
    expect((await logIn(emulator)).status).to.equal(401);
  });

  it('a final full stop follows E8 only when switched', async () => {
    app.scopes = ['api'];
    emulator.switches.finalFullStop = true;
    expect(await outcome()).to.match(/preauthorized\.$/);
  });
});
