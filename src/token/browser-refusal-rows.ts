import { browserCauses } from './browser-causes.ts';
import { causes } from './causes.ts';
import type { GrantRow } from './refusal-rows.ts';

/** What the authorization endpoint says at the callback URL (docs/reference/salesforce-oauth.md §1.4, last bullet; RFC 6749 §4.1.2.1). */
const atCallback: readonly GrantRow[] = [
  { error: 'access_denied', causes: [browserCauses.denied] },
  { error: 'invalid_scope', causes: [browserCauses.scopeBeyondApp] },
  { id: 'E2', error: 'OAUTH_APP_ACCESS_DENIED', causes: [causes.notApproved] },
  { id: 'E7', error: 'OAUTH_EC_APP_NOT_FOUND', causes: [causes.externalAppHost, causes.clientId, causes.appDisabled] },
  { id: 'E15', error: 'OAUTH_APPROVAL_ERROR_GENERIC', causes: [{ ...causes.notInstalled, sure: false }] },
];

export const webServerRows: readonly GrantRow[] = [
  ...atCallback,
  { error: 'invalid_grant', description: 'expired authorization code', causes: [browserCauses.codeSpent] },
  { error: 'invalid_grant', description: 'invalid authorization code', causes: [browserCauses.codeSpent] },
];

export const userAgentRows: readonly GrantRow[] = [
  ...atCallback,
  { error: 'unsupported_response_type', causes: [browserCauses.userAgentOff] },
];

export const deviceRows: readonly GrantRow[] = [
  { error: 'access_denied', causes: [browserCauses.denied] },
  { error: 'expired_token', causes: [browserCauses.deviceCodeSpent] },
];
