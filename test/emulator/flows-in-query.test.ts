import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { changePermissionSet } from './metadata/store.ts';
import { bearer, fixture, logIn, send } from './test-client.ts';

describe('emulator: what queries show of flows and of what users may do', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  });
  afterEach(() => emulator.stop());

  const ask = async (soql: string): Promise<Array<Record<string, unknown>>> => {
    const { accessToken } = emulator.login(example.admin);
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const { status, body } = await send(emulator, path, { headers: bearer(accessToken) });
    expect(status, body).to.equal(200);
    const { records } = JSON.parse(body) as { records: Array<Record<string, unknown>> };
    return records.map(({ attributes: _attributes, ...row }) => row);
  };

  it('a profile has what everybody has who has it', async () => {
    const columns = 'PermissionsModifyAllData, PermissionsApiUserOnly, PermissionsAuthorApex';
    expect(await ask(`SELECT ${columns} FROM Profile WHERE Name = 'System Administrator'`)).to.deep.equal([
      { PermissionsModifyAllData: true, PermissionsApiUserOnly: false, PermissionsAuthorApex: false },
    ]);
    emulator.org.addUser({ username: 'clerk@acme.com', profile: 'System Administrator' });
    expect(await ask("SELECT PermissionsModifyAllData FROM Profile WHERE Name = 'System Administrator'")).to.deep.equal(
      [{ PermissionsModifyAllData: false }]
    );
  });

  it('a permission set has what its file turns on, also through an assignment', async () => {
    const content =
      '<label>Apex</label>\n<userPermissions><enabled>true</enabled><name>AuthorApex</name></userPermissions>\n';
    changePermissionSet(emulator.org, 'Apex', content);
    emulator.org.user(example.username)?.permissionSets.push('Apex');
    const soql =
      'SELECT PermissionSet.Name, PermissionSet.PermissionsAuthorApex FROM PermissionSetAssignment ' +
      `WHERE Assignee.Username = '${example.username}'`;
    const sets = (await ask(soql)).map(({ PermissionSet }) => PermissionSet as Record<string, unknown>);
    const granting = sets.filter(({ PermissionsAuthorApex }) => PermissionsAuthorApex === true);
    expect(granting.map(({ Name }) => Name)).to.deep.equal(['Apex']);
  });

  it('everybody with Customize Application sees all tokens, and others their own', async () => {
    await logIn(emulator);
    const soql = "SELECT UserId FROM OauthToken WHERE AppName = 'AQUILA'";
    expect(await ask(soql)).to.deep.equal([{ UserId: emulator.org.user(example.username)?.id }]);
    emulator.org.user(example.admin)!.permissions.modifyMetadata = false;
    expect(await ask(soql)).to.deep.equal([]);
  });

  it('the Login History tells flows apart', async () => {
    const attempt = { username: example.admin, application: 'ETL', loginUrl: 'acme', sourceIp: '203.0.113.9' };
    const at = emulator.org.now();
    const id = emulator.org.newId('0Ya');
    emulator.org.loginHistory.push({ ...attempt, id, at, status: 'Success', loginSubType: 'OauthUsernamePassword' });
    const soql =
      "SELECT Application FROM LoginHistory WHERE LoginSubType IN ('OauthUsernamePassword', 'OauthUserAgent')";
    expect(await ask(soql)).to.deep.equal([{ Application: 'ETL' }]);
  });
});
