import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { App, Emulator, User } from './index.ts';
import { bearer, send } from './test-client.ts';

describe('emulator: credentials of apps by REST', () => {
  let emulator: Emulator;
  let app: App;
  let admin: User;
  beforeEach(async () => {
    emulator = await startEmulator({ ...exampleOrg(), org: { clientSecretInRestApi: true } });
    app = emulator.org.app(example.clientId) as App;
    admin = emulator.org.user(example.admin) as User;
    admin.permissions.viewClientSecret = true;
  });
  afterEach(() => emulator.stop());

  const base = '/services/data/v66.0/apps/oauth';
  const get = async (path: string): Promise<[number, unknown]> => {
    const headers = bearer(emulator.login(example.admin).accessToken);
    const { status, body } = await send(emulator, base + path, { headers });
    return [status, JSON.parse(body)];
  };
  const code = async (path: string): Promise<string> => {
    const [status, body] = await get(path);
    return `${status} ${(body as Array<{ errorCode: string }>)[0]?.errorCode}`;
  };

  it('the usage names the external client apps, page by page', async () => {
    emulator.org.addApp({ clientId: 'second', name: 'Second' });
    emulator.org.addApp({ clientId: 'legacy', name: 'Legacy', kind: 'connected-app' });
    const row = { developerName: 'AQUILA', identifier: app.id, label: 'AQUILA' };
    expect(await get('/usage?page=0&pageSize=1')).to.deep.equal([
      200,
      { apps: [row], nextPageUrl: `${base}/usage?page=1&pageSize=1` },
    ]);
    const [, second] = await get('/usage?page=1&pageSize=1');
    expect(second).to.deep.include({ nextPageUrl: null });
    expect((second as { apps: Array<{ label: string }> }).apps.map(({ label }) => label)).to.deep.equal(['Second']);
    emulator.switches.oauthUsageIdentifier = 15;
    emulator.switches.oauthUsageLists = 'used';
    expect(await get('/usage')).to.deep.equal([200, { apps: [], nextPageUrl: null }]);
    expect(await code('/usage?pageSize=none')).to.equal('400 ILLEGAL_QUERY_PARAMETER_VALUE');
    presets['admin-without-app-permissions'](emulator);
    expect(await code('/usage')).to.equal('403 INSUFFICIENT_ACCESS');
  });

  it('the consumer of an app, then its key and its secret', async () => {
    const [status, body] = await get(`/credentials/${app.id.slice(0, 15)}`);
    const { consumers } = body as { consumers: Array<{ id: string; url: string }> };
    const id = consumers[0]?.id ?? '';
    const url = `${base}/credentials/${app.id}/${id}`;
    expect([status, consumers]).to.deep.equal([
      200,
      [{ id, key: example.clientId, name: 'AQUILA', url, stagedCredentialsUrl: `${url}/staged` }],
    ]);
    expect(id).to.match(/^888\w{15}$/);
    const part = (query: string): Promise<[number, unknown]> => get(`/credentials/${app.id}/${id}${query}`);
    const [, whole] = await part('?part=keyandsecret');
    const { secret } = whole as { secret: string };
    expect(secret).to.match(/^[0-9A-F]{64}$/);
    expect(whole).to.deep.equal({ id, key: example.clientId, secret });
    expect(await part('')).to.deep.equal([200, { id, key: example.clientId }]);
    expect(await part('?keyPart=secret')).to.deep.equal([200, { id, key: example.clientId }]);
    expect(await part('?part=secret')).to.deep.equal([200, { id, secret }]);
    expect(await code(`/credentials/${app.id}/${id}?part=all`)).to.equal('400 ILLEGAL_QUERY_PARAMETER_VALUE');
    expect(await code(`/credentials/${app.id}/8885g0000000000AAA`)).to.equal('404 NOT_FOUND');
    expect(await code('/credentials/0xI5g0000000000AAA')).to.equal('404 NOT_FOUND');
  });

  it('need the toggle, the developer permission and View Client Secret', async () => {
    const id = emulator.org.idOf('888', app.id);
    const one = `/credentials/${app.id}/${id}`;
    emulator.org.facts.clientSecretInRestApi = false;
    expect(await code(one)).to.equal('403 FUNCTIONALITY_NOT_ENABLED');
    expect(JSON.stringify(await get(one))).to.contain('not currently enabled');
    emulator.switches.connectKeyWithoutToggle = true;
    expect((await get(one))[0]).to.equal(200);
    expect(await code(`${one}?part=secret`)).to.equal('403 FUNCTIONALITY_NOT_ENABLED');
    emulator.org.facts.clientSecretInRestApi = true;
    for (const permission of ['viewClientSecret', 'externalClientAppDeveloper'] as const) {
      admin.permissions[permission] = false;
      expect(await code(one)).to.equal('403 INSUFFICIENT_ACCESS');
      admin.permissions[permission] = true;
    }
  });
});
