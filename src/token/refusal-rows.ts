import type { Cause } from './cause.ts';
import { causes } from './causes.ts';

/** The rows of docs/reference/salesforce-oauth.md §1.4; E3b has the words of E14. */
export type RowId = `E${number}` | 'E4b';

export type GrantRow = {
  /** Rows of §4 have none. */
  id?: RowId;
  error?: string;
  /** Prefix of `error_description`, in lower case. */
  description?: string;
  /** True where a page came in place of JSON. */
  page?: true;
  /** First digits of the HTTP statuses; any when left out. */
  statuses?: readonly number[];
  /** Likeliest first. */
  causes: readonly Cause[];
};

export type RefusalRow = GrantRow & { id: RowId };

/** The table. The first row that matches counts, so a more exact row stands before a wider one. */
export const refusalRows: readonly RefusalRow[] = [
  {
    id: 'E1',
    error: 'invalid_grant',
    description: "user hasn't approved this consumer",
    causes: [
      causes.notPreAuthorised,
      causes.notReplicated,
      causes.wrongHost,
      causes.approvalsGone,
      { ...causes.scope, sure: false },
      causes.wrongUsername,
    ],
  },
  {
    id: 'E2',
    error: 'invalid_app_access',
    description: 'user is not admin approved to access this app',
    causes: [causes.notApproved],
  },
  {
    id: 'E3',
    error: 'invalid_grant',
    description: 'invalid assertion',
    causes: [causes.keyMismatch, causes.justEdited],
  },
  { id: 'E4', error: 'invalid_grant', description: 'audience is invalid', causes: [causes.audience] },
  { id: 'E4b', error: 'invalid_grant', description: 'audience validation failed', causes: [causes.audience] },
  { id: 'E5', error: 'invalid_grant', description: 'expired authorization code', causes: [causes.clock] },
  { id: 'E6', error: 'invalid_client_id', causes: [causes.clientId, causes.wrongHost, causes.notReplicated] },
  {
    id: 'E7',
    error: 'app_not_found',
    causes: [
      causes.externalAppHost,
      causes.clientId,
      causes.appDisabled,
      { ...causes.notReplicated, sure: false },
      { ...causes.notApproved, sure: false },
    ],
  },
  {
    id: 'E8',
    error: 'invalid_request',
    description: 'refresh_token scope is required',
    causes: [causes.scope, causes.notApproved],
  },
  { id: 'E9', error: 'invalid_grant', description: 'ip restricted', causes: [causes.ip, causes.hours] },
  { id: 'E10', error: 'invalid_grant', description: 'login rate exceeded', causes: [causes.rate] },
  { id: 'E11', error: 'invalid_grant', description: 'inactive user', causes: [causes.inactive] },
  { id: 'E12', error: 'inactive_user', causes: [{ ...causes.inactive, sure: true }] },
  { id: 'E12', error: 'inactive_org', causes: [causes.orgInactive] },
  { id: 'E12', error: 'rate_limit_exceeded', causes: [causes.rate] },
  {
    id: 'E13',
    error: 'invalid_grant',
    description: 'authentication failure',
    causes: [causes.locked, causes.wrongUsername],
  },
  { id: 'E15', error: 'invalid_client', description: 'app must be installed into org', causes: [causes.notInstalled] },
  {
    id: 'E14',
    error: 'invalid_client',
    description: 'invalid client credentials',
    causes: [{ ...causes.keyMismatch, sure: false }, causes.secret],
  },
  { id: 'E16', error: 'unsupported_grant_type', causes: [causes.notTokenEndpoint] },
  { id: 'E17', error: 'unknown_error', causes: [causes.transient, causes.notTokenEndpoint] },
  { id: 'E18', error: 'invalid_request', description: 'scope parameter not supported', causes: [causes.scopeSent] },
  {
    id: 'E19',
    error: 'invalid_grant',
    description: 'request not supported on this domain',
    causes: [causes.externalAppHost],
  },
  { id: 'E22', error: 'invalid_grant', description: 'activation secret invalid', causes: [causes.activation] },
  { id: 'E20', page: true, statuses: [5], causes: [causes.maintenance, causes.notTokenEndpoint] },
  { id: 'E20', page: true, causes: [causes.notTokenEndpoint, causes.maintenance] },
];
