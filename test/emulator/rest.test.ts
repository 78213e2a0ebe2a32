import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { accessToken, bearer, fixture, send } from './test-client.ts';

const expired = '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]';

describe('emulator: identity, discovery and REST', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    token = await accessToken(emulator);
  });
  afterEach(() => emulator.stop());

  const get = async (path: string, headers: Record<string, string> = bearer(token)): Promise<[number, string]> => {
    const { status, body } = await send(emulator, path, { headers });
    return [status, body];
  };
  describe('with a bad token', () => {
    for (const path of ['/services/data/v68.0', '/services/data/v68.0/limits', '/services/data/v68.0/query?q=x']) {
      it(`${path} answers 401 INVALID_SESSION_ID`, async () => {
        expect(await get(path, bearer('00D5g00000Acme1!AQwrong'))).to.deep.equal([401, expired]);
        expect(await get(path, {})).to.deep.equal([401, expired]);
      });
    }

    it('REST refuses a header that is no bearer token', async () => {
      const body = '[{"message":"INVALID_HEADER_TYPE","errorCode":"INVALID_AUTH_HEADER"}]';
      expect(await get('/services/data/v68.0', { Authorization: 'Basic abc' })).to.deep.equal([401, body]);
    });

    for (const path of ['/services/oauth2/userinfo', '/id/00D5g00000Acme1EAB/0055g0000000002AAA']) {
      it(`${path} answers 403 in plain text`, async () => {
        expect(await get(path, bearer('wrong'))).to.deep.equal([403, 'Bad_OAuth_Token']);
        expect(await get(path, {})).to.deep.equal([403, 'Missing_OAuth_Token']);
      });
    }

    it('a token stops serving when it expires, and when its user is frozen', async () => {
      const own = await accessToken(emulator);
      emulator.org.expireTokens();
      expect(await get('/services/data/v68.0', bearer(own))).to.deep.equal([401, expired]);
      token = await accessToken(emulator);
      const user = emulator.org.user(example.username);
      if (user) user.frozen = true;
      expect(await get('/services/data/v68.0')).to.deep.equal([401, expired]);
      expect(await get('/services/oauth2/userinfo')).to.deep.equal([403, 'Bad_OAuth_Token']);
    });

    it('a token without the scope api, and a user without API Enabled, are refused by REST', async () => {
      const issued = emulator.org.tokens.find(({ value }) => value === token);
      if (!issued) throw new Error('the org lost the token');
      issued.scopes = ['web'];
      const body =
        '[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]';
      expect(await get('/services/data/v68.0')).to.deep.equal([401, body]);
      issued.scopes = ['api'];
      issued.user.permissions.apiEnabled = false;
      const disabled =
        '[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]';
      expect(await get('/services/data/v68.0')).to.deep.equal([403, disabled]);
    });
  });

  it('userinfo by GET and POST names user and org', async () => {
    for (const method of ['GET', 'POST']) {
      const { status, body } = await send(emulator, '/services/oauth2/userinfo', { method, headers: bearer(token) });
      expect(status).to.equal(200);
      const info = JSON.parse(body) as Record<string, unknown>;
      expect(info).to.deep.include({
        organization_id: emulator.org.id,
        preferred_username: example.username,
        active: true,
      });
      expect((info['urls'] as Record<string, string>)['custom_domain']).to.equal(emulator.myDomainUrl);
    }
  });

  it('the identity URL can be followed, and knows its org and user', async () => {
    const user = emulator.org.user(example.username);
    const admin = emulator.org.user(example.admin);
    const path = `/id/${emulator.org.id}/${user?.id}`;
    const { status, body } = await send(emulator, path, { face: 'login', headers: bearer(token) });
    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.include({
      username: example.username,
      user_id: user?.id,
      id: `${emulator.loginUrl}${path}`,
    });
    expect(await get(`/id/00D000000000001/${user?.id}`)).to.deep.equal([403, 'Wrong_Org']);
    expect(await get(`/id/${emulator.org.id}/${admin?.id}`)).to.deep.equal([403, 'Bad_Id']);
  });

  it('auth-configuration names the org at the My Domain, and is unknown at the login host', async () => {
    const path = '/.well-known/auth-configuration';
    const [status, body] = await get(path, {});
    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.deep.include({ OrgId: emulator.org.id, Url: emulator.myDomainUrl });
    expect((await send(emulator, path, { face: 'login' })).status).to.equal(404);
  });

  it('openid-configuration: each host speaks of itself', async () => {
    for (const face of ['my-domain', 'login'] as const) {
      const { body } = await send(emulator, '/.well-known/openid-configuration', { face });
      const base = face === 'login' ? emulator.loginUrl : emulator.myDomainUrl;
      expect(JSON.parse(body)).to.include({ issuer: base, token_endpoint: `${base}/services/oauth2/token` });
    }
  });

  it('the list of versions needs no login, ascends, and is XML for a browser', async () => {
    const [status, body] = await get('/services/data', {});
    expect(status).to.equal(200);
    const list = JSON.parse(body) as Array<{ version: string }>;
    expect(list[0]).to.deep.equal({ label: "Winter '11", url: '/services/data/v20.0', version: '20.0' });
    expect(list.at(-1)).to.deep.equal({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    expect(list.map(({ version }) => Number(version))).to.deep.equal(Array.from(list, (_, i) => 20 + i));
    expect((await get('/services/data', { Accept: 'text/html,application/xhtml+xml' }))[1]).to.match(
      /^<\?xml .*<Versions>/
    );
  });

  it('limits need View Setup', async () => {
    expect((await get('/services/data/v68.0/limits'))[0]).to.equal(403);
    const user = emulator.org.user(example.username);
    if (user) user.permissions.viewSetup = true;
    const [status, body] = await get('/services/data/v68.0/limits');
    expect(status).to.equal(200);
    expect((JSON.parse(body) as Record<string, unknown>)['DailyApiRequests']).to.deep.equal({
      Max: 100000,
      Remaining: 99000,
    });
  });

  it('unknown paths, unknown versions and REST at the login host are 404', async () => {
    const body = '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]';
    for (const path of ['/', '/services/data/v99.0', '/services/data/v68.0/nothing', '//services/oauth2/token']) {
      expect(await get(path)).to.deep.equal([404, body]);
    }
    expect((await send(emulator, '/services/data', { face: 'login' })).body).to.equal(body);
  });

  it('a wrong method is 405', async () => {
    const { status, body, headers } = await send(emulator, '/services/data', { method: 'DELETE' });
    expect([status, headers.allow]).to.deep.equal([405, 'GET,HEAD']);
    expect(body).to.contain('"errorCode":"METHOD_NOT_ALLOWED"');
    expect((await send(emulator, '/services/oauth2/userinfo', { method: 'PUT' })).status).to.equal(405);
  });

  it('a body of more than a megabyte is 413', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `grant_type=${'x'.repeat(1_000_000)}`;
    expect((await send(emulator, '/services/oauth2/token', { method: 'POST', headers, body })).status).to.equal(413);
  });

  it('a bug of the emulator says that it is one', async () => {
    const rows = (): never => {
      throw new Error('a broken table');
    };
    emulator.org.tables['Broken'] = { keyPrefix: '000', columns: { Id: 'id' }, rows };
    const [status, body] = await get('/services/data/v68.0/query?q=SELECT+Id+FROM+Broken');
    expect(status).to.equal(500);
    expect(body).to.match(/^the emulator failed\nError: a broken table/);
  });
});
