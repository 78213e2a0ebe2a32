import type { Reply } from './http.ts';
import { dataNotAvailable, json } from './http.ts';
import type { Answers, Switches } from './switches.ts';

/**
 * The rows of docs/reference/salesforce-oauth.md §1.4 that are a pair of `error` and `error_description`. E12 is documented by its
 * `error` alone, so its three descriptions are plain words. E20 is a page, E21 a passing HTTP status.
 */
const oauthErrors = {
  E1: ['invalid_grant', "user hasn't approved this consumer"],
  E2: ['invalid_app_access', 'user is not admin approved to access this app'],
  E3: ['invalid_grant', 'invalid assertion'],
  E3b: ['invalid_client', 'invalid client credentials'],
  E4: ['invalid_grant', 'audience is invalid'],
  E4b: ['invalid_grant', 'Audience validation failed'],
  E5: ['invalid_grant', 'expired authorization code'],
  E6: ['invalid_client_id', 'client identifier invalid'],
  E7: ['app_not_found', 'External client app is not installed in this org'],
  E8: [
    'invalid_request',
    'refresh_token scope is required and the connected app should be installed and preauthorized',
  ],
  E9: ['invalid_grant', 'ip restricted'],
  'E9-older': ['invalid_grant', 'ip restricted or invalid login hours'],
  E10: ['invalid_grant', 'login rate exceeded'],
  E11: ['invalid_grant', 'inactive user'],
  E12: ['inactive_user', 'user is inactive'],
  'E12-org': ['inactive_org', 'organization is inactive'],
  'E12-rate': ['rate_limit_exceeded', 'rate limit exceeded'],
  E13: ['invalid_grant', 'authentication failure'],
  E14: ['invalid_client', 'invalid client credentials'],
  E15: ['invalid_client', 'app must be installed into org'],
  E16: ['unsupported_grant_type', 'grant type not supported'],
  E17: ['unknown_error', 'retry your request'],
  E18: ['invalid_request', 'scope parameter not supported'],
  E19: ['invalid_grant', 'request not supported on this domain'],
  /** §4: only the refresh token grant answers it. */
  'refresh-token-expired': ['invalid_grant', 'expired access/refresh token'],
  E22: ['invalid_grant', 'activation secret invalid'],
} as const satisfies Record<string, readonly [error: string, description: string]>;

export type PairRow = keyof typeof oauthErrors;

/** What the token endpoint can answer instead of a token. */
export type OAuthRow = PairRow | 'E20';

/** Rows that were captured both with and without a final full stop (docs/reference/salesforce-oauth.md §0). */
const rowsWithFullStop: readonly OAuthRow[] = ['E8', 'E9', 'E9-older'];

/** The answer of the token endpoint for one row: 400 with two keys in this order, or the page of E20. */
export function oauthError(row: OAuthRow, switches: Switches): Reply {
  if (row === 'E20') return dataNotAvailable(switches.htmlStatus);
  const [error, text] = oauthErrors[row];
  const description = switches.finalFullStop && rowsWithFullStop.includes(row) ? `${text}.` : text;
  const status = error === 'invalid_client' ? switches.invalidClientStatus : 400;
  return json(status, { error, error_description: description });
}

/** Thrown by a grant to refuse a request; the token endpoint turns it into the answer of that row. */
export class Refusal extends Error {
  readonly row: OAuthRow;
  /** What was found, where that is known; LoginHistory says it in words of its own. */
  readonly situation: keyof Answers | undefined;
  constructor(row: OAuthRow, situation?: keyof Answers) {
    super(row);
    this.row = row;
    this.situation = situation;
  }
}
