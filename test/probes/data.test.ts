import { expect } from 'chai';
import type { Reading } from '../../src/checks/run.ts';
import type { Identity } from '../../src/checks/facts.ts';
import { aquilaError, problem, type ErrorCode } from '../../src/errors.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import type { HttpRequest, Network } from '../../src/org/http.ts';
import { once } from '../../src/org/once.ts';
import type { Tried } from '../../src/probes/attempt.ts';
import { makeDataReaders } from '../../src/probes/data.ts';
import { readSessionLifetime } from '../../src/probes/session-lifetime.ts';
import type { OrgSession } from '../../src/org/session.ts';
import { app, appPolicy, granted, http, identity, login, now, refused, url } from '../checks/example-facts.ts';

type Setting = { tried?: Tried; who?: Reading<Identity>; stored?: StoredLogin };
type Answer = { status?: number; body?: unknown; error?: ErrorCode };

const row = (name: string, LogFileLength: number, Interval = 'Hourly') => ({
  Id: name,
  EventType: 'Login',
  Interval,
  LogDate: '2030-06-01T08:00:00.000+0000',
  LogFile: `/${name}`,
  LogFileLength,
});

describe('probes: data with the token of the attempt', () => {
  /** Readers behind a network that answers by the object or the path that is asked for, and what was sent. */
  function readers(
    answers: Record<string, Answer>,
    { tried = { attempt: granted() }, who = { value: identity() }, stored = login() }: Setting = {}
  ) {
    const sent: HttpRequest[] = [];
    const send: Network['send'] = async (request) => {
      sent.push(request);
      const { pathname, searchParams, host } = new URL(request.url);
      const soql = searchParams.get('q') ?? '';
      const answer = answers[/FROM (\w+)/.exec(soql)?.[1] ?? pathname] ?? { body: { records: [] } };
      if (answer.error) throw aquilaError(answer.error, [host, 'for the test']);
      const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return http({ method: 'GET', url: request.url, status: answer.status ?? 200, body });
    };
    const network = { now: () => now, send };
    const read = makeDataReaders({
      login: stored,
      network,
      tried: once(async () => tried),
      identity: once(async () => who),
    });
    return { read, sent };
  }
  const files = (...records: object[]) => ({ EventLogFile: { body: { records } } });

  it('looks back 168 hours, at both intervals', async () => {
    const { read, sent } = readers({});
    await read.eventLogFiles();
    const soql = new URL(sent[0]?.url ?? '').searchParams.get('q');
    expect(soql).to.equal(
      'SELECT Id,EventType,Interval,CreatedDate,LogDate,LogFile,LogFileLength FROM EventLogFile ' +
        "WHERE LogDate > 2030-05-25T12:00:00.000Z AND Interval IN ('Hourly','Daily') AND EventType IN ('Login','Logout') " +
        'ORDER BY LogDate ASC NULLS FIRST'
    );
    expect(sent[0]?.bearer).to.equal('00D5g00000Acme1!AQexample');
  });

  it('counts by interval, and takes the newest log file that is short enough as the sample', async () => {
    const { read } = readers(
      files(row('old', 10, 'Daily'), row('fits', 4_000_000), row('long', 4_000_001), row('longer', 9_000_000, 'Daily'))
    );
    expect(await read.eventLogFiles()).to.deep.equal({
      value: {
        hourly: 2,
        daily: 2,
        sample: {
          id: 'fits',
          eventType: 'Login',
          interval: 'Hourly',
          logDate: '2030-06-01T08:00:00.000+0000',
          length: 4_000_000,
          path: '/fits',
        },
      },
    });
  });

  it('downloads nothing where every log file is too long', async () => {
    const { read, sent } = readers(files(row('long', 4_000_001)));
    expect(await read.logDownload()).to.deep.equal({ value: undefined });
    expect(sent).to.have.length(1);
  });

  it('downloads from the stored Instance URL, without the slash that is not handed over', async () => {
    const answers = { ...files(row('log', 3)), '/log': { body: 'a,b' } };
    const { read } = readers(answers, { stored: login({ instanceUrl: `${url}/` }) });
    const reading = await read.logDownload();
    expect(reading).to.deep.include({
      value: { url: `${url}/log`, status: 200, bytes: 3, contentType: 'application/json;charset=UTF-8' },
    });
  });

  it('keeps the code of a refused download, and no text of a page', async () => {
    for (const [body, errorCode] of [
      [[{ errorCode: 'NOT_FOUND', message: 'gone' }], 'NOT_FOUND'],
      ['<html><title>Not here</title></html>', undefined],
    ] as const) {
      const { read } = readers({ ...files(row('log', 3)), '/log': { status: 404, body } });
      const reading = await read.logDownload();
      expect(reading).to.have.nested.property('value.status', 404);
      expect('value' in reading && reading.value?.errorCode).to.equal(errorCode);
    }
  });

  it('the log file itself is not among the facts', async () => {
    const { read } = readers({ ...files(row('log', 20)), '/log': { body: 'secret line of a log' } });
    expect(JSON.stringify(await read.logDownload())).not.to.include('secret line');
  });

  for (const [fact, stored, blocked] of [
    ['is blocked by handover-complete without an Instance URL', { instanceUrl: undefined }, 'handover-complete'],
    [
      'is blocked by login-instance-url with another one',
      { instanceUrl: 'https://b.my.salesforce.com' },
      'login-instance-url',
    ],
  ] as const) {
    it(`the download ${fact}, and nothing is sent`, async () => {
      const { read, sent } = readers({}, { stored: login(stored) });
      expect(await read.logDownload()).to.deep.equal({ blocked });
      expect(sent).to.deep.equal([]);
    });
  }

  it('the download is blocked by data-event-log-files where that query is refused', async () => {
    const refusal = { status: 400, body: [{ errorCode: 'INVALID_TYPE', message: 'no such type' }] };
    const { read } = readers({ EventLogFile: refusal });
    expect(await read.logDownload()).to.deep.equal({ blocked: 'data-event-log-files' });
  });

  const nothing: Array<[fact: string, tried: Tried, blocked: string]> = [
    ['a refused login', { attempt: refused('invalid_grant', 'invalid assertion') }, 'login-accepted'],
    ['a login that could not be sent', { blocked: 'key-readable' }, 'key-readable'],
    ['a host that did not answer', { unreachable: problem('HostNotFound', ['acme']) }, 'host-reachable'],
  ];
  for (const [fact, tried, blocked] of nothing) {
    it(`after ${fact} every fact is blocked by ${blocked}, and nothing is sent`, async () => {
      const { read, sent } = readers({}, { tried });
      const { userState, sessionLifetime, loginHistory, ...ofToken } = read;
      for (const reader of Object.values(ofToken)) expect(await reader()).to.deep.equal({ blocked });
      expect(await userState()).to.deep.equal(blocked === 'login-accepted' ? { value: undefined } : { blocked });
      expect([await sessionLifetime(), await loginHistory()]).to.deep.equal([
        { value: undefined },
        { value: undefined },
      ]);
      expect(sent).to.deep.equal([]);
    });
  }

  it('a refusal that meets every query alike is left to the check that speaks of it', async () => {
    for (const [errorCode, status, speaker] of [
      ['API_DISABLED_FOR_ORG', 403, 'user-api-enabled'],
      ['INVALID_SESSION_ID', 401, 'user-api-enabled'],
      ['INVALID_AUTH_HEADER', 400, 'user-api-enabled'],
      ['ANY_OTHER_CODE', 401, 'user-api-enabled'],
      ['REQUEST_LIMIT_EXCEEDED', 403, 'data-api-limit'],
    ] as const) {
      const { read } = readers({ LoginEvent: { status, body: [{ errorCode, message: 'no' }] } });
      expect(await read.loginEvents()).to.deep.equal({ blocked: speaker });
    }
  });

  it('a refusal of one query is a value, in the words of the org', async () => {
    const refused = { status: 400, errorCode: 'INVALID_TYPE', message: 'no such type' };
    const { read } = readers({ LogoutEvent: { status: 400, body: [refused] } });
    expect(await read.logoutEvents()).to.deep.equal({ value: { refused } });
  });

  it('an answer without records is no answer of the API', async () => {
    const { read } = readers({ SetupAuditTrail: { body: {} } });
    expect(await read.setupAuditTrail()).to.have.nested.property('failed.code', 'OrgUnavailable');
  });

  it('what the identity met already is left to login-username', async () => {
    const error = 'RequestTimedOut';
    const who = { failed: problem(error, [10, 'acme']) };
    const { read } = readers({ UserPermissionAccess: { error }, LoginEvent: { error } }, { who });
    expect(await read.userRights()).to.deep.equal({ blocked: 'login-username' });
    expect(await read.loginEvents()).to.deep.equal({ blocked: 'login-username' });
  });

  it('what only one query met is its own, whatever the identity met', async () => {
    const who = { failed: problem('IdentityRefused', [url, 403]) };
    const { read } = readers({ LoginEvent: { error: 'RequestTimedOut' } }, { who });
    expect(await read.loginEvents()).to.have.nested.property('failed.code', 'RequestTimedOut');
  });

  it('limits without the one that counts leave the fact open', async () => {
    for (const body of [{}, { DailyApiRequests: { Max: '5' } }]) {
      const { read } = readers({ '/services/data/v56.0/limits': { body } });
      expect(await read.apiLimit()).to.deep.equal({ value: undefined });
    }
  });

  for (const [form, token, minutes, of] of [
    ['opaque', '00D5g00000Acme1!AQexample', 5, 'app'],
    ['in JWT format', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', 30, 'token-app'],
  ] as const) {
    it(`the session of a token ${form} lasts as long as the app says for such tokens`, async () => {
      const header = app();
      const admin = {
        session: {} as OrgSession,
        app: async () => ({ value: header }),
        appPolicy: async () => ({ value: appPolicy({ sessionTimeout: 5, jwtTimeout: 30 }) }),
      };
      const tried: Tried = { attempt: granted({ access_token: token }) };
      const reading = await readSessionLifetime(async () => tried, admin);
      expect(reading).to.deep.equal({ value: { minutes, of, app: header } });
    });
  }

  it('every fact is read once, however often it is asked for', async () => {
    const { read, sent } = readers(files(row('log', 3)));
    await Promise.all([read.eventLogFiles(), read.eventLogFiles(), read.logDownload(), read.logDownload()]);
    expect(sent).to.have.length(2);
  });
});
