import type { App, AppFlows } from '../state.ts';
import { certificatePem } from './certificate.ts';
import { Problem } from './elements.ts';
import type { Bound, ElementType, ElementTypes, Place } from './elements.ts';
import { grantees } from './grantees.ts';
import { scopesOf, tokensOfScopes } from './scopes.ts';

// The elements of the five types of an external client app (docs/reference/external-client-apps.md §1.2), alphabetically, with what the
// org has where none was deployed (§2).

const text: ElementType = { kind: 'text' };
const int: ElementType = { kind: 'int' };
const structure: ElementType = { kind: 'structure' };
const boolean = (initial = 'false', more: Partial<ElementType> = {}): ElementType => ({
  kind: 'boolean',
  initial,
  ...more,
});
const oneOf = (values: string, more: Partial<ElementType> = {}): ElementType => ({ kind: values.split(' '), ...more });
const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';

/** An element that is one text of the state. */
const textOf = (key: 'contactEmail' | 'description', initial = ''): ElementType => ({
  ...text,
  bound: {
    read: (app) => app[key],
    write: (app, value) => {
      app[key] = value ?? initial;
    },
  },
});

type Flag = { [K in keyof AppFlows]: AppFlows[K] extends boolean ? K : never }[keyof AppFlows];

/** An element that is one switch of the flows. */
const flowOf = (flow: Flag, { initial = false, since }: { initial?: boolean; since?: number } = {}): ElementType => ({
  kind: 'boolean',
  ...(since !== undefined && { since }),
  bound: {
    read: (app) => String(app.flows[flow]),
    write: (app, value) => {
      app.flows[flow] = value === undefined ? initial : isTrue(value);
    },
  },
});

const bound = (
  kind: ElementType['kind'],
  read: Bound['read'],
  write: Bound['write'],
  more: Partial<ElementType> = {}
): ElementType => ({ kind, bound: { read, write }, ...more });

const orgLink = bound(
  'text',
  (app, { org }) => `${org.id.slice(0, 15)}:${app.developerName}`,
  (app, value, { org }) => {
    const [orgId = '', name] = value?.split(':') ?? [];
    if (value === undefined || (org.id.startsWith(orgId) && orgId.length >= 15 && name === app.developerName)) return;
    const format = 'DeveloperOrganizationId:ExternalClientAppDeveloperName';
    throw new Problem(`The Org Scoped External Client App must be in the format ${format}`);
  }
);

const header: ElementTypes = {
  contactEmail: textOf('contactEmail'),
  contactPhone: text,
  description: textOf('description'),
  distributionState: oneOf('Local Packaged Managed AutoInstalled', { initial: 'Local' }),
  iconUrl: text,
  infoUrl: text,
  isProtected: boolean(),
  label: bound(
    'text',
    (app) => app.name,
    (app, value) => {
      app.name = value ?? app.developerName;
    }
  ),
  logoUrl: text,
  managedType: oneOf('Local Global'),
  orgScopedExternalApp: orgLink,
};

/** Only a user with leave to ignore warnings may rotate. Nothing is rotated here. */
const rotation: ElementType = bound(
  'boolean',
  () => 'false',
  (_app, value, { ignoreWarnings }) => {
    if (isTrue(value) && !ignoreWarnings)
      throw new Problem('Rotating the consumer key or secret needs the option ignoreWarnings.');
  }
);

const global: ElementTypes = {
  callbackUrl: bound(
    'text',
    (app) => app.callbackUrls.join('\n'),
    (app, value = '') => {
      app.callbackUrls = value
        .split('\n')
        .map((url) => url.trim())
        .filter((url) => url !== '');
    }
  ),
  certificate: bound(
    'text',
    (app, { switches }) => (switches.certificateOnRetrieve === 'returned' ? app.certificate : undefined),
    (app, value, { switches }) => {
      if (value !== undefined && value !== '') app.certificate = certificatePem(value);
      else if (switches.certificateClearedWhenOmitted) app.certificate = undefined;
    }
  ),
  // Chosen at creation only, which the deploy of the component sees to (§4).
  consumerKey: bound(
    'text',
    (app, { switches }) => (switches.consumerKeyOnRetrieve === 'returned' ? app.clientId : undefined),
    () => undefined
  ),
  consumerSecret: text,
  externalClientApplication: text,
  idTokenConfig: structure,
  isClientCredentialsFlowEnabled: flowOf('clientCredentials', { since: 60 }),
  isCodeCredFlowEnabled: flowOf('codeCredentials', { since: 61 }),
  isCodeCredPostOnly: boolean('false', { since: 61 }),
  isConsumerSecretOptional: flowOf('secretOptional'),
  isDPopEnabled: boolean('false', { since: 67 }),
  isDeviceFlowEnabled: flowOf('device', { since: 60 }),
  isEnforceRefreshTokenTTL: boolean('false', { since: 67 }),
  isIntrospectAllTokens: flowOf('introspectAllTokens'),
  isMtlsEnabled: boolean('false', { since: 67 }),
  isNamedUserJwtEnabled: bound(
    'boolean',
    (app) => String(app.tokenFormat === 'jwt'),
    (app, value) => {
      app.tokenFormat = isTrue(value) ? 'jwt' : 'opaque';
    },
    { since: 61 }
  ),
  isPkceRequired: bound(
    'boolean',
    (app) => String(app.flows.pkceRequired),
    (app, value = 'true', { switches }) => {
      app.flows.pkceRequired = isTrue(value) || switches.pkceRevertsToTrue;
    }
  ),
  isRefreshTokenRotationEnabled: flowOf('refreshTokenRotation', { since: 60 }),
  isSecretRequiredForRefreshToken: flowOf('secretRequiredForRefresh', { initial: true }),
  isSecretRequiredForTokenExchange: boolean(),
  isTokenExchangeEnabled: flowOf('tokenExchange'),
  label: text,
  shouldRotateConsumerKey: rotation,
  shouldRotateConsumerSecret: rotation,
};

const oauth: ElementTypes = {
  areAttributesIncludedInAssetToken: boolean(),
  areCustomPermsIncludedInAssetToken: boolean(),
  assetTokenAudiences: bound(
    'text',
    (app) =>
      app.flows.assetTokens
        ? (app.otherMetadata['assetTokens']?.['audiences'] ?? 'https://assets.acme.com')
        : undefined,
    (app, value) => {
      app.flows.assetTokens = value !== undefined && value !== '';
      if (value !== undefined) app.otherMetadata['assetTokens'] = { audiences: value };
    }
  ),
  assetTokenSigningCertificate: text,
  assetTokenValidity: int,
  clientAssertionCertificate: text,
  commaSeparatedCustomScopes: text,
  commaSeparatedOauthScopes: bound(
    'text',
    (app) => tokensOfScopes(app.scopes, 'external-client-app').join(', '),
    (app, value = '') => {
      app.scopes = scopesOf(value.split(','), 'external-client-app');
    }
  ),
  customAttributes: structure,
  externalClientApplication: text,
  isFirstPartyAppEnabled: boolean(),
  label: text,
  oauthLink: bound(
    'text',
    (app, { org }) => `${org.id.slice(0, 15)}:888${app.id.slice(3, 15)}`,
    () => undefined
  ),
  singleLogoutUrl: text,
  trustedIpRanges: structure,
};

/** What a timeout of JWT-format tokens may be. */
const minutes = (more: Partial<ElementType> = {}): ElementType =>
  oneOf('1 5 10 15 30', { later: { since: 65, values: ['60', '90', '120', '240', '480', '720'] }, ...more });

const oauthPolicy: ElementTypes = {
  apexHandler: text,
  clientCredentialsFlowUser: bound(
    'text',
    (app) => app.flows.clientCredentialsUser,
    (app, value) => {
      app.flows.clientCredentialsUser = value;
    },
    { since: 60 }
  ),
  commaSeparatedCustomScopes: text,
  commaSeparatedPermissionSet: grantees('permissionSets'),
  commaSeparatedProfile: grantees('profiles'),
  customAttributes: structure,
  executeHandlerAs: text,
  externalClientApplication: text,
  guestJwtSessionTimeoutType: oneOf('UserSession Custom'),
  guestJwtTimeout: minutes(),
  ipRelaxationPolicyType: bound(
    ['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'],
    (app) => app.ipRelaxation,
    (app, value) => {
      app.ipRelaxation = (value ?? 'Enforce') as App['ipRelaxation'];
    }
  ),
  isClientCredentialsFlowEnabled: flowOf('clientCredentialsPolicy'),
  isGuestCodeCredFlowEnabled: boolean(),
  isNamedUserJwtEnabled: boolean('false', { since: 61, until: 63 }),
  isTokenExchangeFlowEnabled: flowOf('tokenExchangePolicy'),
  label: text,
  namedUserJwtSessionTimeoutType: oneOf('UserSession Custom', { since: 65 }),
  namedUserJwtTimeout: minutes(),
  permittedUsersPolicyType: bound(
    ['AllSelfAuthorized', 'AdminApprovedPreAuthorized'],
    (app) => (app.permittedUsers === 'admin-approved' ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized'),
    (app, value) => {
      app.permittedUsers = value === 'AdminApprovedPreAuthorized' ? 'admin-approved' : 'self-authorize';
    }
  ),
  policyAction: oneOf('Block RaiseSessionLevel'),
  refreshTokenPolicyType: bound(
    ['Infinite', 'Zero', 'SpecificLifetime', 'SpecificInactivity'],
    (app) => app.refreshToken.policy,
    (app, value) => {
      app.refreshToken.policy = (value ?? 'SpecificLifetime') as App['refreshToken']['policy'];
    }
  ),
  refreshTokenValidityPeriod: bound(
    'int',
    (app) => app.refreshToken.period?.toString(),
    (app, value) => {
      const without = ['Infinite', 'Zero'].includes(app.refreshToken.policy) ? undefined : 365;
      app.refreshToken.period = value === undefined ? without : Number(value);
    }
  ),
  refreshTokenValidityUnit: bound(
    ['Days', 'Hours', 'Months'],
    (app) => (app.refreshToken.period === undefined ? undefined : app.refreshToken.unit),
    (app, value) => {
      app.refreshToken.unit = (value ?? 'Days') as App['refreshToken']['unit'];
    }
  ),
  requiredSessionLevel: oneOf('LOW STANDARD HIGH_ASSURANCE', { initial: 'STANDARD' }),
  sessionTimeoutInMinutes: bound(
    'int',
    (app) => app.sessionTimeoutInMinutes?.toString(),
    (app, value) => {
      app.sessionTimeoutInMinutes = value === undefined ? undefined : Number(value);
    }
  ),
  singleLogoutUrl: text,
  startUrl: text,
};

const policy: ElementTypes = {
  externalClientApplication: text,
  isAttestPluginEnabled: boolean('false', { since: 67 }),
  isCanvasPluginEnabled: boolean('false', { since: 66 }),
  isEnabled: {
    ...bound(
      'boolean',
      (app) => String(app.enabled),
      (app, value = 'true') => {
        app.enabled = isTrue(value);
      }
    ),
    required: true,
  },
  isMobilePluginEnabled: boolean('false', { since: 63 }),
  isNotificationPluginEnabled: boolean(),
  isOauthPluginEnabled: bound(
    'boolean',
    (app) => String(app.oauthEnabled),
    (app, value = 'true') => {
      app.oauthEnabled = isTrue(value);
    }
  ),
  isPushPluginEnabled: boolean(),
  isSamlPluginEnabled: boolean('false', { since: 63 }),
  label: text,
  startPage: oneOf('None Custom OAuth SAML', { initial: 'None', since: 63 }),
  startUrl: { ...text, since: 63 },
};

/** Salesforce as identity provider for the app (docs/reference/single-sign-on.md §3). */
const samlPolicy: ElementTypes = {
  acsUrl: { ...text, required: true },
  certificate: text,
  commaSeparatedPermissionSet: text,
  commaSeparatedProfile: text,
  customAttributes: structure,
  encryptionCertificate: text,
  encryptionType: oneOf('AES_128 AES_256'),
  entityUrl: { ...text, required: true },
  externalClientApplication: text,
  issuer: text,
  label: text,
  nameIdFormat: oneOf('Unspecified EmailAddress Persistent Transient'),
  signingAlgorithmType: oneOf('SHA1 SHA256'),
  singleLogoutBindingType: oneOf('PostBinding RedirectBinding'),
  singleLogoutUrl: text,
  startUrl: text,
  subjectCustomAttribute: text,
  subjectType: oneOf('Username FederationId UserId CustomAttribute PersistentId'),
};

/** An app that is shown within Salesforce (docs/reference/single-sign-on.md §4). */
const canvas: ElementTypes = {
  accessMethod: { ...oneOf('Get Post'), required: true },
  canvasLocationOptions: structure,
  canvasOptions: structure,
  canvasUrl: { ...text, required: true },
  externalClientApplication: text,
  label: text,
  lifeCycleHandler: text,
  samlInitiationMethod: oneOf('None IdpInitiated SpInitiated'),
};

/** Policies need a user to run as, by username and of API Only access (docs/reference/external-client-apps.md §1.2, §7). */
export function judgeExecutionUser({ flows }: App, { org, switches }: Place): void {
  if (!flows.clientCredentialsPolicy) return;
  const { clientCredentialsUser: name = '' } = flows;
  const user = org.user(name);
  // For a user who is not API Only the words are a guess.
  if (user?.active && (user.permissions.apiOnly || !switches.runAsUserApiOnly)) return;
  throw new Problem('Enter a valid execution user for the OAuth client credentials flow.');
}

export const partTypes = {
  ExternalClientApplication: header,
  ExtlClntAppGlobalOauthSettings: global,
  ExtlClntAppOauthSettings: oauth,
  ExtlClntAppOauthConfigurablePolicies: oauthPolicy,
  ExtlClntAppConfigurablePolicies: policy,
  ExtlClntAppSamlConfigurablePolicies: samlPolicy,
  ExtlClntAppCanvasSettings: canvas,
} as const satisfies Record<string, ElementTypes>;
export type PartType = keyof typeof partTypes;
