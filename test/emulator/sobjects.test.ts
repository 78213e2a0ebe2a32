import { createRequire } from 'node:module';
import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator, trustInProcess } from './index.ts';
import type { App, Emulator } from './index.ts';
import { bearer, send } from './test-client.ts';

type Saved = { id?: string; success: boolean; errors: unknown[] };
type SObject = {
  create: (fields: object) => Promise<Saved>;
  retrieve: (id: string) => Promise<Record<string, unknown>>;
  destroy: (id: string) => Promise<Saved>;
};
type Page = { done: boolean; totalSize: number; records: object[]; nextRecordsUrl?: string };
type Queries = {
  query: (soql: string, options?: object) => Promise<Page>;
};
type Connection = Queries & { tooling: Queries; sobject: (name: string) => SObject };

/** The client of stock sf, which was written without knowing this emulator. */
const jsforce = createRequire(createRequire(import.meta.url).resolve('@salesforce/core'))('@jsforce/jsforce-node') as {
  Connection: new (options: object) => Connection;
};

describe('emulator: records by REST', () => {
  let emulator: Emulator;
  let undo: () => void;
  let connection: Connection;
  let app: App;
  let set: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg());
    undo = trustInProcess(emulator.tlsCertificate);
    const { accessToken } = emulator.login(example.admin);
    connection = new jsforce.Connection({ instanceUrl: emulator.myDomainUrl, accessToken, version: '66.0' });
    app = emulator.org.app(example.clientId) as App;
    emulator.org.permissionSets.add('SIEM');
    set = emulator.org.idOf('0PS', 'SIEM');
  });
  afterEach(async () => {
    undo();
    await emulator.stop();
  });

  it('jsforce gives a permission set access to an app, and takes it away', async () => {
    const access = connection.sobject('SetupEntityAccess');
    const before = Date.now();
    const { id = '', ...saved } = await access.create({ ParentId: set, SetupEntityId: app.id.slice(0, 15) });
    expect(saved).to.deep.equal({ success: true, errors: [] });
    expect(app.permissionSets).to.deep.equal([example.permissionSet, 'SIEM']);
    expect(app.changedAt).to.be.at.least(before);
    expect(await access.retrieve(id)).to.include({
      Id: id,
      ParentId: set,
      SetupEntityId: app.id,
      SetupEntityType: 'ExternalClientApplication',
    });
    expect(await access.destroy(id)).to.include({ id, success: true });
    expect(app.permissionSets).to.deep.equal([example.permissionSet]);
  });

  it('a profile gets access to a connected app by the permission set behind it', async () => {
    presets['name-of-a-connected-app'](emulator);
    const found = await connection.query("SELECT Id FROM PermissionSet WHERE Profile.Name = 'Standard User'");
    const [parent] = found.records as Array<{ Id: string }>;
    await connection.sobject('SetupEntityAccess').create({ ParentId: parent?.Id, SetupEntityId: app.id });
    expect(app.profiles).to.deep.equal(['Standard User']);
  });

  it('jsforce assigns a permission set, and takes it away', async () => {
    const user = emulator.org.user(example.admin);
    const assignment = connection.sobject('PermissionSetAssignment');
    const { id = '' } = await assignment.create({ AssigneeId: user?.id, PermissionSetId: set });
    expect(user?.permissionSets).to.deep.equal(['SIEM']);
    expect((await assignment.retrieve(id))['PermissionSetId']).to.equal(set);
    await assignment.destroy(id);
    expect(user?.permissionSets).to.deep.equal([]);
  });

  it('jsforce follows nextRecordsUrl, and asks the Tooling API', async () => {
    emulator.switches.queryPageSize = 1;
    emulator.switches.appsInQuery = 'tooling';
    for (const api of [connection, connection.tooling]) {
      const { records } = await api.query('SELECT Id, Profile.Name FROM User', { autoFetch: true, maxFetch: 9 });
      expect(records).to.have.length(2);
    }
    const { totalSize } = await connection.tooling.query('SELECT COUNT() FROM ExternalClientApplication');
    expect(totalSize).to.equal(1);
  });

  describe('refusals', () => {
    type Body = Array<{ message: string; errorCode: string; fields: string[] }>;
    const path = '/services/data/v66.0/sobjects';
    const ask = async (method: string, below: string, fields?: object): Promise<[number, Body]> => {
      const headers = { ...bearer(emulator.login(example.admin).accessToken), 'Content-Type': 'application/json' };
      const request = { method, headers, ...(fields && { body: JSON.stringify(fields) }) };
      const { status, body } = await send(emulator, `${path}/${below}`, request);
      return [status, JSON.parse(body) as Body];
    };
    const code = async (below: string, fields: object): Promise<string> => {
      const [status, [first]] = await ask('POST', below, fields);
      return `${status} ${first?.errorCode}`;
    };

    it('what is there already', async () => {
      const fields = { ParentId: emulator.org.idOf('0PS', example.permissionSet), SetupEntityId: app.id };
      const message = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>';
      expect(await ask('POST', 'SetupEntityAccess', fields)).to.deep.equal([
        400,
        [{ message, errorCode: 'DUPLICATE_VALUE', fields: [] }],
      ]);
      const assigned = {
        AssigneeId: emulator.org.user(example.username)?.id,
        PermissionSetId: emulator.org.idOf('0PS', example.permissionSet),
      };
      expect(await code('PermissionSetAssignment', assigned)).to.equal('400 DUPLICATE_VALUE');
    });

    it('ids that are unknown, and ids of something else', async () => {
      const user = emulator.org.user(example.admin)?.id;
      const unknown = '0PS5g000zzzzzzzAAA';
      const access = (fields: object): Promise<string> =>
        code('SetupEntityAccess', { ParentId: set, SetupEntityId: app.id, ...fields });
      expect(await access({ ParentId: unknown })).to.equal('400 INVALID_CROSS_REFERENCE_KEY');
      expect(await access({ SetupEntityId: '0xI5g000zzzzzzzAAA' })).to.equal('400 INVALID_CROSS_REFERENCE_KEY');
      expect(await access({ ParentId: user })).to.equal('400 FIELD_INTEGRITY_EXCEPTION');
      expect(await access({ SetupEntityId: user })).to.equal('400 FIELD_INTEGRITY_EXCEPTION');
      const assignment = (fields: object): Promise<string> =>
        code('PermissionSetAssignment', { AssigneeId: user, PermissionSetId: set, ...fields });
      expect(await assignment({ AssigneeId: '0055g000zzzzzzzAAA' })).to.equal('400 INVALID_CROSS_REFERENCE_KEY');
      expect(await assignment({ PermissionSetId: unknown })).to.equal('400 INVALID_CROSS_REFERENCE_KEY');
      expect(await assignment({ AssigneeId: set })).to.equal('400 FIELD_INTEGRITY_EXCEPTION');
      const behind = emulator.org.idOf('0PS', 'profile:Standard User');
      expect(await assignment({ PermissionSetId: behind })).to.equal('400 FIELD_INTEGRITY_EXCEPTION');
      expect((await ask('DELETE', 'SetupEntityAccess/0J05g000zzzzzzzAAA'))[0]).to.equal(404);
      expect((await ask('GET', 'SetupEntityAccess/0J05g000zzzzzzzAAA'))[0]).to.equal(404);
    });

    it('fields that are missing, unknown, or not to be set', async () => {
      const missing = { message: 'Required fields are missing: [SetupEntityId]', errorCode: 'REQUIRED_FIELD_MISSING' };
      expect(await ask('POST', 'SetupEntityAccess', { ParentId: set })).to.deep.equal([
        400,
        [{ ...missing, fields: ['SetupEntityId'] }],
      ]);
      const fields = { ParentId: set, SetupEntityId: app.id };
      const typed = { ...fields, SetupEntityType: 'ExternalClientApplication' };
      expect(await code('SetupEntityAccess', typed)).to.equal('400 INVALID_FIELD_FOR_INSERT_UPDATE');
      expect(await code('SetupEntityAccess', { ...fields, Shoe: 1 })).to.equal('400 INVALID_FIELD');
      expect(await code('SetupEntityAccess', [])).to.equal('400 JSON_PARSER_ERROR');
      expect(app.permissionSets).to.deep.equal([example.permissionSet]);
    });

    it('without the permission, and without View Setup', async () => {
      const fields = { ParentId: set, SetupEntityId: app.id };
      presets['admin-without-assign-permission-sets'](emulator);
      expect(await code('SetupEntityAccess', fields)).to.equal('403 INSUFFICIENT_ACCESS_OR_READONLY');
      const assigned = { AssigneeId: emulator.org.user(example.admin)?.id, PermissionSetId: set };
      expect(await code('PermissionSetAssignment', assigned)).to.equal('403 INSUFFICIENT_ACCESS_OR_READONLY');
      presets['admin-without-view-setup'](emulator);
      expect(await code('SetupEntityAccess', fields)).to.equal('404 NOT_FOUND');
      expect(app.permissionSets).to.deep.equal([example.permissionSet]);
    });

    it('the assignment of a profile, and the access of a group by its permission sets, can not be deleted', async () => {
      emulator.org.permissionSetGroups.set('SOC', [example.permissionSet]);
      const one = async (soql: string): Promise<string> =>
        ((await connection.query(soql)).records as Array<{ Id: string }>)[0]?.Id ?? '';
      const profile = await one('SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = true');
      const group = await one("SELECT Id FROM SetupEntityAccess WHERE Parent.Type = 'Group'");
      for (const record of [`PermissionSetAssignment/${profile}`, `SetupEntityAccess/${group}`]) {
        const [status, [first]] = await ask('DELETE', record);
        expect([status, first?.errorCode], record).to.deep.equal([400, 'INSUFFICIENT_ACCESS_OR_READONLY']);
      }
    });

    it('the objects of apps are deployed, not written', async () => {
      const [status, body] = await ask('POST', 'ExternalClientApplication', { DeveloperName: 'X' });
      expect([status, body[0]?.errorCode]).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
      expect((await ask('DELETE', `ExternalClientApplication/${app.id}`))[0]).to.equal(405);
      expect(emulator.org.apps).to.deep.equal([app]);
      const [, described] = await ask('GET', 'ExternalClientApplication');
      expect(described).to.deep.include({
        objectDescribe: {
          name: 'ExternalClientApplication',
          keyPrefix: '0xI',
          createable: false,
          deletable: false,
          queryable: true,
        },
      });
    });
  });
});
