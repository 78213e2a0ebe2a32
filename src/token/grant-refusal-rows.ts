import { deviceRows, userAgentRows, webServerRows } from './browser-refusal-rows.ts';
import { causes } from './causes.ts';
import { grantCauses } from './grant-causes.ts';
import type { GrantName } from './grants.ts';
import type { GrantRow } from './refusal-rows.ts';
import { samlAssertionRows, samlBearerRows } from './saml/refusal-rows.ts';

const clientRefused: GrantRow = {
  id: 'E14',
  error: 'invalid_client',
  description: 'invalid client credentials',
  causes: [grantCauses.appSecret, grantCauses.clientAssertion],
};

/**
 * What the same words, or others, mean when another grant was refused (docs/reference/salesforce-oauth.md §4). They are looked at first; what
 * no row of a grant knows, the table of §1.4 may.
 */
export const grantRows: Record<GrantName, readonly GrantRow[]> = {
  'jwt-bearer': [],
  'client-credentials': [
    {
      error: 'invalid_grant',
      description: 'client credentials flow not enabled',
      causes: [grantCauses.clientCredentialsOff],
    },
    {
      error: 'invalid_grant',
      description: 'no client credentials user enabled',
      causes: [grantCauses.runAsUserMissing],
    },
    { error: 'invalid_grant', description: 'no valid scopes defined', causes: [grantCauses.noUsableScope] },
    {
      id: 'E19',
      error: 'invalid_grant',
      description: 'request not supported on this domain',
      causes: [grantCauses.myDomainOnly],
    },
    { id: 'E2', error: 'invalid_app_access', causes: [grantCauses.runAsUserNotAdmitted] },
    clientRefused,
  ],
  'refresh-token': [
    {
      error: 'invalid_grant',
      description: 'expired access/refresh token',
      causes: [grantCauses.refreshTokenEnded, grantCauses.refreshTokenOfAnotherApp],
    },
    clientRefused,
  ],
  'username-password': [
    {
      id: 'E13',
      error: 'invalid_grant',
      description: 'authentication failure',
      causes: [
        grantCauses.password,
        grantCauses.passwordFlowOff,
        grantCauses.externalAppWithoutPassword,
        { ...causes.locked, text: 'the user can not log in now: inactive, frozen or locked' },
      ],
    },
    clientRefused,
  ],
  // No refusal of it is documented by Salesforce; RFC 8693 §2.2.2 has these two codes. A handler refuses in words of its own.
  'token-exchange': [
    {
      error: 'invalid_request',
      causes: [grantCauses.subjectToken, grantCauses.actorToken, grantCauses.tokenHandler, grantCauses.exchangeOff],
    },
    { error: 'invalid_target', causes: [grantCauses.tokenHandler] },
    clientRefused,
  ],
  'web-server': [...webServerRows, clientRefused],
  'user-agent': userAgentRows,
  device: [...deviceRows, clientRefused],
  'saml2-bearer': samlBearerRows,
  'saml-assertion': samlAssertionRows,
};
