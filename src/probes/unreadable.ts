import type { Reading } from '../checks/run.ts';
import { problem } from '../errors.ts';
import type { RestRefusal } from '../org/session.ts';

/** What shows a fact to whoever lacks it, in the words of Setup (docs/reference/external-client-apps.md §9). */
export const permissions = {
  apps: 'View all External Client Apps',
  metadata: 'Modify Metadata Through Metadata API Functions',
  access: 'View Setup and Configuration',
  api: 'API Enabled',
  clientId: 'View External Client Apps Consumer Secrets in Metadata',
} as const;

/** No administrator would get another answer. */
const requestsLeft =
  'Setup > Company Information > API Requests, Last 24 Hours: see what uses them up, and try again when some are left';

/** What an org says when the session may not see something; anything else is its own words. */
export function unreadable<Value>({ status, errorCode, message }: RestRefusal, permission: string): Reading<Value> {
  if (errorCode.startsWith('API_DISABLED')) return { denied: permissions.api };
  // Also 403, and nothing that a permission would change (docs/reference/salesforce-oauth.md §5.6).
  const isSpent = errorCode === 'REQUEST_LIMIT_EXCEEDED';
  const isDenied = (status === 403 && !isSpent) || /^INVALID_TYPE$|INSUFFICIENT_ACCESS/.test(errorCode);
  if (isDenied) return { denied: permission };
  const failed = { failed: problem('OrgRefused', [errorCode, message]), data: { status, errorCode } };
  return isSpent ? { ...failed, fix: requestsLeft } : failed;
}
