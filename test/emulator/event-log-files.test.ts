import type { Buffer } from 'node:buffer';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { csv, example, exampleOrg, loginLog, presets, startEmulator } from './index.ts';
import type { Emulator, PresetName } from './index.ts';
import { accessToken, bearer, fixture, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

type Records = Array<Record<string, string | number | boolean | null>>;

const hour = 3_600_000;

describe('emulator: event log files', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    token = await accessToken(emulator);
  });
  afterEach(() => emulator.stop());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Answered> =>
    send(emulator, path, { headers: { ...bearer(token), ...headers } });
  const ask = (soql: string): Promise<Answered> => get(`/services/data/v56.0/query?q=${encodeURIComponent(soql)}`);
  const records = async (soql: string): Promise<Records> => {
    const { status, body } = await ask(soql);
    expect(status, body).to.equal(200);
    return (JSON.parse(body) as { records: Records }).records;
  };
  /** The collector's first question (docs/reference/aquila-collector.md §5.1). */
  const weekOf = (interval: string, type = 'Login'): string =>
    `SELECT CreatedDate,LogDate,LogFile FROM EventLogFile WHERE LogDate > ${new Date(Date.now() - 168 * hour).toISOString()} ` +
    `AND Interval = '${interval}' AND EventType = '${type}' ORDER BY LogDate ASC NULLS FIRST`;
  const intervals = async (): Promise<string[]> =>
    (await records('SELECT Interval FROM EventLogFile ORDER BY Interval')).map((row) => String(row['Interval']));

  for (const interval of ['Hourly', 'Daily']) {
    it(`the collector finds its ${interval} file of logins and downloads it as CSV`, async () => {
      const [row, ...others] = await records(weekOf(interval));
      expect(others).to.have.length(0);
      expect(row?.['LogFile']).to.match(/^\/services\/data\/v56\.0\/sobjects\/EventLogFile\/0AT\w{15}\/LogFile$/);
      const { status, headers, body } = await get(String(row?.['LogFile']));
      expect([status, headers['content-type']]).to.deep.equal([200, 'text/csv']);
      const [names, first] = body.split('\n');
      expect(names).to.match(/^"EVENT_TYPE","TIMESTAMP",/);
      expect(first).to.match(/^"Login","\d{14}\.\d{3}",/);
    });
  }

  it('a later question with the cursor finds only what was made since', async () => {
    const [newest] = await records(weekOf('Hourly'));
    const since = `SELECT LogFile FROM EventLogFile WHERE EventType = 'Login' AND Interval = 'Hourly' AND CreatedDate > ${String(newest?.['CreatedDate'])}`;
    expect(await records(since)).to.have.length(0);
    const { id } = emulator.org.addEventLogFile({ eventType: 'Login', interval: 'Hourly', createdAt: Date.now() });
    expect((await records(since)).map(({ LogFile }) => String(LogFile))).to.deep.equal([
      `/services/data/v56.0/sobjects/EventLogFile/${id}/LogFile`,
    ]);
  });

  it('a row tells length, columns and their types', async () => {
    const content = csv(['EVENT_TYPE', 'USER_ID', 'RUN_TIME'], [['ApexSoap', '0055g000', 'é "quoted"']]);
    emulator.org.addEventLogFile({ eventType: 'ApexSoap', logDate: Date.parse('2026-11-20T00:00:00Z'), content });
    emulator.org.passTime((Date.parse('2026-11-21T12:00:00Z') - Date.now()) / 60_000);
    const [row] = await records("SELECT FIELDS(STANDARD) FROM EventLogFile WHERE EventType = 'ApexSoap'");
    expect(row).to.deep.include({
      ...{ Interval: 'Daily', Sequence: 0, LogDate: '2026-11-20T00:00:00.000+0000' },
      ...{ CreatedDate: '2026-11-21T03:00:00.000+0000', LogFileLength: 72 },
      ...{ LogFileFieldNames: 'EVENT_TYPE,USER_ID,RUN_TIME', LogFileFieldTypes: 'String,Id,Number' },
    });
  });

  it('a file of several megabytes arrives whole', async () => {
    const content = loginLog(20_000, { username: example.username, userId: '0055g0000000002AAA', at: 0 });
    const { id } = emulator.org.addEventLogFile({ eventType: 'Login', content });
    expect(content.length).to.be.greaterThan(4_000_000);
    const { status, body } = await get(`/services/data/v56.0/sobjects/EventLogFile/${id}/LogFile`);
    expect([status, body.length, body.endsWith(content.slice(-100))]).to.deep.equal([200, content.length, true]);
  });

  it('it is compressed for a client that takes gzip', async () => {
    const [row] = await records(weekOf('Daily'));
    const path = String(row?.['LogFile']);
    const options = {
      headers: { ...bearer(token), 'Accept-Encoding': 'gzip' },
      ca: emulator.tlsCertificate,
      agent: false,
    };
    const [encoding, bytes] = await new Promise<[string | undefined, Buffer]>((resolve, reject) => {
      request(emulator.myDomainUrl + path, options, (response) => {
        buffer(response).then((whole) => resolve([response.headers['content-encoding'], whole]), reject);
      })
        .on('error', reject)
        .end();
    });
    expect(encoding).to.equal('gzip');
    expect(gunzipSync(bytes).toString()).to.equal((await get(path)).body);
  });

  it('the login host and an id that nobody has are 404', async () => {
    const [row] = await records(weekOf('Daily'));
    const path = String(row?.['LogFile']);
    expect((await send(emulator, path, { face: 'login', headers: bearer(token) })).status).to.equal(404);
    expect((await get(path.replace(/0AT\w{15}/, '0AT5g0000000zzzAAA'))).status).to.equal(404);
    expect((await get(path, { Authorization: 'Bearer wrong' })).status).to.equal(401);
  });

  it('with instance-url-elsewhere the token answer names the only host that has the file', async () => {
    presets['instance-url-elsewhere'](emulator);
    const { body } = await ask(weekOf('Daily'));
    const path = String((JSON.parse(body) as { records: Records }).records[0]?.['LogFile']);
    expect((await get(path)).status).to.equal(404);
    const elsewhere = { ...emulator, myDomainUrl: emulator.switches.instanceUrl };
    expect((await send(elsewhere, path, { headers: bearer(token) })).status).to.equal(200);
    expect(elsewhere.myDomainUrl).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
  });

  const lists: Array<[PresetName, string[]]> = [
    ['no-event-monitoring', ['Daily', 'Daily']],
    ['no-hourly-log-files', ['Daily', 'Daily']],
    ['no-event-log-files', []],
    ['event-log-file-generation-off', []],
  ];
  for (const [preset, left] of lists) {
    it(`${preset} leaves ${left.length} files`, async () => {
      expect(await intervals()).to.deep.equal(['Daily', 'Daily', 'Hourly', 'Hourly']);
      presets[preset](emulator);
      expect(await intervals()).to.deep.equal(left);
    });
  }

  it('without the licence only a few types are there, for a day; with it for 30 days; a Developer Edition has all', async () => {
    const { org } = emulator;
    org.addEventLogFile({ eventType: 'ApexSoap' });
    expect(await intervals()).to.have.length(5);
    presets['no-event-monitoring'](emulator);
    expect(await intervals()).to.have.length(2);
    org.facts.organizationType = 'Developer Edition';
    expect(await intervals()).to.have.length(5);
    org.facts.organizationType = 'Enterprise Edition';
    org.passTime(25 * 60);
    expect(await intervals()).to.have.length(0);
    org.facts.licences.eventMonitoring = true;
    expect(await intervals()).to.have.length(5);
    org.passTime(30 * 24 * 60);
    expect(await intervals()).to.have.length(0);
  });

  const refusals: Array<['invalid-type' | 'empty' | 'insufficient-access', number, string, number]> = [
    ['invalid-type', 400, "sObject type 'EventLogFile' is not supported", 404],
    ['empty', 200, '"totalSize":0', 404],
    ['insufficient-access', 403, '"errorCode":"INSUFFICIENT_ACCESS"', 403],
  ];
  for (const [answer, status, text, download] of refusals) {
    it(`without View Event Log Files the org may answer ${answer}; View All Data is as good`, async () => {
      const path = String((await records(weekOf('Daily')))[0]?.['LogFile']);
      presets['user-without-view-event-log-files'](emulator);
      emulator.switches.eventLogFilesWithoutPermission = answer;
      const refused = await ask(weekOf('Daily'));
      expect(refused.status).to.equal(status);
      expect(refused.body).to.contain(text);
      expect((await get(path)).status).to.equal(download);
      expect((await get(path.replace('/LogFile', ''))).status).to.equal(download);
      const user = emulator.org.user(example.username);
      if (user) user.permissions.viewAllData = true;
      expect((await get(path)).status).to.equal(200);
    });
  }

  it('log-file-download-refused: rows are there, the download is 403', async () => {
    presets['log-file-download-refused'](emulator);
    const [row] = await records(weekOf('Daily'));
    const { status, body } = await get(String(row?.['LogFile']));
    expect([status, body]).to.deep.equal([
      403,
      '[{"message":"insufficient access rights on cross-reference id","errorCode":"INSUFFICIENT_ACCESS"}]',
    ]);
  });

  it('what is in a file can be neither filtered nor sorted by', async () => {
    for (const rest of ["WHERE LogFile = 'x'", 'ORDER BY LogFileFieldNames']) {
      const { status, body } = await ask(`SELECT Id FROM EventLogFile ${rest}`);
      expect([status, body]).to.satisfy(
        ([s, b]: [number, string]) => s === 400 && /can not be (filtered|sorted) in/.test(b)
      );
    }
  });
});
