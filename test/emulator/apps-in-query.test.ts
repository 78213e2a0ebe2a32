import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { App, Emulator, PresetName } from './index.ts';
import { bearer, send } from './test-client.ts';

type Row = Record<string, unknown>;

const appObjects = [
  'ExternalClientApplication',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthPlcyCnfg',
  'ExtlClntAppPlcyCnfg',
];

describe('emulator: apps in queries', () => {
  let emulator: Emulator;
  let token: string;
  let app: App;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg());
    token = emulator.login(example.admin).accessToken;
    app = emulator.org.app(example.clientId) as App;
  });
  afterEach(() => emulator.stop());

  const answer = async (soql: string, api = 'query'): Promise<unknown> => {
    const path = `/services/data/v66.0/${api}?q=${encodeURIComponent(soql)}`;
    return JSON.parse((await send(emulator, path, { headers: bearer(token) })).body);
  };
  /** Rows without their attributes, or the code of the refusal. */
  const ask = async (soql: string, api?: string): Promise<Row[] | string> => {
    const body = await answer(soql, api);
    if (Array.isArray(body)) return (body as Array<{ errorCode: string }>)[0]?.errorCode ?? '';
    return (body as { records: Row[] }).records.map(plain);
  };
  const plain = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => name !== 'attributes')
        .map(([name, value]) => [name, typeof value === 'object' && value !== null ? plain(value as Row) : value])
    );

  it('the header of an external client app', async () => {
    expect(
      await ask('SELECT Id, DeveloperName, MasterLabel, ContactEmail, DistributionState FROM ExternalClientApplication')
    ).to.deep.equal([
      {
        Id: app.id,
        DeveloperName: 'AQUILA',
        MasterLabel: 'AQUILA',
        ContactEmail: 'admin@acme.com',
        DistributionState: 'Local',
      },
    ]);
  });

  it('scopes, switch and policy follow the state', async () => {
    const scopes = 'SELECT OauthScopesAPI, OauthScopesWEB, OauthScopesREFRESH_TOKEN FROM ExtlClntAppOauthSettings';
    const plugin = 'SELECT IsEnabled, OauthPluginStatus FROM ExtlClntAppPlcyCnfg';
    const policy =
      'SELECT PermittedUsersPolicyType, RefreshTokenPolicyType, RefreshTokenValidityPeriod, RefreshTokenValidityUnit, ' +
      'SessionTimeoutInMinutes, IpRelaxationPolicyType, IsClientCredentialsFlowEnabled, ClientCredentialsFlowUser ' +
      'FROM ExtlClntAppOauthPlcyCnfg';
    expect(await ask(scopes)).to.deep.equal([
      { OauthScopesAPI: true, OauthScopesWEB: true, OauthScopesREFRESH_TOKEN: true },
    ]);
    expect(await ask(plugin)).to.deep.equal([{ IsEnabled: true, OauthPluginStatus: 'Enabled' }]);
    expect(await ask(policy)).to.deep.equal([
      {
        PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        RefreshTokenPolicyType: 'SpecificLifetime',
        RefreshTokenValidityPeriod: 365,
        RefreshTokenValidityUnit: 'Days',
        SessionTimeoutInMinutes: 5,
        IpRelaxationPolicyType: 'Enforce',
        IsClientCredentialsFlowEnabled: false,
        ClientCredentialsFlowUser: null,
      },
    ]);
    Object.assign(app, { enabled: false, oauthEnabled: false, scopes: ['api'], permittedUsers: 'self-authorize' });
    Object.assign(app, { refreshToken: { policy: 'Zero', period: undefined, unit: 'Days' } });
    Object.assign(app, { sessionTimeoutInMinutes: undefined, ipRelaxation: 'Enforce_RelaxRefresh' });
    Object.assign(app.flows, { clientCredentialsPolicy: true, clientCredentialsUser: example.username });
    emulator.switches.ipRelaxationInQuery = 'folded';
    expect(await ask(scopes)).to.deep.equal([
      { OauthScopesAPI: true, OauthScopesWEB: false, OauthScopesREFRESH_TOKEN: false },
    ]);
    expect(await ask(plugin)).to.deep.equal([{ IsEnabled: false, OauthPluginStatus: 'Disabled' }]);
    expect(await ask(policy)).to.deep.equal([
      {
        PermittedUsersPolicyType: 'AllSelfAuthorized',
        RefreshTokenPolicyType: 'Zero',
        RefreshTokenValidityPeriod: null,
        RefreshTokenValidityUnit: null,
        SessionTimeoutInMinutes: null,
        IpRelaxationPolicyType: 'Enforce_relaxrefresh',
        IsClientCredentialsFlowEnabled: true,
        ClientCredentialsFlowUser: example.username,
      },
    ]);
  });

  it('the unit of the refresh token is a word, or a number', async () => {
    const soql = 'SELECT RefreshTokenValidityUnit FROM ExtlClntAppOauthPlcyCnfg';
    emulator.switches.refreshTokenValidityUnitInQuery = 'number';
    app.refreshToken.unit = 'Hours';
    expect(await ask(soql)).to.deep.equal([{ RefreshTokenValidityUnit: '1' }]);
  });

  it('a part that the app does not have has no row', async () => {
    app.parts.oauth = undefined;
    expect(await ask('SELECT Id FROM ExtlClntAppOauthSettings')).to.deep.equal([]);
    expect(await ask('SELECT ExtlClntAppOauthSettings.Id FROM ExtlClntAppOauthPlcyCnfg')).to.deep.equal([
      { ExtlClntAppOauthSettings: null },
    ]);
    expect(await ask('SELECT OauthPluginStatus FROM ExtlClntAppPlcyCnfg')).to.deep.equal([
      { OauthPluginStatus: 'Notinstalled' },
    ]);
  });

  it('a part is found by its app', async () => {
    emulator.org.addApp({ clientId: 'other', name: 'Other' });
    const soql =
      "SELECT DeveloperName FROM ExtlClntAppPlcyCnfg WHERE ExternalClientApplication.DeveloperName = 'Other'";
    expect(await ask(soql)).to.deep.equal([{ DeveloperName: 'Other_plcy' }]);
  });

  it('connected apps are in ConnectedApplication alone, and stock sf in neither', async () => {
    emulator.org.addApp({ clientId: 'legacy', name: 'Legacy', kind: 'connected-app', sessionTimeoutInMinutes: 15 });
    expect(
      await ask(
        'SELECT Name, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod, ' +
          'SessionTimeout FROM ConnectedApplication'
      )
    ).to.deep.equal([
      {
        Name: 'Legacy',
        OptionsAllowAdminApprovedUsersOnly: true,
        OptionsRefreshTokenValidityMetric: false,
        RefreshTokenValidityPeriod: 365,
        SessionTimeout: '15',
      },
    ]);
    expect(await ask('SELECT DeveloperName FROM ExternalClientApplication')).to.deep.equal([
      { DeveloperName: 'AQUILA' },
    ]);
    presets['name-of-a-connected-app'](emulator);
    expect(await ask('SELECT Id FROM ExternalClientApplication')).to.deep.equal([]);
    expect(await ask("SELECT DeveloperName FROM ConnectedApplication WHERE DeveloperName = 'AQUILA'")).to.have.length(
      1
    );
  });

  for (const [where, found] of [
    ['both', { query: 1, 'tooling/query': 1 }],
    ['rest', { query: 1, 'tooling/query': 'INVALID_TYPE' }],
    ['tooling', { query: 'INVALID_TYPE', 'tooling/query': 1 }],
  ] as const) {
    it(`appsInQuery ${where}`, async () => {
      emulator.switches.appsInQuery = where;
      for (const object of appObjects) {
        for (const [api, expected] of Object.entries(found)) {
          const rows = await ask(`SELECT Id FROM ${object}`, api);
          expect(typeof rows === 'string' ? rows : rows.length, `${object} by ${api}`).to.equal(expected);
        }
      }
    });
  }

  const hidden: Array<[PresetName, string[]]> = [
    ['external-client-apps-off', appObjects],
    ['admin-without-app-permissions', appObjects],
    ['admin-without-view-setup', ['SetupEntityAccess', 'ConnectedApplication']],
  ];
  for (const [preset, objects] of hidden) {
    it(`preset ${preset} hides ${objects.join(', ')}`, async () => {
      presets[preset](emulator);
      for (const object of objects) expect(await ask(`SELECT Id FROM ${object}`), object).to.equal('INVALID_TYPE');
    });
  }

  it('each of the three permissions alone shows the apps', async () => {
    for (const one of ['externalClientAppDeveloper', 'externalClientAppAdmin', 'externalClientAppViewer'] as const) {
      presets['admin-without-app-permissions'](emulator);
      const user = emulator.org.user(example.admin);
      if (user) user.permissions[one] = true;
      for (const object of appObjects) expect(await ask(`SELECT Id FROM ${object}`), one).to.have.length(1);
    }
  });

  describe('who is pre-authorised', () => {
    const rows =
      'SELECT SetupEntityType, Parent.Name, Parent.IsOwnedByProfile, Parent.Type, Parent.Profile.Name FROM SetupEntityAccess ' +
      'WHERE SetupEntityId = ';

    it('permission sets and profiles of an app of either kind', async () => {
      app.profiles.push('System Administrator');
      const profileId = emulator.org.idOf('00e', 'System Administrator');
      const expected = (SetupEntityType: string): Row[] => [
        { SetupEntityType, Parent: { Name: 'AQUILA', IsOwnedByProfile: false, Type: 'Regular', Profile: null } },
        {
          SetupEntityType,
          Parent: {
            Name: `X${profileId}`,
            IsOwnedByProfile: true,
            Type: 'Profile',
            Profile: { Name: 'System Administrator' },
          },
        },
      ];
      expect(await ask(`${rows}'${app.id}'`)).to.deep.equal(expected('ExternalClientApplication'));
      presets['name-of-a-connected-app'](emulator);
      expect(await ask(`${rows}'${app.id}'`)).to.deep.equal(expected('ConnectedApplication'));
    });

    it('a group with such a permission set, and who has it', async () => {
      emulator.org.permissionSetGroups.set('SOC', [example.permissionSet]);
      const user = emulator.org.user(example.username);
      if (user) user.permissionSets = ['SOC'];
      expect(await ask(`${rows}'${app.id}' AND Parent.Type = 'Group'`)).to.have.length(1);
      const soql = `SELECT PermissionSet.Name, PermissionSet.Type FROM PermissionSetAssignment WHERE Assignee.Username = '${example.username}'`;
      const profile = { Name: `X${emulator.org.idOf('00e', 'Standard User - Log Integration')}`, Type: 'Profile' };
      const group = { PermissionSet: { Name: 'SOC', Type: 'Group' } };
      expect(await ask(soql)).to.deep.equal([group, { PermissionSet: profile }]);
      emulator.switches.profileAssignmentRows = false;
      expect(await ask(soql)).to.deep.equal([group]);
    });

    it('names that exist without being used are there too', async () => {
      emulator.org.permissionSets.add('Spare');
      emulator.org.profiles.add('Auditor');
      expect(await ask("SELECT Type FROM PermissionSet WHERE Name = 'Spare'")).to.deep.equal([{ Type: 'Regular' }]);
      expect(await ask("SELECT Name FROM Profile WHERE Name LIKE 'Aud%'")).to.deep.equal([{ Name: 'Auditor' }]);
      expect(await ask("SELECT Type FROM PermissionSet WHERE Profile.Name = 'Auditor'")).to.deep.equal([
        { Type: 'Profile' },
      ]);
    });
  });

  it('tokens that still serve, by app and user', async () => {
    const soql = `SELECT AppName, User.Username, AppMenuItem.ApplicationId, UseCount FROM OauthToken`;
    const [row] = (await ask(soql)) as Row[];
    expect(row).to.deep.equal({
      AppName: 'Salesforce CLI',
      User: { Username: example.admin },
      AppMenuItem: { ApplicationId: emulator.org.cli.id },
      UseCount: 1,
    });
    emulator.org.expireTokens();
    token = emulator.login(example.admin).accessToken;
    expect(await ask(soql)).to.have.length(1);
  });

  it('what the asking user may do', async () => {
    presets['admin-without-app-developer'](emulator);
    expect(
      await ask(
        'SELECT PermissionsModifyMetadata, PermissionsExternalClientAppDeveloper, PermissionsExternalClientAppAdmin, ' +
          'PermissionsViewSetup, PermissionsAssignPermissionSets FROM UserPermissionAccess'
      )
    ).to.deep.equal([
      {
        PermissionsModifyMetadata: true,
        PermissionsExternalClientAppDeveloper: false,
        PermissionsExternalClientAppAdmin: true,
        PermissionsViewSetup: true,
        PermissionsAssignPermissionSets: true,
      },
    ]);
  });
});
