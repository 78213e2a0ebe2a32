import { createHash } from 'node:crypto';

/** The components that an external client app is made of beside its header, by the name that each has in the org; none if undefined. */
export type PartNames = {
  global: string | undefined;
  oauth: string | undefined;
  oauthPolicy: string | undefined;
  policy: string | undefined;
  /** Salesforce as identity provider for the app. */
  saml: string | undefined;
  canvas: string | undefined;
};

export type App = {
  id: string;
  kind: 'external-client-app' | 'connected-app';
  clientId: string;
  /** Consumer secret; the REST API shows the same while it is the default. */
  clientSecret: string;
  /** The label. */
  name: string;
  developerName: string;
  contactEmail: string;
  description: string;
  parts: PartNames;
  callbackUrls: string[];
  /** PEM of the uploaded certificate; undefined = none was uploaded. */
  certificate: string | undefined;
  /** OAuth names: api, web, refresh_token, offline_access, openid, full … */
  scopes: string[];
  permittedUsers: 'admin-approved' | 'self-authorize';
  /** Names that pre-authorise their users when `permittedUsers` is admin-approved. */
  profiles: string[];
  permissionSets: string[];
  /** Usernames that approved a self-authorised app. */
  approvals: Set<string>;
  enabled: boolean;
  installed: boolean;
  blocked: boolean;
  jwtBearer: boolean;
  tokenFormat: 'opaque' | 'jwt';
  /** The app's IP policy shuts this client out. */
  ipRestricted: boolean;
  /** The OAuth plugin of the app. */
  oauthEnabled: boolean;
  flows: AppFlows;
  refreshToken: { policy: RefreshTokenPolicy; period: number | undefined; unit: 'Days' | 'Hours' | 'Months' };
  sessionTimeoutInMinutes: number | undefined;
  ipRelaxation: 'Enforce' | 'Bypass' | 'Bypass_2factor' | 'Enforce_RelaxRefresh';
  /** Metadata that no behaviour depends on, as it was deployed: by type, then by element. */
  otherMetadata: Record<string, Record<string, string>>;
  /** When it was last changed, in milliseconds: until that has spread, logins fail. */
  changedAt: number;
};

export type RefreshTokenPolicy = 'Infinite' | 'Zero' | 'SpecificLifetime' | 'SpecificInactivity';

/** Switches of the flows, in the settings (what the app offers) and in the policy (what this org allows). */
export type AppFlows = {
  clientCredentials: boolean;
  clientCredentialsPolicy: boolean;
  clientCredentialsUser: string | undefined;
  device: boolean;
  codeCredentials: boolean;
  tokenExchange: boolean;
  tokenExchangePolicy: boolean;
  pkceRequired: boolean;
  secretOptional: boolean;
  secretRequiredForRefresh: boolean;
  refreshTokenRotation: boolean;
  introspectAllTokens: boolean;
  /** Asset tokens: `assetTokenAudiences` of the settings, or `assetTokenConfig` of a connected app. */
  assetTokens: boolean;
};

export type NewApp = Partial<Omit<App, 'id' | 'approvals' | 'flows' | 'parts'>> & {
  clientId: string;
  approvals?: Iterable<string>;
  flows?: Partial<AppFlows>;
  parts?: Partial<PartNames>;
};

/** What an app has that its admin set up by the guide, where a test does not say otherwise. */
const guideFlows: AppFlows = {
  clientCredentials: true,
  clientCredentialsPolicy: false,
  clientCredentialsUser: undefined,
  device: false,
  codeCredentials: false,
  tokenExchange: false,
  tokenExchangePolicy: false,
  pkceRequired: true,
  secretOptional: false,
  secretRequiredForRefresh: true,
  refreshTokenRotation: false,
  introspectAllTokens: false,
  assetTokens: false,
};

/** A consumer secret in Salesforce's form, 64 hexadecimal digits: the same for the same client id. */
const defaultSecret = (clientId: string): string =>
  createHash('sha256').update(`secret of ${clientId}`).digest('hex').toUpperCase();

/** An app with what was given; what is left out makes an admin-approved external client app with the usual scopes and no certificate. */
export function makeApp({ approvals, flows, parts, ...given }: NewApp, id: string): App {
  const kind = given.kind ?? 'external-client-app';
  const developerName = given.developerName ?? (given.name ?? 'App').replace(/\W+/g, '_');
  return {
    id,
    kind,
    clientSecret: defaultSecret(given.clientId),
    name: 'App',
    developerName,
    contactEmail: 'admin@acme.com',
    description: '',
    callbackUrls: ['http://localhost:1717/OauthRedirect'],
    certificate: undefined,
    scopes: ['api', 'web', 'refresh_token'],
    permittedUsers: 'admin-approved',
    profiles: [],
    permissionSets: [],
    enabled: true,
    installed: true,
    blocked: false,
    jwtBearer: true,
    tokenFormat: 'opaque',
    ipRestricted: false,
    oauthEnabled: true,
    refreshToken: { policy: 'SpecificLifetime', period: 365, unit: 'Days' },
    sessionTimeoutInMinutes: 5,
    ipRelaxation: 'Enforce',
    otherMetadata: {},
    changedAt: 0,
    ...given,
    // The names that Setup gives them (docs/reference/external-client-apps.md §2).
    parts: {
      global: `${developerName}_glbloauth`,
      oauth: `${developerName}_oauth`,
      oauthPolicy: `${developerName}_oauthPlcy`,
      policy: `${developerName}_plcy`,
      saml: undefined,
      canvas: undefined,
      ...parts,
    },
    flows: { ...guideFlows, ...flows },
    approvals: new Set(approvals),
  };
}
