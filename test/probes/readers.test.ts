import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FactName, LoginRead } from '../../src/checks/facts.ts';
import type { Readers } from '../../src/checks/run.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { makeReaders } from '../../src/probes/readers.ts';
import { fixture, given, now, orgId, url } from '../checks/example-facts.ts';
import { tableNetwork, type Answer, type Sent } from './loopback-network.ts';

const tokenUrl = `${url}/services/oauth2/token`;
const discoveryUrl = `${url}/.well-known/auth-configuration`;
const userinfoUrl = `${url}/services/oauth2/userinfo`;

const grant = {
  access_token: '00D5g00000Acme1!AQexample',
  scope: 'api web',
  instance_url: url,
  id: `https://login.salesforce.com/id/${orgId}/0055g000001AAAAAA4`,
  token_type: 'Bearer',
};
const userinfo = { preferred_username: 'integration@acme.com', organization_id: orgId, user_id: '0055g000001AAAAAA4' };
const refusal = { error: 'invalid_grant', error_description: 'invalid assertion' };

const granted: Record<string, Answer> = { [tokenUrl]: { body: grant }, [userinfoUrl]: { body: userinfo } };
const refused: Record<string, Answer> = {
  [tokenUrl]: { status: 400, body: refusal },
  [discoveryUrl]: { body: { OrgId: orgId, Url: url } },
};

describe('probes: host, login and identity', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(path(name), bytes, { mode: 0o600 });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aquila-probes-'));
    write('server.key', fixture('keys/rsa2048.key'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  type Setting = {
    answers?: Record<string, Answer>;
    login?: Partial<StoredLogin>;
    wanted?: FactName[];
  };

  function readers({ answers = granted, login = {}, wanted = ['attempt', 'host', 'identity'] }: Setting): {
    readers: Readers<keyof LoginRead>;
    sent: Sent[];
  } {
    const { network, sent } = tableNetwork(answers, now);
    const known = given({ keyPath: path('server.key'), ...login });
    return { readers: makeReaders({ given: known, network, wanted: new Set(wanted) }), sent };
  }

  const routes = (sent: readonly Sent[]): string[] => sent.map((one) => `${one.method} ${one.url}`);

  describe('attempt', () => {
    it('is one POST to the audience URL with that URL as audience, and the claims of the stored login', async () => {
      const { readers: read, sent } = readers({ login: { loginUrl: 'https://elsewhere.my.salesforce.com' } });
      const reading = await read.attempt();
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
      expect(sent[0]?.claims).to.deep.equal({
        iss: '3MVG9example',
        sub: 'integration@acme.com',
        aud: url,
        exp: now.getTime() / 1000 + 180,
      });
      expect(reading).to.have.nested.property('value.answer.granted.orgId', orgId);
    });

    it('takes the loginUrl of stock sf, without its slash, where no audience is stored', async () => {
      const { readers: read, sent } = readers({ login: { jwtAudience: undefined, loginUrl: `${url}/` } });
      await read.attempt();
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
      expect(sent[0]?.claims?.aud).to.equal(url);
    });

    it('is a value when Salesforce refuses', async () => {
      const reading = await readers({ answers: refused }).readers.attempt();
      expect(reading).to.have.nested.property('value.answer.refused.errorDescription', 'invalid assertion');
    });

    it('is sent once, however often it is read', async () => {
      const { readers: read, sent } = readers({});
      const [first, second] = await Promise.all([read.attempt(), read.attempt()]);
      await Promise.all([read.host(), read.identity()]);
      expect(first).to.equal(second);
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`, `GET ${userinfoUrl}`]);
    });

    type Blocked = [fact: string, login: Partial<StoredLogin>, key: Uint8Array | undefined, blocked: string];
    const blockers: Blocked[] = [
      ['without a client id by handover-complete', { clientId: undefined }, undefined, 'handover-complete'],
      ['without a key path by handover-complete', { keyPath: undefined }, undefined, 'handover-complete'],
      [
        'without an audience by handover-complete',
        { jwtAudience: undefined, loginUrl: undefined },
        undefined,
        'handover-complete',
      ],
      [
        'with an address that serves no tokens by host-url',
        { jwtAudience: 'https://acme.lightning.force.com' },
        undefined,
        'host-url',
      ],
      ['with http by host-url', { jwtAudience: 'http://acme.my.salesforce.com' }, undefined, 'host-url'],
      ['without the key file by key-readable', { keyPath: '/nowhere/server.key' }, undefined, 'key-readable'],
      ['with a certificate for a key by key-readable', {}, fixture('keys/rsa2048.crt'), 'key-readable'],
      ['with an encrypted key by key-unencrypted', {}, fixture('checks/encrypted.key'), 'key-unencrypted'],
      ['with an EC key by key-rsa', {}, fixture('checks/ec.key'), 'key-rsa'],
      ['with RSA 1024 by key-rsa', {}, fixture('checks/rsa1024.key'), 'key-rsa'],
    ];
    for (const [fact, login, key, blocked] of blockers) {
      it(`is blocked ${fact}, and so is the identity; no token is asked for`, async () => {
        if (key) write('server.key', key);
        const { readers: read, sent } = readers({ answers: refused, login });
        expect(await read.attempt()).to.deep.equal({ blocked });
        expect(await read.identity()).to.deep.equal({ blocked });
        expect(sent).to.deep.equal([]);
      });
    }

    it('is blocked by login-accepted when the run is not about it, and nothing is sent', async () => {
      const { readers: read, sent } = readers({ wanted: ['host', 'identity'] });
      expect(await read.attempt()).to.deep.equal({ blocked: 'login-accepted' });
      expect(await read.identity()).to.deep.equal({ blocked: 'login-accepted' });
      expect(sent).to.deep.equal([]);
    });

    it('is blocked by host-reachable after a network error, and nothing more is sent', async () => {
      const { readers: read, sent } = readers({ answers: { [tokenUrl]: { error: 'ConnectionLost' } } });
      expect(await read.attempt()).to.deep.equal({ blocked: 'host-reachable' });
      expect(await read.identity()).to.deep.equal({ blocked: 'host-reachable' });
      expect(await read.host()).to.have.nested.property('failed.code', 'ConnectionLost');
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
    });
  });

  describe('host', () => {
    it('is known from a granted login without another request', async () => {
      const { readers: read, sent } = readers({});
      const reading = await read.host();
      expect(reading).to.deep.include({ value: { url, orgId, http: (await attemptOf(read)).http } });
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
    });

    it('is asked which org it serves after a refused login', async () => {
      const { readers: read, sent } = readers({ answers: refused });
      const reading = await read.host();
      expect(reading).to.have.nested.property('value.orgId', orgId);
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`, `GET ${discoveryUrl}`]);
    });

    it('is asked alone when no login is wanted', async () => {
      const { readers: read, sent } = readers({ answers: refused, wanted: ['host'] });
      expect(await read.host()).to.have.nested.property('value.orgId', orgId);
      expect(routes(sent)).to.deep.equal([`GET ${discoveryUrl}`]);
    });

    it('is asked alone when the key can not sign', async () => {
      write('server.key', fixture('checks/ec.key'));
      const { readers: read, sent } = readers({ answers: refused });
      expect(await read.host()).to.have.nested.property('value.orgId', orgId);
      expect(routes(sent)).to.deep.equal([`GET ${discoveryUrl}`]);
    });

    for (const [fact, answer] of [
      ['404, as login hosts answer', { status: 404 }],
      ['a page', { body: '<html></html>' }],
      ['JSON without an org id', { body: { Url: url } }],
      ['an org id of another form', { body: { OrgId: 'Acme' } }],
      ['null', { body: 'null' }],
      ['an org id beside an error status', { status: 500, body: { OrgId: orgId } }],
    ] as Array<[string, Answer]>) {
      it(`names no org with ${fact}`, async () => {
        const { readers: read } = readers({ answers: { ...refused, [discoveryUrl]: answer } });
        const reading = await read.host();
        expect(reading).to.have.nested.property('value.orgId', undefined);
        expect(reading).to.have.nested.property('value.http.method', 'GET');
      });
    }

    it('is not asked further when a page came in place of an answer', async () => {
      const page = { status: 503, body: '<title>Data Not Available</title>' };
      const { readers: read, sent } = readers({ answers: { [tokenUrl]: page } });
      const reading = await read.host();
      expect(reading).to.have.nested.property('value.http.method', 'POST');
      expect(reading).not.to.have.nested.property('value.orgId');
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
    });

    it('keeps the answer of the login when the second request breaks', async () => {
      const { readers: read } = readers({ answers: { ...refused, [discoveryUrl]: { error: 'RequestTimedOut' } } });
      expect(await read.host()).to.have.nested.property('value.http.method', 'POST');
    });

    it('fails with the network error when it is asked alone', async () => {
      const { readers: read } = readers({ answers: { [discoveryUrl]: { error: 'HostNotFound' } }, wanted: ['host'] });
      const reading = await read.host();
      expect(reading).to.have.nested.property('failed.code', 'HostNotFound');
      expect(reading).to.have.nested.property('failed.message').that.includes('acme.my.salesforce.com');
    });

    for (const [login, blocked] of [
      [{ jwtAudience: undefined, loginUrl: undefined }, 'handover-complete'],
      [{ jwtAudience: `${url}/` }, 'host-url'],
    ] as const) {
      it(`is blocked by ${blocked} without a usable audience URL, and nothing is sent`, async () => {
        const { readers: read, sent } = readers({ login });
        expect(await read.host()).to.deep.equal({ blocked });
        expect(sent).to.deep.equal([]);
      });
    }
  });

  describe('identity', () => {
    it('asks the instance URL of the answer, with the new token', async () => {
      const elsewhere = 'https://acme2.my.salesforce.com';
      const { readers: read, sent } = readers({
        answers: {
          [tokenUrl]: { body: { ...grant, instance_url: elsewhere } },
          [`${elsewhere}/services/oauth2/userinfo`]: { body: userinfo },
        },
      });
      expect(await read.identity()).to.deep.equal({ value: { username: 'integration@acme.com', orgId } });
      expect(sent[1]).to.deep.equal({
        ...{ method: 'GET', url: `${elsewhere}/services/oauth2/userinfo`, bearer: grant.access_token },
      });
    });

    it('is blocked by login-accepted after a refused login', async () => {
      const { readers: read, sent } = readers({ answers: refused });
      expect(await read.identity()).to.deep.equal({ blocked: 'login-accepted' });
      expect(routes(sent)).to.deep.equal([`POST ${tokenUrl}`]);
    });

    it('is denied with the name of the scope when the token may not ask', async () => {
      const answers = { ...granted, [userinfoUrl]: { status: 403, body: 'Invalid_Scope' } };
      expect(await readers({ answers }).readers.identity()).to.deep.equal({
        denied: 'Access unique user identifiers (openid)',
      });
    });

    for (const [fact, answer, status] of [
      ['another refusal', { status: 403, body: 'Bad_OAuth_Token' }, 403],
      ['a page', { body: '<html></html>' }, 200],
      ['an answer without a username', { body: { organization_id: orgId } }, 200],
    ] as Array<[string, Answer, number]>) {
      it(`fails with ${fact}, and names address and status`, async () => {
        const reading = await readers({ answers: { ...granted, [userinfoUrl]: answer } }).readers.identity();
        expect(reading).to.have.nested.property('failed.code', 'IdentityRefused');
        expect(reading)
          .to.have.nested.property('failed.message')
          .that.includes(`${userinfoUrl} answered ${String(status)}`);
        expect(reading).to.have.deep.property('data', { status });
      });
    }

    it('fails with the network error, without the token in its text', async () => {
      const { readers: read } = readers({ answers: { ...granted, [userinfoUrl]: { error: 'ConnectionLost' } } });
      const reading = await read.identity();
      expect(reading).to.have.nested.property('failed.code', 'ConnectionLost');
      expect(JSON.stringify(reading)).not.to.include(grant.access_token);
    });
  });

  const attemptOf = async (read: Readers<keyof LoginRead>) => {
    const reading = await read.attempt();
    if (!('value' in reading)) throw new Error('there is no attempt');
    return reading.value;
  };
});
