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
    ['SELECT AssigneeId FROM PermissionSetAssignment', 1],
    ['SELECT Id FROM Profile', 2],
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
    ["SELECT Id FROM User WHERE Id = 'a' OR Id = 'b'", 'MALFORMED_QUERY', "unexpected token: 'OR'"],
    ["SELECT Id FROM User WHERE Id = 'a", 'MALFORMED_QUERY', 'no viable alternative'],
    ['SELECT Id FROM Nothing__c', 'INVALID_TYPE', "sObject type 'Nothing__c' is not supported"],
    ['SELECT Id FROM ScratchOrgInfo limit 1', 'INVALID_TYPE', "sObject type 'ScratchOrgInfo' is not supported"],
    ['SELECT Shoe FROM User', 'INVALID_FIELD', "No such column 'Shoe' on entity 'User'"],
    ["SELECT Id FROM User WHERE Shoe = 'x'", 'INVALID_FIELD', "No such column 'Shoe' on entity 'User'"],
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
