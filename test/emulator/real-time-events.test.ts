import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { Emulator, PresetName } from './index.ts';
import { accessToken, bearer, fixture, send } from './test-client.ts';

type Told = { status: number; text: string; records: Array<Record<string, unknown>> };

describe('emulator: stored real-time events and the audit trail', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    token = await accessToken(emulator);
  });
  afterEach(() => emulator.stop());

  const ask = async (soql: string, as = token): Promise<Told> => {
    const path = `/services/data/v56.0/query?q=${encodeURIComponent(soql)}`;
    const { status, body } = await send(emulator, path, { headers: bearer(as) });
    const value = JSON.parse(body) as { records?: Told['records'] } & Array<{ errorCode: string; message: string }>;
    const [error] = status === 200 ? [] : value;
    return { status, text: error ? `${error.errorCode}: ${error.message}` : '', records: value.records ?? [] };
  };
  const weekAgo = (): string => new Date(Date.now() - 168 * 3_600_000).toISOString();

  for (const object of ['LoginEvent', 'LogoutEvent']) {
    it(`the collector reads ${object}, whose records share one Id`, async () => {
      const { status, records } = await ask(`SELECT FIELDS(STANDARD) FROM ${object} WHERE EventDate > ${weekAgo()}`);
      expect([status, records.length]).to.deep.equal([200, 1]);
      expect(records[0]).to.deep.include({
        attributes: { type: object, url: `/services/data/v56.0/sobjects/${object}/000000000000000AAA` },
        Id: '000000000000000AAA',
        UserId: emulator.org.user(example.admin)?.id,
      });
      expect(String(records[0]?.['EventDate'])).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+\+0000$/);
    });
  }

  it('the newest event comes first', async () => {
    const event = { username: example.admin, sourceIp: '::1', identifier: 'newest', at: Date.now() };
    emulator.org.logoutEvents.push(event);
    const { records } = await ask('SELECT EventIdentifier FROM LogoutEvent LIMIT 1');
    expect(records.map((row) => row['EventIdentifier'])).to.deep.equal(['newest']);
  });

  const limits: Array<[string, string]> = [
    ["WHERE UserId = '005000000000000AAA'", 'INVALID_FIELD: \nSELECT'],
    ["WHERE EventIdentifier = 'a'", 'MALFORMED_QUERY: LoginEvent: filter on EventDate, EventIdentifier in this order'],
    [
      "WHERE EventDate > TODAY AND EventIdentifier = 'a'",
      'MALFORMED_QUERY: LoginEvent: filter on EventDate, EventIdentifier',
    ],
    ['WHERE EventDate != TODAY', 'MALFORMED_QUERY: LoginEvent: only the operators'],
    ['WHERE EventDate = TODAY OR EventDate = YESTERDAY', 'MALFORMED_QUERY: LoginEvent: only conditions joined by AND'],
    ['ORDER BY EventDate', 'MALFORMED_QUERY: LoginEvent: ORDER BY is not supported'],
  ];
  for (const [rest, refusal] of limits) {
    it(`a big object refuses ${rest}`, async () => {
      const { status, text } = await ask(`SELECT EventDate FROM LoginEvent ${rest}`);
      expect(status).to.equal(400);
      expect(text).to.contain(refusal);
    });
  }

  it('a big object refuses COUNT(), and takes its index in order', async () => {
    expect((await ask('SELECT COUNT() FROM LoginEvent')).text).to.contain('COUNT is not supported');
    const { records } = await ask('SELECT EventDate FROM LoginEvent');
    const found = `WHERE EventDate = ${String(records[0]?.['EventDate'])} AND EventIdentifier > '0'`;
    expect((await ask(`SELECT EventDate FROM LoginEvent ${found}`)).records).to.have.length(1);
  });

  const absent: Array<[PresetName, string, string]> = [
    ['no-real-time-licence', 'INVALID_TYPE', 'INVALID_TYPE'],
    ['no-event-monitoring', 'INVALID_TYPE', 'INVALID_TYPE'],
    ['user-without-real-time-events', 'INVALID_TYPE', 'INVALID_TYPE'],
    ['event-storage-off', 'none', 'none'],
    ['login-event-storage-off', 'none', '1'],
    ['logout-event-storage-off', '1', 'none'],
  ];
  for (const [preset, login, logout] of absent) {
    it(`${preset}: LoginEvent ${login}, LogoutEvent ${logout}`, async () => {
      presets[preset](emulator);
      const told = await Promise.all(
        ['LoginEvent', 'LogoutEvent'].map(async (object) => {
          const { status, text, records } = await ask(`SELECT FIELDS(STANDARD) FROM ${object}`);
          return status === 200 ? String(records.length || 'none') : text.split(':')[0];
        })
      );
      expect(told).to.deep.equal([login, logout]);
    });
  }

  it('what the reference leaves open is a switch', async () => {
    const { switches } = emulator;
    presets['no-real-time-licence'](emulator);
    switches.realTimeEventsWithoutLicence = 'insufficient-access';
    expect((await ask('SELECT EventDate FROM LoginEvent')).status).to.equal(403);
    switches.logoutEventsWithoutLicence = true;
    expect((await ask('SELECT EventDate FROM LogoutEvent')).records).to.have.length(1);
    presets['user-without-real-time-events'](emulator);
    switches.realTimeEventsWithoutPermission = 'empty';
    expect(await ask('SELECT EventDate FROM LogoutEvent')).to.deep.include({ status: 200, records: [] });
  });

  it('the audit trail comes in order of time, with who did it; its text is no filter', async () => {
    const { records } = await ask(
      `SELECT FIELDS(STANDARD), CreatedBy.Username FROM SetupAuditTrail WHERE CreatedDate > ${weekAgo()} ORDER BY CreatedDate ASC NULLS FIRST`
    );
    expect(records.map(({ Action }) => Action)).to.deep.equal(['PermSetCreate', 'PermSetAssign']);
    expect(records[0]?.['CreatedBy']).to.deep.include({ Username: example.admin });
    expect((await ask("SELECT Id FROM SetupAuditTrail WHERE Display = 'x'")).text).to.contain(
      "field 'Display' can not be filtered in a query call"
    );
    expect((await ask('SELECT COUNT() FROM SetupAuditTrail')).status).to.equal(200);
  });

  it('the audit trail may need View Setup and Configuration', async () => {
    presets['setup-audit-trail-needs-view-setup'](emulator);
    expect((await ask('SELECT Id FROM SetupAuditTrail')).text).to.contain('INVALID_TYPE');
    const admin = emulator.login(example.admin).accessToken;
    expect((await ask('SELECT Id FROM SetupAuditTrail', admin)).records).to.have.length(2);
  });

  it('UserPermissionAccess tells what the asking user may read; the column for real-time events is a switch', async () => {
    const soql = (more = ''): string =>
      `SELECT PermissionsApiEnabled, PermissionsViewEventLogFiles, PermissionsViewAllData, PermissionsViewSetup${more} FROM UserPermissionAccess`;
    const more = ', PermissionsViewDataLeakageEvents';
    const rights = { PermissionsApiEnabled: true, PermissionsViewEventLogFiles: true, PermissionsViewAllData: false, PermissionsViewSetup: false }; // prettier-ignore
    expect((await ask(soql(more))).records[0]).to.include({ ...rights, PermissionsViewDataLeakageEvents: true });
    presets['user-without-view-event-log-files'](emulator);
    presets['user-without-real-time-events'](emulator);
    expect((await ask(soql(more))).records[0]).to.include({
      PermissionsViewEventLogFiles: false,
      PermissionsViewDataLeakageEvents: false,
    });
    emulator.switches.realTimePermissionColumn = '';
    expect((await ask(soql(more))).text).to.contain("No such column 'PermissionsViewDataLeakageEvents'");
    expect((await ask(soql())).status).to.equal(200);
  });
});
