import type { Fields, Part } from './component.ts';
import { isMarked } from './marker.ts';
import { ipRelaxationOf, permittedUsersOf, refreshPolicyOf, unitOf } from './read-policy.ts';
import { scopeNames } from './scopes.ts';
import type { AppExchange, AppFlows, AppHeader, AppOauth, AppPolicy, AppScopes, AppState } from './settings.ts';
import { isTrue, listed, minutesOf, plainWord, textOf, wholeNumber } from './words.ts';

/** A row of a query, as the org answers it. */
export type Row = Readonly<Record<string, unknown>>;

/** From `ExternalClientApplication`; undefined where the row does not say which app it is. */
export function externalHeader(row: Row): AppHeader | undefined {
  const id = rowText(row, 'Id');
  const developerName = rowText(row, 'DeveloperName');
  if (id === undefined || developerName === undefined) return undefined;
  return {
    kind: 'external-client-app',
    id,
    developerName,
    label: rowText(row, 'MasterLabel') ?? developerName,
    contactEmail: rowText(row, 'ContactEmail'),
    marked: isMarked(rowText(row, 'Description')),
  };
}

/** From `ExtlClntAppPlcyCnfg`; undefined where the row does not show the switch. */
export function externalState(row: Row): AppState | undefined {
  if (row['IsEnabled'] === undefined || row['IsEnabled'] === null) return undefined;
  return { enabled: rowTrue(row, 'IsEnabled'), oauth: plainWord(row['OauthPluginStatus']) === 'enabled' };
}

/** From `ExtlClntAppConfigurablePolicies`. */
export const externalStateOfPart = ({ fields }: Part): AppState => ({
  enabled: isTrue(fields, 'isEnabled'),
  oauth: isTrue(fields, 'isOauthPluginEnabled'),
});

const scopeColumn = /^OauthScopes(.+)$/i;

/** From `ExtlClntAppOauthSettings`, which has one column per scope; undefined where it shows none of them. */
export function externalScopes(row: Row): AppScopes | undefined {
  const columns = Object.keys(row).filter((name) => scopeColumn.test(name));
  if (columns.length === 0) return undefined;
  const granted = columns.filter((name) => rowTrue(row, name));
  return { scopes: granted.map((name) => scopeColumn.exec(name)?.[1]?.toLowerCase() ?? '') };
}

/** From the metadata `ExtlClntAppOauthSettings`. */
export const externalScopesOfPart = ({ fields }: Part): AppScopes => ({
  scopes: scopeNames(listed(textOf(fields, 'commaSeparatedOauthScopes'), ',')),
});

/** From `ExtlClntAppOauthPlcyCnfg`; undefined where the row does not show the policies. */
export function externalPolicy(row: Row): AppPolicy | undefined {
  return policyOf({
    permittedUsers: row['PermittedUsersPolicyType'],
    refresh: row['RefreshTokenPolicyType'],
    period: row['RefreshTokenValidityPeriod'],
    unit: row['RefreshTokenValidityUnit'],
    sessionTimeout: row['SessionTimeoutInMinutes'],
    jwtTimeoutType: row['NamedUserJwtSessionTimeoutType'],
    jwtTimeout: row['NamedUserJwtTimeout'],
    user: rowText(row, 'ClientCredentialsFlowUser'),
    clientCredentials: rowTrue(row, 'IsClientCredentialsFlowEnabled'),
    ipRelaxation: row['IpRelaxationPolicyType'],
  });
}

/** From `ExtlClntAppOauthConfigurablePolicies`. */
export const externalPolicyOfPart = ({ fields }: Part): AppPolicy | undefined =>
  policyOf({
    permittedUsers: fields['permittedUsersPolicyType'],
    refresh: fields['refreshTokenPolicyType'],
    period: fields['refreshTokenValidityPeriod'],
    unit: fields['refreshTokenValidityUnit'],
    sessionTimeout: fields['sessionTimeoutInMinutes'],
    jwtTimeoutType: fields['namedUserJwtSessionTimeoutType'],
    jwtTimeout: fields['namedUserJwtTimeout'],
    user: textOf(fields, 'clientCredentialsFlowUser'),
    clientCredentials: isTrue(fields, 'isClientCredentialsFlowEnabled'),
    ipRelaxation: fields['ipRelaxationPolicyType'],
  });

type PolicyValue =
  | 'permittedUsers'
  | 'refresh'
  | 'period'
  | 'unit'
  | 'sessionTimeout'
  | 'jwtTimeoutType'
  | 'jwtTimeout'
  | 'ipRelaxation';
type PolicyValues = Record<PolicyValue, unknown> & {
  user: string | undefined;
  clientCredentials: boolean;
};

function policyOf(values: PolicyValues): AppPolicy | undefined {
  const permittedUsers = permittedUsersOf(values.permittedUsers);
  const policy = refreshPolicyOf(values.refresh);
  if (permittedUsers === undefined || policy === undefined) return undefined;
  const isTimed = policy === 'specific-lifetime' || policy === 'specific-inactivity';
  return {
    permittedUsers,
    refreshToken: {
      policy,
      period: isTimed ? wholeNumber(values.period) : undefined,
      unit: isTimed ? unitOf(values.unit) : undefined,
    },
    sessionTimeout: minutesOf(values.sessionTimeout),
    jwtTimeout: plainWord(values.jwtTimeoutType) === 'custom' ? minutesOf(values.jwtTimeout) : undefined,
    clientCredentialsUser: values.user,
    clientCredentials: values.clientCredentials,
    ipRelaxation: ipRelaxationOf(values.ipRelaxation),
  };
}

/** From `ExtlClntAppGlobalOauthSettings`, which no query shows. Some elements are as Salesforce sets them where they are missing. */
export const externalOauth = ({ fields }: Part): AppOauth => ({
  ...oauthOf(fields),
  clientCredentials: isTrue(fields, 'isClientCredentialsFlowEnabled'),
  flows: {
    ...flowsOf(fields),
    pkceRequired: isTrue({ isPkceRequired: 'true', ...fields }, 'isPkceRequired'),
    device: isTrue(fields, 'isDeviceFlowEnabled'),
    codeCredentials: isTrue(fields, 'isCodeCredFlowEnabled'),
  },
});

/** The settings that both kinds of apps spell alike. */
export const oauthOf = (fields: Fields): Omit<AppOauth, 'clientCredentials' | 'flows'> => ({
  clientId: textOf(fields, 'consumerKey'),
  callbackUrls: listed(textOf(fields, 'callbackUrl'), '\n'),
  certificate: textOf(fields, 'certificate'),
  jwtAccessTokens: isTrue(fields, 'isNamedUserJwtEnabled'),
  refreshTokenIdleLimit: isTrue(fields, 'isEnforceRefreshTokenTTL'),
});

export const flowsOf = (fields: Fields): Omit<AppFlows, 'pkceRequired' | 'device' | 'codeCredentials'> => ({
  secretOptional: isTrue(fields, 'isConsumerSecretOptional'),
  secretForRefresh: isTrue({ isSecretRequiredForRefreshToken: 'true', ...fields }, 'isSecretRequiredForRefreshToken'),
  refreshTokenRotation: isTrue(fields, 'isRefreshTokenRotationEnabled'),
  tokenExchange: isTrue(fields, 'isTokenExchangeEnabled'),
  introspectAllTokens: isTrue(fields, 'isIntrospectAllTokens'),
});

const assetTokenElements = ['assetTokenAudiences', 'assetTokenSigningCertificate'];

/** From `ExtlClntAppOauthSettings` and `ExtlClntAppOauthConfigurablePolicies`, of which the app may lack either. */
export const externalExchange = (oauth: Part | undefined, policy: Part | undefined): AppExchange => ({
  allowed: policy && isTrue(policy.fields, 'isTokenExchangeFlowEnabled'),
  assetTokens: assetTokenElements.filter((element) => textOf(oauth?.fields, element) !== undefined),
});

export function rowText(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export const rowTrue = (row: Row, column: string): boolean => row[column] === true || row[column] === 'true';
