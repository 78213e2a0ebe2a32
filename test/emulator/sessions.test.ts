import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Org, StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { storeAdmin } from '../org/stored-admin.ts';
import { example, exampleOrg, startEmulator, trustInProcess } from './index.ts';
import type { Emulator, WebLogin } from './index.ts';
import { bearer, postToken, send } from './test-client.ts';

describe('emulator: sessions of stock sf', () => {
  let emulator: Emulator;
  let login: WebLogin;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg());
    login = emulator.login(example.admin);
  });
  afterEach(() => emulator.stop());

  const refresh = (changes: Record<string, string> = {}): ReturnType<typeof postToken> =>
    postToken(emulator, {
      grant_type: 'refresh_token',
      client_id: login.clientId,
      refresh_token: login.refreshToken,
      ...changes,
    });

  it('a login serves at once, and its app is none of the org', async () => {
    const { status } = await send(emulator, '/services/data/v66.0', { headers: bearer(login.accessToken) });
    expect(status).to.equal(200);
    expect(emulator.org.apps.map(({ clientId }) => clientId)).to.deep.equal([example.clientId]);
    expect(() => emulator.login('nobody@acme.com')).to.throw('no user nobody@acme.com');
  });

  it('the refresh token gives a new access token, without a secret, again and again', async () => {
    emulator.org.expireTokens();
    for (let time = 1; time <= 2; time++) {
      const { status, body } = await refresh();
      expect(status, body).to.equal(200);
      const success = JSON.parse(body) as Record<string, string>;
      expect(Object.keys(success)).to.have.members([
        ...['access_token', 'signature', 'scope', 'instance_url', 'id', 'token_type', 'issued_at'],
      ]);
      expect(success).to.include({ instance_url: emulator.myDomainUrl, token_type: 'Bearer' });
      const headers = bearer(success['access_token'] ?? '');
      expect((await send(emulator, '/services/data/v66.0', { headers })).status).to.equal(200);
    }
  });

  it('refusals', async () => {
    const error = async (changes: Record<string, string>): Promise<[number, string]> => {
      const { status, body } = await refresh(changes);
      const { error: name, error_description: text } = JSON.parse(body) as Record<string, string>;
      return [status, `${name}: ${text}`];
    };
    const expired = [400, 'invalid_grant: expired access/refresh token'];
    expect(await error({ refresh_token: '5AepNone' })).to.deep.equal(expired);
    expect(await error({ client_id: example.clientId })).to.deep.equal(expired);
    expect(await error({ client_id: 'none' })).to.deep.equal([400, 'invalid_client_id: client identifier invalid']);
    expect(await error({ scope: 'api' })).to.deep.equal([400, 'invalid_request: scope parameter not supported']);
    const user = emulator.org.user(example.admin);
    if (user) user.active = false;
    expect(await error({})).to.deep.equal([400, 'invalid_grant: inactive user']);
    if (user) user.active = true;
    for (const one of emulator.org.refreshTokens) one.revoked = true;
    expect(await error({})).to.deep.equal(expired);
  });

  describe('stored for core', () => {
    let home: string;
    let undo: () => void;
    const before = { ...process.env };
    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'aquila-sessions-'));
      Object.assign(process.env, { HOME: home, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' });
      undo = trustInProcess(emulator.tlsCertificate);
    });
    afterEach(async () => {
      undo();
      for (const name of ['HOME', 'SF_USE_GENERIC_UNIX_KEYCHAIN', 'SF_DISABLE_LOG_FILE']) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
      StateAggregator.clearInstance();
      await rm(home, { recursive: true });
    });

    it('sends nothing, and core renews it when it has expired', async () => {
      await storeAdmin(emulator);
      expect(emulator.calls).to.have.length(0);
      emulator.org.expireTokens();
      const org = await Org.create({ aliasOrUsername: 'admin' });
      const found = await org.getConnection().query('SELECT Username FROM User');
      expect(found.totalSize).to.equal(2);
      const statuses = emulator.calls.tokenRequests().map(({ status }) => status);
      expect(new Set(statuses)).to.deep.equal(new Set([200]));
    });

    it('reads what a collector reads, by the client of core: rows of log files, then a file', async () => {
      await storeAdmin(emulator);
      const connection = (await Org.create({ aliasOrUsername: 'admin' })).getConnection();
      const since = new Date(Date.now() - 168 * 3_600_000).toISOString();
      const { records } = await connection.query<{ LogFile: string; LogFileLength: number }>(
        `SELECT LogFile, LogFileLength FROM EventLogFile WHERE LogDate > ${since} AND EventType = 'Login' ORDER BY LogDate ASC NULLS FIRST`
      );
      expect(records).to.have.length(2);
      const lines = await connection.request<Array<Record<string, string>>>(records[0]?.LogFile ?? '');
      expect(lines.map((line) => line['EVENT_TYPE'])).to.deep.equal(['Login', 'Login']);
      expect((await connection.query('SELECT FIELDS(STANDARD) FROM LoginEvent')).totalSize).to.equal(1);
      expect(connection.limitInfo.apiUsage).to.deep.equal({ used: 1000, limit: 100_000 });
    });

    it('in another home, with the tokens encrypted', async () => {
      const other = await mkdtemp(join(home, 'other-'));
      await storeAdmin(emulator, example.username, 'soc', other);
      const stored = await readFile(join(other, '.sfdx', `${example.username}.json`), 'utf8');
      for (const { value } of [...emulator.org.tokens, ...emulator.org.refreshTokens]) {
        expect(stored).to.not.contain(value);
      }
      expect(JSON.parse(stored)).to.include({ clientId: 'PlatformCLI', loginUrl: emulator.myDomainUrl });
      expect(process.env['HOME']).to.equal(home);
    });

    it('refuses a home that is not temporary', async () => {
      const failed = await storeAdmin(emulator, example.admin, 'admin', '/').catch((error: Error) => error.message);
      expect(failed).to.equal('HOME is no temporary folder: /');
    });
  });
});
