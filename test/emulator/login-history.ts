import { Refusal } from './oauth-errors.ts';
import type { Answers } from './switches.ts';
import type { GrantRequest } from './token-endpoint.ts';

/**
 * What LoginHistory says of each refusal, as far as the reference has it (docs/reference/salesforce-oauth.md §5.7,
 * docs/reference/external-client-apps.md §9); that a situation leaves this status is a guess, so all of them are a switch. A situation
 * without a status leaves no row.
 */
export type LoginStatuses = Partial<Record<keyof Answers | 'success', string>>;

export const documentedStatuses = (): LoginStatuses => ({
  success: 'Success',
  wrongKey: 'Failed: Signature Invalid',
  noCertificate: 'Failed: Signature Invalid',
  expired: 'Failed: Invalid Timestamp',
  missingExpiry: 'Failed: Invalid Timestamp',
  expiryTooFar: 'Failed: Invalid Timestamp',
  unknownClient: 'Failed: Missing Consumer Key Parameter',
  uninstalledApp: 'Package for this consumer is not installed in your organization',
  blockedApp: 'Failed: Not approved for access',
  notPreauthorized: 'Failed: Not approved for access',
  notApproved: 'Failed: Not approved for access',
  inactiveUser: 'User is inactive',
  frozenUser: 'User is frozen',
  ipRestricted: 'Failed: IP Address Not Allowed',
  loginRate: 'Failed: Get Access Token Limit Exceeded',
  apiDisabled: 'Failed: OAuth API access disabled',
});

/** Writes an attempt down if the org has the user that it claims. */
export function recordLogin(
  { world, face, now }: GrantRequest,
  claims: Record<string, unknown>,
  error?: unknown
): void {
  const { org, switches, urls } = world;
  const situation = error === undefined ? 'success' : error instanceof Refusal ? error.situation : undefined;
  const status = situation && switches.loginStatuses[situation];
  const name = claims['prn'] ?? claims['sub'];
  const user = typeof name === 'string' ? org.user(name) : undefined;
  if (!status || !user) return;
  const application = typeof claims['iss'] === 'string' ? org.app(claims['iss'])?.name : undefined;
  org.loginHistory.push({
    id: org.newId('0Ya'),
    at: now,
    username: user.username,
    application: application ?? 'N/A',
    loginUrl: new URL(urls[face]).host,
    sourceIp: '127.0.0.1',
    status,
  });
}
