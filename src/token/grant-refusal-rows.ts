import { grantCauses } from './grant-causes.ts';
import type { GrantName } from './grants.ts';
import type { GrantRow } from './refusal-rows.ts';

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
    { id: 'E14', error: 'invalid_client', causes: [grantCauses.appSecret] },
  ],
};
