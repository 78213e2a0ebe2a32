import type { Fields } from './component.ts';
import { isMarked } from './marker.ts';
import { flowsOf, oauthOf, rowText, rowTrue, type Row } from './read-external.ts';
import { ipRelaxationOf, refreshPolicyOf, unitOf } from './read-policy.ts';
import { scopeNames } from './scopes.ts';
import type { AppExchange, AppHeader, AppOauth, AppPolicy, AppScopes, AppState } from './settings.ts';
import { allOf, inside, isTrue, minutesOf, textOf, wholeNumber } from './words.ts';

/** From `ConnectedApplication`; undefined where the row does not say which app it is. */
export function connectedHeader(row: Row): AppHeader | undefined {
  const id = rowText(row, 'Id');
  const label = rowText(row, 'Name');
  const developerName = rowText(row, 'DeveloperName') ?? label;
  if (id === undefined || developerName === undefined) return undefined;
  return {
    kind: 'connected-app',
    id,
    developerName,
    label: label ?? developerName,
    contactEmail: rowText(row, 'ContactEmail'),
    marked: isMarked(rowText(row, 'Description')),
  };
}

/** From the metadata `ConnectedApp`, as are all below that take fields. Such an app has no switch of its own. */
export const connectedState = (fields: Fields): AppState => ({
  enabled: true,
  oauth: inside(fields, 'oauthConfig') !== undefined,
});

export const connectedScopes = (fields: Fields): AppScopes => ({
  scopes: scopeNames(allOf(inside(fields, 'oauthConfig'), 'scopes').filter((scope) => typeof scope === 'string')),
});

/** Undefined where the app has no OAuth settings. */
export function connectedOauth(fields: Fields): AppOauth | undefined {
  const config = inside(fields, 'oauthConfig');
  if (!config) return undefined;
  const flows = {
    ...flowsOf(config),
    pkceRequired: isTrue(config, 'isPkceRequired'),
    device: undefined,
    codeCredentials: isTrue(config, 'isCodeCredentialEnabled'),
  };
  return { ...oauthOf(config), clientCredentials: isTrue(config, 'isClientCredentialEnabled'), flows };
}

export const connectedExchange = (fields: Fields): AppExchange => ({
  allowed: isTrue(inside(fields, 'oauthPolicy'), 'isTokenExchangeFlowEnabled'),
  assetTokens: inside(inside(fields, 'oauthConfig'), 'assetTokenConfig') ? ['assetTokenConfig'] : [],
});

/**
 * From `ConnectedApplication` and, where it could be retrieved, the metadata. The query shows neither the unit of the refresh token's time
 * nor client credentials (docs/reference/external-client-apps.md §10.4), so the metadata counts where both speak.
 *
 * @returns undefined where the two together don't show the policy for refresh tokens
 */
export function connectedPolicy(row: Row, fields: Fields | undefined): AppPolicy | undefined {
  const config = inside(fields, 'oauthConfig');
  const refreshToken = refreshOf(textOf(inside(fields, 'oauthPolicy'), 'refreshTokenPolicy')) ?? refreshOfRow(row);
  if (refreshToken === undefined) return undefined;
  const isApproved = rowTrue(row, 'OptionsAllowAdminApprovedUsersOnly') || isTrue(config, 'isAdminApproved');
  const minutes = textOf(inside(fields, 'sessionPolicy'), 'sessionTimeout') ?? row['SessionTimeout'];
  return {
    permittedUsers: isApproved ? 'admin-approved' : 'self-authorize',
    refreshToken,
    sessionTimeout: minutesOf(minutes),
    // the only element for it is of the newer kind of app
    jwtTimeout: undefined,
    clientCredentialsUser: textOf(config, 'oauthClientCredentialUser'),
    clientCredentials: isTrue(config, 'isClientCredentialEnabled'),
    ipRelaxation: ipRelaxationOf(textOf(inside(fields, 'oauthPolicy'), 'ipRelaxation')),
  };
}

/** `zero`, `infinite`, or such as `specific_lifetime:365:DAYS`. */
function refreshOf(text: string | undefined): AppPolicy['refreshToken'] | undefined {
  const [word, period, unit] = (text ?? '').split(':');
  const policy = refreshPolicyOf(word);
  return policy && { policy, period: wholeNumber(period), unit: unitOf(unit) };
}

function refreshOfRow(row: Row): AppPolicy['refreshToken'] | undefined {
  const period = wholeNumber(row['RefreshTokenValidityPeriod']);
  const byInactivity = row['OptionsRefreshTokenValidityMetric'];
  if (!period || typeof byInactivity !== 'boolean') return undefined;
  return { policy: byInactivity ? 'specific-inactivity' : 'specific-lifetime', period, unit: undefined };
}
