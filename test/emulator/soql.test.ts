import { expect } from 'chai';
import { exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { accessToken, bearer, fixture, send } from './test-client.ts';

describe('emulator: SOQL', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    token = await accessToken(emulator);
  });
  afterEach(() => emulator.stop());

  const query = async (soql: string, more = ''): Promise<[number, string]> => {
    const path = `/services/data/v68.0/query?q=${encodeURIComponent(soql)}${more}`;
    const { status, body } = await send(emulator, path, { headers: bearer(token) });
    return [status, body];
  };

  it("core's question for the org", async () => {
    const soql =
      'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization';
    const [status, body] = await query(soql);
    expect([status, body]).to.deep.equal([
      200,
      '{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Organization","url":' +
        `"/services/data/v68.0/sobjects/Organization/${emulator.org.id}"},"Name":"Acme","InstanceName":"NA224",` +
        '"IsSandbox":false,"TrialExpirationDate":null,"NamespacePrefix":null,"OrganizationType":"Enterprise Edition"}]}',
    ]);
  });

  const counts: Array<[string, number]> = [
    ['SELECT Id FROM User', 2],
    ['SELECT COUNT() FROM User', 2],
    ["SELECT Id, Username FROM User WHERE Username = 'INTEGRATION@acme.com'", 1],
    ["select id from user where username = 'integration@acme.com' and isactive = true limit 5", 1],
    ["SELECT Id FROM User WHERE Username != 'integration@acme.com' AND IsActive = TRUE", 1],
    ['SELECT Id FROM User WHERE FirstName = null', 0],
    ["SELECT Id FROM User WHERE LastName = 'O\\'Neill'", 0],
    ["SELECT Id FROM User WHERE Username != 'nobody@acme.com'", 2],
    ['SELECT Id FROM User LIMIT 1', 1],
    ["SELECT Id FROM PermissionSet WHERE Name = 'AQUILA'", 1],
    ['SELECT AssigneeId FROM PermissionSetAssignment', 3],
    ['SELECT Id FROM Profile', 3],
    ["SELECT Id FROM User WHERE Username > 'b'", 1],
    ["SELECT Id FROM User WHERE Username <= 'ADMIN@acme.com'", 1],
    ["SELECT Id FROM User WHERE FirstName >= 'A' AND FirstName < 'AQ'", 1],
    ['SELECT FIELDS(ALL) FROM User LIMIT 200', 2],
  ];
  for (const [soql, size] of counts) {
    it(`${soql} finds ${size}`, async () => {
      const [status, body] = await query(soql);
      expect([status, (JSON.parse(body) as { totalSize: number }).totalSize]).to.deep.equal([200, size]);
    });
  }

  const refusals: Array<[string, string, string]> = [
    ['', 'MALFORMED_QUERY', '<EOF>'],
    ['SELECT FROM User', 'MALFORMED_QUERY', "unexpected token: 'User'"],
    ['SELECT Id FROM User GROUP BY Id', 'MALFORMED_QUERY', "unexpected token: 'GROUP'"],
    ["SELECT Id FROM User WHERE Id = 'a' AND Id = 'b' OR Id = 'c'", 'MALFORMED_QUERY', "unexpected token: 'OR'"],
    ["SELECT Id FROM User WHERE Id = 'a", 'MALFORMED_QUERY', 'no viable alternative'],
    ['SELECT Id FROM Nothing__c', 'INVALID_TYPE', "sObject type 'Nothing__c' is not supported"],
    ['SELECT Id FROM ScratchOrgInfo limit 1', 'INVALID_TYPE', "sObject type 'ScratchOrgInfo' is not supported"],
    ['SELECT Shoe FROM User', 'INVALID_FIELD', "No such column 'Shoe' on entity 'User'"],
    ["SELECT Id FROM User WHERE Shoe = 'x'", 'INVALID_FIELD', "No such column 'Shoe' on entity 'User'"],
    ['SELECT FIELDS(ALL) FROM User', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
    ['SELECT FIELDS(CUSTOM) FROM User LIMIT 1', 'MALFORMED_QUERY', "unexpected token: 'CUSTOM'"],
    ['SELECT Username, FIELDS(STANDARD) FROM User', 'INVALID_FIELD', 'duplicate field selected: Username'],
    ['SELECT Id FROM User WHERE IsActive > false', 'INVALID_FIELD', 'invalid operator on boolean field'],
    ['SELECT Id FROM User WHERE Username = 2026-11-21', 'INVALID_FIELD', 'must be of type string'],
    ['SELECT Id FROM User ORDER BY Username NULLS', 'MALFORMED_QUERY', '<EOF>'],
    ['SELECT UserId FROM UserLogin', 'INVALID_TYPE', "sObject type 'UserLogin' is not supported"],
  ];
  for (const [soql, errorCode, message] of refusals) {
    it(`"${soql}" is ${errorCode}`, async () => {
      const [status, body] = await query(soql);
      const errors = JSON.parse(body) as Array<{ errorCode: string; message: string }>;
      expect([status, errors.length, errors[0]?.errorCode]).to.deep.equal([400, 1, errorCode]);
      expect(errors[0]?.message).to.contain(message);
    });
  }

  it('FIELDS(STANDARD) gives every field, with others beside it', async () => {
    const [status, body] = await query('SELECT Profile.Name, FIELDS(STANDARD) FROM User LIMIT 1');
    const [row] = (JSON.parse(body) as { records: object[] }).records;
    expect(status).to.equal(200);
    expect(row).to.have.all.keys(
      ...['attributes', 'Profile', 'Id', 'Username', 'Name', 'FirstName', 'LastName', 'Email', 'IsActive'],
      ...['UserType', 'ProfileId']
    );
    const [, columns] = await query('SELECT FIELDS(STANDARD) FROM Profile', '&columns=true');
    expect(columns).to.contain('"columnName":"Id"').and.contain('"columnName":"Name"');
  });

  it('ScratchOrgInfo exists in a Dev Hub', async () => {
    emulator.org.facts.devHub = true;
    expect((await query('SELECT Id FROM ScratchOrgInfo limit 1'))[0]).to.equal(200);
  });

  it('columns=true describes the columns', async () => {
    const [status, body] = await query('SELECT Id, IsActive FROM User', '&columns=true');
    const described = JSON.parse(body) as { entityName: string; columnMetadata: Array<Record<string, unknown>> };
    expect([status, described.entityName]).to.deep.equal([200, 'User']);
    const summary = described.columnMetadata.map((c) => [c['columnName'], c['textType'], c['booleanType']]);
    expect(summary).to.deep.equal([
      ['Id', true, false],
      ['IsActive', false, true],
    ]);
  });
});

describe('emulator: the language of SOQL', () => {
  let emulator: Emulator;
  let token: string;
  before(async () => {
    emulator = await startEmulator({
      ...exampleOrg(),
      users: ['ann', 'Bob', 'b_b', 'cy', 'al%'].map((name) => ({ username: `${name}@acme.com`, firstName: name })),
    });
    emulator.org.addUser({ username: 'zed@acme.com', active: false, profile: 'Guest' });
    token = emulator.login('ann@acme.com').accessToken;
  });
  after(() => emulator.stop());

  const ask = async (soql: string, api = 'query'): Promise<Array<Record<string, unknown>>> => {
    const path = `/services/data/v66.0/${api}?q=${encodeURIComponent(soql)}`;
    const { status, body } = await send(emulator, path, { headers: bearer(token) });
    expect(status, body).to.equal(200);
    return (JSON.parse(body) as { records: Array<Record<string, unknown>> }).records;
  };
  const names = async (rest: string): Promise<string> =>
    (await ask(`SELECT Username FROM User ${rest}`))
      .map((row) => String(row['Username']).replace('@acme.com', ''))
      .join(' ');

  const found: Array<[string, string]> = [
    ["WHERE FirstName = 'ann' OR FirstName = 'cy'", 'ann cy'],
    ["WHERE (FirstName = 'ann' OR FirstName = 'cy') AND IsActive = true", 'ann cy'],
    ["WHERE (FirstName = 'ann' AND IsActive = false) OR (Profile.Name = 'Guest')", 'zed'],
    ["WHERE FirstName IN ('BOB', 'cy', 'none')", 'Bob cy'],
    ['WHERE FirstName IN (null)', 'zed'],
    ["WHERE Username LIKE 'b%'", 'Bob b_b'],
    ["WHERE Username LIKE 'b_b@acme.com'", 'Bob b_b'],
    ["WHERE Username LIKE 'b\\_b@acme.com'", 'b_b'],
    ["WHERE FirstName LIKE 'al\\%'", 'al%'],
    ["WHERE FirstName LIKE 'a.n'", ''],
    ["WHERE Profile.Name = 'guest'", 'zed'],
    ['ORDER BY FirstName', 'zed al% ann b_b Bob cy'],
    ['ORDER BY FirstName DESC LIMIT 2', 'cy Bob'],
    ['ORDER BY FirstName ASC NULLS LAST', 'al% ann b_b Bob cy zed'],
    ['ORDER BY FirstName DESC NULLS FIRST LIMIT 2', 'zed cy'],
    ['ORDER BY IsActive, Username desc', 'zed cy Bob b_b ann al%'],
    ['WHERE IsActive = true ORDER BY Username LIMIT 1', 'al%'],
  ];
  for (const [rest, expected] of found) {
    it(`"${rest}" finds: ${expected}`, async () => expect(await names(rest)).to.equal(expected));
  }

  it('an id is found in either of its lengths, and by its exact case only', async () => {
    const id = emulator.org.user('cy@acme.com')?.id ?? '';
    expect(await names(`WHERE Id = '${id}'`)).to.equal('cy');
    expect(await names(`WHERE Id IN ('${id.slice(0, 15)}')`)).to.equal('cy');
    expect(await names(`WHERE Id = '${id.slice(0, 15).toUpperCase()}'`)).to.equal('');
  });

  it('fields of a parent come in objects of their own', async () => {
    const [row] = await ask(
      "SELECT Profile.Name, Username, Profile.Id FROM User WHERE Username = 'zed@acme.com'",
      'tooling/query'
    );
    const { org } = emulator;
    const base = '/services/data/v66.0/tooling/sobjects';
    const profileId = org.idOf('00e', 'Guest');
    expect(row).to.deep.equal({
      attributes: { type: 'User', url: `${base}/User/${org.user('zed@acme.com')?.id}` },
      Profile: { attributes: { type: 'Profile', url: `${base}/Profile/${profileId}` }, Name: 'Guest', Id: profileId },
      Username: 'zed@acme.com',
    });
  });

  for (const [soql, code] of [
    ['SELECT Shoe.Name FROM User', 'INVALID_FIELD'],
    ["SELECT Id FROM User WHERE Profile.Shoe = 'x'", 'INVALID_FIELD'],
    ['SELECT Id FROM User ORDER BY Shoe', 'INVALID_FIELD'],
    ['SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment)', 'MALFORMED_QUERY'],
    ["SELECT Id FROM User WHERE (Id = 'a'", 'MALFORMED_QUERY'],
    ['SELECT COUNT(Id) FROM User', 'MALFORMED_QUERY'],
    ["SELECT Id FROM User WHERE NOT Id = 'a'", 'MALFORMED_QUERY'],
    ['SELECT Id FROM User LIMIT 1 OFFSET 1', 'MALFORMED_QUERY'],
  ]) {
    it(`"${soql}" is ${code}`, async () => {
      const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql ?? '')}`;
      const { status, body } = await send(emulator, path, { headers: bearer(token) });
      expect([status, (JSON.parse(body) as Array<{ errorCode: string }>)[0]?.errorCode]).to.deep.equal([400, code]);
    });
  }

  it('a long answer comes page by page, to the user who asked', async () => {
    emulator.switches.queryPageSize = 4;
    const get = async (path: string, as = token): Promise<[number, Record<string, unknown>]> => {
      const { status, body } = await send(emulator, path, { headers: bearer(as) });
      return [status, JSON.parse(body) as Record<string, unknown>];
    };
    const [, first] = await get('/services/data/v66.0/query?q=SELECT+Id+FROM+User');
    const next = String(first['nextRecordsUrl']);
    expect(next).to.match(/^\/services\/data\/v66\.0\/query\/01g\w{15}-4$/);
    expect(first).to.include({ totalSize: 6, done: false });
    expect(first['records']).to.have.length(4);
    const [, second] = await get(next);
    expect(second).to.include({ totalSize: 6, done: true });
    expect(second).to.not.have.property('nextRecordsUrl');
    expect(second['records']).to.have.length(2);
    const stranger = emulator.login('bob@acme.com').accessToken;
    const refused = [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }];
    expect(await get(next, stranger)).to.deep.equal([400, refused]);
    expect(await get('/services/data/v66.0/query/01gnone-4')).to.deep.equal([400, refused]);
  });

  it('columns=true describes fields of a parent below its relationship', async () => {
    const soql = 'SELECT Assignee.Username, Assignee.Profile.Name, Id FROM PermissionSetAssignment';
    const path = `/services/data/v66.0/query?columns=true&q=${encodeURIComponent(soql)}`;
    const { body } = await send(emulator, path, { headers: bearer(token) });
    type Column = { columnName: string; joinColumns: Column[] };
    const brief = ({ columnName, joinColumns }: Column): unknown =>
      joinColumns.length === 0 ? columnName : { [columnName]: joinColumns.map(brief) };
    const { columnMetadata } = JSON.parse(body) as { columnMetadata: Column[] };
    expect(columnMetadata.map(brief)).to.deep.equal([{ Assignee: ['Username', { Profile: ['Name'] }] }, 'Id']);
  });
});

describe('emulator: times in SOQL', () => {
  let emulator: Emulator;
  let token: string;
  /** The org's clock stands at noon; the times are those of changes in Setup. */
  before(async () => {
    emulator = await startEmulator({ setupAuditTrail: [] });
    const { org } = emulator;
    org.passTime((Date.parse('2026-11-21T12:00:00Z') - Date.now()) / 60_000);
    for (const time of [
      '2026-11-14T00:00:00Z',
      '2026-11-20T23:59:59.999Z',
      '2026-11-21T00:00:00Z',
      '2026-11-21T08:30:00.5Z',
    ]) {
      org.setupAuditTrail.push({
        at: Date.parse(time),
        username: 'x',
        action: time.slice(8, 16),
        section: '',
        display: time,
      });
    }
    token = emulator.login('admin@acme.com').accessToken;
  });
  after(() => emulator.stop());

  const ask = async (where: string): Promise<[number, string]> => {
    const soql = `SELECT Action FROM SetupAuditTrail WHERE ${where}`;
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const { status, body } = await send(emulator, path, { headers: bearer(token) });
    const found = JSON.parse(body) as { records?: Array<{ Action: string }> } & Array<{ message: string }>;
    return [status, found.records?.map(({ Action }) => Action).join(' ') ?? found[0]?.message ?? ''];
  };

  const found: Array<[string, string]> = [
    ['CreatedDate > 2026-11-21T00:00:00Z', '21T08:30'],
    ['CreatedDate >= 2026-11-21T00:00:00.000Z', '21T00:00 21T08:30'],
    ['CreatedDate < 2026-11-21T08:00:00+08:00', '14T00:00 20T23:59'],
    ['CreatedDate <= 2026-11-20T19:00:00.000-0500', '14T00:00 20T23:59 21T00:00'],
    ['CreatedDate = 2026-11-21T08:30:00.500+0000', '21T08:30'],
    ['CreatedDate IN (2026-11-21T00:00:00Z, 2026-11-14T00:00:00Z)', '14T00:00 21T00:00'],
    ['CreatedDate = TODAY', '21T00:00 21T08:30'],
    ['CreatedDate != today AND CreatedDate != null', '14T00:00 20T23:59'],
    ['CreatedDate > YESTERDAY', '21T00:00 21T08:30'],
    ['CreatedDate <= YESTERDAY', '14T00:00 20T23:59'],
    ['CreatedDate = LAST_N_DAYS:1', '20T23:59 21T00:00 21T08:30'],
    ['CreatedDate >= LAST_N_DAYS:7', '14T00:00 20T23:59 21T00:00 21T08:30'],
    ['CreatedDate > LAST_N_DAYS:1', '20T23:59 21T00:00 21T08:30'],
    ['CreatedDate < LAST_N_DAYS:6', '14T00:00'],
    ['CreatedDate = null', ''],
  ];
  for (const [where, expected] of found) {
    it(`"${where}" finds: ${expected}`, async () => expect(await ask(where)).to.deep.equal([200, expected]));
  }

  for (const literal of ["'2026-11-21T00:00:00Z'", '2026-11-21', '20261121']) {
    it(`a time is not written ${literal}`, async () => {
      const text =
        "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes";
      expect(await ask(`CreatedDate > ${literal}`)).to.deep.equal([400, text]);
    });
  }
});
