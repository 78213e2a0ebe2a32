import { causes } from '../causes.ts';
import type { GrantRow } from '../refusal-rows.ts';
import { samlCauses } from './causes.ts';

/** What "invalid assertion" means of an assertion that the app signed (docs/reference/salesforce-oauth.md §4); the rest is as with JWT bearer. */
export const samlBearerRows: readonly GrantRow[] = [
  {
    id: 'E3',
    error: 'invalid_grant',
    description: 'invalid assertion',
    causes: [causes.keyMismatch, samlCauses.signaturesOff, causes.justEdited, samlCauses.externalApp],
  },
];

const address = 'use the My Domain address of the org (Setup > My Domain) as the instance URL';

/** Whatever is wrong with the response of an identity provider has this one answer. */
export const samlAssertionRows: readonly GrantRow[] = [
  {
    error: 'invalid_grant',
    description: 'invalid assertion',
    causes: [
      samlCauses.provider,
      samlCauses.recipient,
      samlCauses.spent,
      samlCauses.user,
      { ...causes.wrongHost, fix: address },
    ],
  },
];
