import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { AuthInfo, StateAggregator } from '@salesforce/core';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import { openSession, type OrgSession } from '../../src/org/session.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import { startLoopbackProxy } from '../emulator/loopback-proxy.ts';
import { fixture } from '../emulator/test-client.ts';
import { temporaryHome } from './home.ts';
import { storeAdmin } from './stored-admin.ts';

const keyFixture = fileURLToPath(new URL('../fixtures/keys/rsa2048.key', import.meta.url));
const users = 'SELECT Id, Username FROM User';

describe('the session of a stored login', () => {
  let emulator: Emulator;
  let distrust: () => void;
  let home: string;
  let leave: () => void;
  before(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    distrust = trustInProcess(emulator.tlsCertificate);
  });
  after(async () => {
    distrust();
    await emulator.stop();
  });
  beforeEach(() => {
    ({ home, leave } = temporaryHome());
  });
  afterEach(() => {
    leave();
    emulator.faults.clear();
    emulator.calls.clear();
    emulator.org.tokens.length = 0;
  });

  const open = (name: string | undefined = 'admin', environment: NodeJS.ProcessEnv = {}): Promise<OrgSession> =>
    openSession(
      name,
      openNetwork(environment, () => new Date()),
      readKeyFrom
    );

  /** As `sf org login access-token` stores one; what is given more makes another kind of login of it. */
  async function store(fields: Record<string, unknown> = {}, username: string = example.admin): Promise<void> {
    const { accessToken } = emulator.login(username);
    const urls = { instanceUrl: emulator.myDomainUrl, loginUrl: emulator.myDomainUrl };
    const login = { accessToken, username, orgId: emulator.org.id, ...urls };
    const info = await AuthInfo.create({
      username,
      accessTokenOptions: { ...login, isDevHub: false, namespacePrefix: null },
    });
    await info.save({ ...login, ...fields });
    StateAggregator.clearInstance();
  }

  async function storeJwt(fields: Record<string, unknown> = {}): Promise<string> {
    const privateKey = join(home, 'server.key');
    copyFileSync(keyFixture, privateKey);
    await store(
      { clientId: example.clientId, privateKey, jwtAudience: emulator.myDomainUrl, ...fields },
      example.username
    );
    return privateKey;
  }

  async function stored(username: string = example.admin): Promise<Record<string, unknown>> {
    StateAggregator.clearInstance();
    return { ...(await AuthInfo.create({ username })).getFields(true) };
  }

  async function failure(work: Promise<unknown>): Promise<SfError> {
    try {
      await work;
    } catch (error) {
      if (error instanceof SfError) return error;
      throw error;
    }
    throw new Error('it succeeded');
  }

  const rowsOf = async <Row>(session: OrgSession, soql = users): Promise<Row[]> => {
    const answer = await session.query<Row>(soql);
    if ('refused' in answer) throw new Error(answer.refused.message);
    return answer.value;
  };

  describe('opening', () => {
    it('sends nothing, and knows the org by the name that was typed', async () => {
      await storeAdmin(emulator);
      const before = emulator.connections;
      const session = await open('admin');
      expect(session).to.include({ username: example.admin, name: 'admin', instanceUrl: emulator.myDomainUrl });
      expect([session.orgId, emulator.connections - before]).to.deep.equal([emulator.org.id, 0]);
    });

    it('holds no token that could be printed', async () => {
      await storeAdmin(emulator);
      const session = await open();
      const secrets = emulator.org.tokens.map(({ value }) => value);
      expect(secrets.filter((secret) => JSON.stringify(session).includes(secret))).to.deep.equal([]);
    });

    for (const [known, version] of [
      [undefined, '66.0'],
      ['61.0', '66.0'],
      ['66.0', '66.0'],
      ['67.0', '67.0'],
      ['71.0', '68.0'],
    ] as const) {
      it(`speaks version ${version} to an org of which sf knows ${known ?? 'none'}`, async () => {
        await store({ instanceApiVersion: known });
        const session = await open(example.admin);
        await rowsOf(session);
        expect(session.apiVersion).to.equal(version);
        expect(emulator.calls.map(({ path }) => path)).to.deep.equal([`/services/data/v${version}/query`]);
      });
    }

    it('speaks version 68.0 where the access token is in JWT format, which SOAP takes from there on', async () => {
      await store({ accessToken: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwMDUifQ.c2lnbmF0dXJl', instanceApiVersion: '66.0' });
      expect(await open(example.admin)).to.have.property('apiVersion', '68.0');
    });

    it('of a name that nothing is stored under is LoginUnknown', async () => {
      expect(await failure(open('nobody@acme.com'))).to.have.property('name', 'LoginUnknown');
    });

    it('of a login that can no longer be decrypted is LoginUnreadable, and says how to log in again', async () => {
      await store({ accessToken: `${'0'.repeat(40)}:${'0'.repeat(32)}` });
      const error = await failure(open(example.admin));
      expect(error.name).to.equal('LoginUnreadable');
      expect(error.actions?.join('\n')).to.include(`sf org login web --instance-url ${emulator.myDomainUrl}`);
    });

    it('refuses an instance URL that is a Lightning page', async () => {
      await store({ instanceUrl: 'https://acme.lightning.force.com' });
      expect(await failure(open(example.admin))).to.have.property('name', 'UrlIsLightning');
    });
  });

  describe('with a fresh token', () => {
    it('queries with one request', async () => {
      await storeAdmin(emulator);
      const rows = await rowsOf<{ Username: string }>(await open());
      expect(rows.map(({ Username }) => Username)).to.include(example.admin);
      expect(emulator.calls.map(({ method, status }) => `${method} ${String(status)}`)).to.deep.equal(['GET 200']);
    });

    it('asks the Tooling API where that is wanted', async () => {
      await storeAdmin(emulator);
      await (await open()).query('SELECT Id FROM ExternalClientApplication', { tooling: true });
      expect(emulator.calls.map(({ path }) => path)).to.deep.equal(['/services/data/v66.0/tooling/query']);
    });

    it('reads a long result page by page', async () => {
      await storeAdmin(emulator);
      const page = (body: unknown, path: string): void =>
        emulator.faults.set({ kind: 'status', status: 200, path, times: 1, body: JSON.stringify(body) });
      const next = '/services/data/v66.0/query/01gACME-2000';
      page({ done: true, records: [{ Id: '3' }] }, next);
      page({ done: false, nextRecordsUrl: next, records: [{ Id: '1' }, { Id: '2' }] }, '/services/data/v66.0/query');
      expect(await rowsOf(await open())).to.deep.equal([{ Id: '1' }, { Id: '2' }, { Id: '3' }]);
    });

    it('never follows the next page to another host', async () => {
      await storeAdmin(emulator);
      const nextRecordsUrl = `${emulator.loginUrl}/services/data/v66.0/query/01gACME-2000`;
      const body = JSON.stringify({ done: false, nextRecordsUrl, records: [] });
      emulator.faults.set({ kind: 'status', status: 200, body, times: 1 });
      expect(await failure(rowsOf(await open()))).to.have.property('name', 'RedirectRefused');
      expect(emulator.calls.map(({ face }) => face)).to.deep.equal(['my-domain']);
    });

    it("a refusal is the org's own code and words", async () => {
      await storeAdmin(emulator);
      expect(await (await open()).query('SELECT Nothing FROM User')).to.have.nested.property(
        'refused.errorCode',
        'INVALID_FIELD'
      );
    });

    it('of several errors the first counts', async () => {
      await storeAdmin(emulator);
      const errors = [
        { message: 'duplicate value found', errorCode: 'DUPLICATE_VALUE', fields: [] },
        { message: 'another', errorCode: 'OTHER' },
      ];
      emulator.faults.set({ kind: 'status', status: 400, body: JSON.stringify(errors) });
      const answer = await (await open()).request({ method: 'POST', path: '/sobjects/SetupEntityAccess', json: {} });
      const refused = { status: 400, errorCode: 'DUPLICATE_VALUE', message: 'duplicate value found' };
      expect(answer).to.deep.equal({ refused });
    });

    it('sends JSON, and takes an answer without content as one', async () => {
      await storeAdmin(emulator);
      emulator.faults.set({ kind: 'status', status: 204 });
      const answer = await (await open()).request({ method: 'PATCH', path: '/sobjects/User/005', json: { Name: 'Ä' } });
      expect(answer).to.deep.equal({ value: undefined });
      const [call] = emulator.calls;
      expect([call?.method, call?.body, call?.headers['content-type']]).to.deep.equal([
        'PATCH',
        '{"Name":"Ä"}',
        'application/json',
      ]);
    });

    it('a path that the org does not have is a refusal', async () => {
      await storeAdmin(emulator);
      const answer = await (await open()).request({ method: 'GET', path: '/nothing' });
      expect(answer).to.have.nested.property('refused.errorCode', 'NOT_FOUND');
    });

    it('an org that is older than the version is OrgApiTooOld', async () => {
      await storeAdmin(emulator);
      const versions = JSON.stringify([{ label: "Winter '26", url: '/services/data/v65.0', version: '65.0' }]);
      const notFound = JSON.stringify([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
      emulator.faults.set({ kind: 'status', status: 404, path: '/services/data/v66.0', body: notFound });
      emulator.faults.set({ kind: 'status', status: 200, path: '/services/data', body: versions });
      const error = await failure(rowsOf(await open()));
      expect(error.name).to.equal('OrgApiTooOld');
      expect(error.message).to.include('65.0').and.include('66.0');
      // The list is public, so the token stays at home.
      expect(emulator.calls.at(-1)?.headers).not.to.have.property('authorization');
    });

    for (const status of [200, 500, 503]) {
      it(`a page in place of an answer, with HTTP ${String(status)}, is OrgUnavailable`, async () => {
        await storeAdmin(emulator);
        emulator.faults.set({ kind: 'html', status });
        const error = await failure(rowsOf(await open()));
        expect(error.name).to.equal('OrgUnavailable');
        expect(error.message).to.include(String(status)).and.include('Data Not Available');
      });
    }

    it('a redirect is refused, and the token stays', async () => {
      await storeAdmin(emulator);
      emulator.faults.set({ kind: 'redirect', to: emulator.loginUrl, face: 'my-domain' });
      expect(await failure(rowsOf(await open()))).to.have.property('name', 'RedirectRefused');
      expect(emulator.calls.map(({ face }) => face)).to.deep.equal(['my-domain']);
    });

    it('HTTPS_PROXY is honoured', async () => {
      await storeAdmin(emulator);
      const proxy = await startLoopbackProxy();
      try {
        await rowsOf(await open('admin', { HTTPS_PROXY: proxy.url }));
        expect(proxy.tunnels).to.deep.equal([new URL(emulator.myDomainUrl).host]);
      } finally {
        await proxy.stop();
      }
    });
  });

  describe('with a token that has expired', () => {
    const paths = (): string[] => emulator.calls.map(({ path }) => path);
    const query = '/services/data/v66.0/query';
    const token = '/services/oauth2/token';

    it('is renewed once by the refresh token, and the new token stored as sf stores it', async () => {
      await storeAdmin(emulator);
      emulator.org.expireTokens();
      const session = await open();
      await rowsOf(session);
      await rowsOf(session);
      expect(paths()).to.deep.equal([query, token, query, query]);
      const form = Object.fromEntries(new URLSearchParams(emulator.calls.tokenRequests()[0]?.body));
      expect(form).to.include({ grant_type: 'refresh_token', client_id: 'PlatformCLI' });
      expect(Object.keys(form)).to.have.members(['grant_type', 'client_id', 'refresh_token']);
      const fields = await stored();
      expect(fields).to.include({
        accessToken: emulator.org.tokens.at(-1)?.value,
        refreshToken: form['refresh_token'],
      });
      expect(readFileSync(join(home, '.sfdx', `${example.admin}.json`), 'utf8')).not.to.include(fields['accessToken']);
    });

    it('is renewed once for all the requests that are on the way', async () => {
      await storeAdmin(emulator);
      emulator.org.expireTokens();
      const session = await open();
      await Promise.all([rowsOf(session), rowsOf(session), rowsOf(session)]);
      expect(emulator.calls.tokenRequests()).to.have.length(1);
    });

    it('sends the client secret where one is stored, and keeps a refresh token that was exchanged', async () => {
      await store({ clientId: 'app', clientSecret: 'S3CRET', refreshToken: '5Aep-old' });
      emulator.org.expireTokens();
      const granted = {
        access_token: emulator.login(example.admin).accessToken,
        refresh_token: '5Aep-new',
        instance_url: emulator.myDomainUrl,
        id: `${emulator.loginUrl}/id/${emulator.org.id}/${emulator.org.user(example.admin)?.id ?? ''}`,
      };
      emulator.faults.set({ kind: 'status', status: 200, path: token, body: JSON.stringify(granted) });
      await rowsOf(await open(example.admin));
      expect(emulator.calls.tokenRequests()[0]?.body).to.include('client_secret=S3CRET');
      expect(await stored()).to.include({ refreshToken: '5Aep-new', accessToken: granted.access_token });
    });

    it('follows the org to another instance that the new token names', async () => {
      const { refreshToken } = emulator.login(example.admin);
      await store({ clientId: 'PlatformCLI', refreshToken, instanceUrl: emulator.loginUrl });
      const body = JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
      emulator.faults.set({ kind: 'status', status: 401, face: 'login', body });
      const session = await open(example.admin);
      await rowsOf(session);
      expect(emulator.calls.map(({ face }) => face)).to.deep.equal(['login', 'my-domain', 'my-domain']);
      expect([session.instanceUrl, (await stored())['instanceUrl']]).to.deep.equal(
        Array.from({ length: 2 }, () => emulator.myDomainUrl)
      );
    });

    it('takes the refresh token that another process has stored meanwhile', async () => {
      await storeAdmin(emulator);
      const session = await open();
      emulator.org.expireTokens();
      const { refreshToken } = emulator.login(example.admin);
      emulator.org.expireTokens();
      await (await AuthInfo.create({ username: example.admin })).save({ refreshToken });
      await rowsOf(session);
      expect(new URLSearchParams(emulator.calls.tokenRequests()[0]?.body).get('refresh_token')).to.equal(refreshToken);
    });

    it('and a refresh token that is no longer valid is SessionExpired, with the words of Salesforce', async () => {
      await storeAdmin(emulator);
      emulator.org.expireTokens();
      for (const one of emulator.org.refreshTokens) one.revoked = true;
      const error = await failure(rowsOf(await open()));
      expect(error.name).to.equal('SessionExpired');
      expect(error.message).to.include('invalid_grant: expired access/refresh token');
      expect(error.actions).to.deep.equal([
        `Log in again with: sf org login web --alias admin --instance-url ${emulator.myDomainUrl}`,
      ]);
      expect(paths()).to.deep.equal([query, token]);
    });

    it('is renewed with the stored key where it is a login by JWT bearer: one assertion, to the host and audience of the login', async () => {
      await storeJwt();
      emulator.org.expireTokens();
      await rowsOf(await open(example.username));
      const [request, ...more] = emulator.calls.tokenRequests();
      expect([request?.claims, more]).to.deep.equal([
        { iss: example.clientId, sub: example.username, aud: emulator.myDomainUrl, exp: request?.claims?.['exp'] },
        [],
      ]);
      expect(await stored(example.username)).to.include({ accessToken: emulator.org.tokens.at(-1)?.value });
    });

    it('names what is wrong with the key of a login by JWT bearer', async () => {
      await storeJwt({ privateKey: join(home, 'gone.key') });
      emulator.org.expireTokens();
      expect(await failure(rowsOf(await open(example.username)))).to.have.property('name', 'KeyFileMissing');
    });

    it('and a refused assertion is explained as a refused login is', async () => {
      await storeJwt({ clientId: 'unknown' });
      emulator.org.expireTokens();
      const error = await failure(rowsOf(await open(example.username)));
      expect(error.name).to.equal('LoginRefused');
      expect(error.message).to.include('invalid_client_id');
    });

    it('is SessionExpired where the login is an access token alone, without a further request', async () => {
      await store();
      emulator.org.expireTokens();
      const error = await failure(rowsOf(await open(example.admin)));
      expect(error.name).to.equal('SessionExpired');
      expect(paths()).to.deep.equal([query]);
    });

    it('is not renewed a second time where the org refuses the new one too', async () => {
      await storeAdmin(emulator);
      const body = JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
      emulator.faults.set({ kind: 'status', status: 401, path: '/services/data', body });
      const answer = await (await open()).query(users);
      expect(answer).to.have.nested.property('refused.message', 'Session expired or invalid');
      expect(paths()).to.deep.equal([query, token, query]);
    });

    it('is not renewed where the org refuses the app and not the token', async () => {
      await storeAdmin(emulator);
      const message = 'This session is not valid for use with the REST API';
      const body = JSON.stringify([{ message, errorCode: 'INVALID_SESSION_ID' }]);
      emulator.faults.set({ kind: 'status', status: 401, path: '/services/data', body });
      expect(await (await open()).query(users)).to.have.nested.property('refused.message', message);
      expect(paths()).to.deep.equal([query]);
    });

    it('goes on with the new token where it can not be stored', async () => {
      await storeAdmin(emulator);
      emulator.org.expireTokens();
      const session = await open();
      const { orgs } = await StateAggregator.getInstance();
      const write = orgs.write.bind(orgs);
      orgs.write = () => Promise.reject(new Error('disk full'));
      try {
        expect(await rowsOf(session)).not.to.deep.equal([]);
      } finally {
        orgs.write = write;
      }
    });

    it('no error tells a secret', async () => {
      await store({ clientId: 'app', clientSecret: 'S3CRET', refreshToken: '5Aep-old' });
      emulator.org.expireTokens();
      const error = await failure(rowsOf(await open(example.admin)));
      const secrets = ['S3CRET', '5Aep-old', ...emulator.org.tokens.map(({ value }) => value)];
      const told = JSON.stringify([error.message, error.actions, error.data, error.stack, error.cause, error.context]);
      expect(secrets.filter((secret) => told.includes(secret))).to.deep.equal([]);
    });
  });
});
