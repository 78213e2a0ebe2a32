import type { App, OrgState, PartNames } from '../state.ts';
import type { Asking, ColumnType, Row, Table, Value } from '../tables.ts';

/** What every object of an external client app has in common (docs/reference/external-client-apps.md §10.1). */
const common: Omit<Table, 'keyPrefix' | 'columns' | 'rows'> = {
  exists: (org) => org.facts.externalClientApps,
  permission: ['externalClientAppDeveloper', 'externalClientAppAdmin', 'externalClientAppViewer'],
  place: (switches) => switches.appsInQuery,
};

const parent = {
  ExternalClientApplication: { object: 'ExternalClientApplication', by: 'ExternalClientApplicationId' },
};

const externalClientApps = (org: OrgState): App[] => org.apps.filter(({ kind }) => kind === 'external-client-app');

const application: Table = {
  ...common,
  keyPrefix: '0xI',
  columns: {
    Id: 'id',
    DeveloperName: 'string',
    MasterLabel: 'string',
    ContactEmail: 'string',
    ContactPhone: 'string',
    Description: 'string',
    DistributionState: 'string',
    ManagedType: 'string',
    ManageableState: 'string',
    NamespacePrefix: 'string',
    OrgScopedExternalApp: 'string',
    Version: 'string',
  },
  rows: (org) =>
    externalClientApps(org).map((app) => {
      const other = app.otherMetadata['ExternalClientApplication'] ?? {};
      return {
        Id: app.id,
        DeveloperName: app.developerName,
        MasterLabel: app.name,
        ContactEmail: app.contactEmail || null,
        ContactPhone: other['contactPhone'] ?? null,
        Description: app.description || null,
        DistributionState: other['distributionState'] ?? 'Local',
        ManagedType: null,
        ManageableState: 'unmanaged',
        NamespacePrefix: null,
        OrgScopedExternalApp: other['orgScopedExternalApp'] ?? `${org.id.slice(0, 15)}:${app.developerName}`,
        Version: null,
      };
    }),
};

/** One row for each app that has this part, with what all of them show. */
function ofPart(part: keyof PartNames, prefix: string, fields: (app: App, asking: Asking) => Row): Table['rows'] {
  return (org, asking) =>
    externalClientApps(org).flatMap((app) => {
      const name = app.parts[part];
      if (name === undefined) return [];
      const own = { Id: org.idOf(prefix, app.id), DeveloperName: name, MasterLabel: name };
      return { ...own, ExternalClientApplicationId: app.id, ...fields(app, asking) };
    });
}

const partColumns: Record<string, ColumnType> = {
  Id: 'id',
  DeveloperName: 'string',
  MasterLabel: 'string',
  ExternalClientApplicationId: 'id',
};

/** Columns `OauthScopes…` whose names are not the OAuth name in upper case; the others are. */
const scopeColumns: Readonly<Record<string, string>> = {
  chatter_api: 'CHATTER_REST_API',
  wave_api: 'WAVE_REST_API',
  eclair_api: 'ECLAIR_REST_API',
  visualforce: 'VF',
};
const plainScopes =
  'api web full refresh_token offline_access openid profile email address phone custom_permissions lightning content ' +
  'cdp_ingest_api cdp_profile_api cdp_query_api pardot_api chatbot_api sfap_api interaction_api mcp_api forgot_password';
const scopes: ReadonlyArray<[scope: string, column: string]> = [
  ...plainScopes.split(' ').map((scope): [string, string] => [scope, `OauthScopes${scope.toUpperCase()}`]),
  ...Object.entries(scopeColumns).map(([scope, name]): [string, string] => [scope, `OauthScopes${name}`]),
];

const oauthSettings: Table = {
  ...common,
  keyPrefix: '0xJ',
  columns: {
    ...partColumns,
    ...Object.fromEntries(scopes.map(([, column]) => [column, 'boolean' as const])),
    ExtlClntAppOauthOptionsFirstPartyAppEnabled: 'boolean',
  },
  relations: parent,
  rows: ofPart('oauth', '0xJ', (app) => ({
    ...Object.fromEntries(scopes.map(([scope, column]): [string, Value] => [column, app.scopes.includes(scope)])),
    ExtlClntAppOauthOptionsFirstPartyAppEnabled:
      app.otherMetadata['ExtlClntAppOauthSettings']?.['isFirstPartyAppEnabled'] === 'true',
  })),
};

const unitNumbers = { Days: '0', Hours: '1', Months: '2' } as const;

const oauthPolicy: Table = {
  ...common,
  keyPrefix: '0xK',
  columns: {
    ...partColumns,
    ExtlClntAppOauthSettingsId: 'id',
    PermittedUsersPolicyType: 'string',
    RefreshTokenPolicyType: 'string',
    RefreshTokenValidityPeriod: 'int',
    RefreshTokenValidityUnit: 'string',
    SessionTimeoutInMinutes: 'int',
    IpRelaxationPolicyType: 'string',
    RequiredSessionLevel: 'string',
    PolicyAction: 'string',
    IsClientCredentialsFlowEnabled: 'boolean',
    ClientCredentialsFlowUser: 'string',
    NamedUserJwtSessionTimeoutType: 'string',
    NamedUserJwtTimeout: 'string',
    GuestJwtSessionTimeoutType: 'string',
    GuestJwtTimeout: 'string',
    StartUrl: 'string',
  },
  relations: {
    ...parent,
    ExtlClntAppOauthSettings: { object: 'ExtlClntAppOauthSettings', by: 'ExtlClntAppOauthSettingsId' },
  },
  rows: ofPart('oauthPolicy', '0xK', (app, { org, switches }) => {
    const other = app.otherMetadata['ExtlClntAppOauthConfigurablePolicies'] ?? {};
    const { policy, period, unit } = app.refreshToken;
    const asNumber = switches.refreshTokenValidityUnitInQuery === 'number';
    const { ipRelaxation } = app;
    return {
      ExtlClntAppOauthSettingsId: app.parts.oauth === undefined ? null : org.idOf('0xJ', app.id),
      PermittedUsersPolicyType:
        app.permittedUsers === 'admin-approved' ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized',
      RefreshTokenPolicyType: policy,
      RefreshTokenValidityPeriod: period ?? null,
      RefreshTokenValidityUnit: period === undefined ? null : asNumber ? unitNumbers[unit] : unit,
      SessionTimeoutInMinutes: app.sessionTimeoutInMinutes ?? null,
      IpRelaxationPolicyType:
        switches.ipRelaxationInQuery === 'folded' && ipRelaxation === 'Enforce_RelaxRefresh'
          ? 'Enforce_relaxrefresh'
          : ipRelaxation,
      RequiredSessionLevel: other['requiredSessionLevel'] ?? 'STANDARD',
      PolicyAction: other['policyAction'] ?? null,
      IsClientCredentialsFlowEnabled: app.flows.clientCredentialsPolicy,
      ClientCredentialsFlowUser: app.flows.clientCredentialsUser ?? null,
      NamedUserJwtSessionTimeoutType: other['namedUserJwtSessionTimeoutType'] ?? null,
      NamedUserJwtTimeout: other['namedUserJwtTimeout'] ?? null,
      GuestJwtSessionTimeoutType: other['guestJwtSessionTimeoutType'] ?? null,
      GuestJwtTimeout: other['guestJwtTimeout'] ?? null,
      StartUrl: other['startUrl'] ?? null,
    };
  }),
};

function pluginStatus({ parts, otherMetadata }: App, part: 'saml' | 'canvas', element: string): string {
  if (parts[part] === undefined) return 'Notinstalled';
  return otherMetadata['ExtlClntAppConfigurablePolicies']?.[element] === 'true' ? 'Enabled' : 'Disabled';
}

const policy: Table = {
  ...common,
  keyPrefix: '0xL',
  columns: {
    ...partColumns,
    IsEnabled: 'boolean',
    OauthPluginStatus: 'string',
    SamlPluginStatus: 'string',
    MobilePluginStatus: 'string',
    PushPluginStatus: 'string',
    NotifPluginStatus: 'string',
    CanvasPluginStatus: 'string',
    StartPage: 'string',
  },
  relations: parent,
  rows: ofPart('policy', '0xL', (app) => ({
    IsEnabled: app.enabled,
    OauthPluginStatus: app.parts.oauth === undefined ? 'Notinstalled' : app.oauthEnabled ? 'Enabled' : 'Disabled',
    SamlPluginStatus: pluginStatus(app, 'saml', 'isSamlPluginEnabled'),
    MobilePluginStatus: 'Notinstalled',
    PushPluginStatus: 'Notinstalled',
    NotifPluginStatus: 'Notinstalled',
    CanvasPluginStatus: pluginStatus(app, 'canvas', 'isCanvasPluginEnabled'),
    StartPage: app.otherMetadata['ExtlClntAppConfigurablePolicies']?.['startPage'] ?? 'None',
  })),
};

/** External client apps. Their global OAuth settings are no object: only the metadata shows them. */
export const appTables: Readonly<Record<string, Table>> = {
  ExternalClientApplication: application,
  ExtlClntAppOauthSettings: oauthSettings,
  ExtlClntAppOauthPlcyCnfg: oauthPolicy,
  ExtlClntAppPlcyCnfg: policy,
};
