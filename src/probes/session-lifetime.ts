import type { AppHeader, AppPolicy } from '../app/settings.ts';
import type { DataRead } from '../checks/data-facts.ts';
import type { Reading } from '../checks/run.ts';
import { readSessionTimeout } from '../org/security-settings.ts';
import type { OrgSession } from '../org/session.ts';
import type { Tried } from './attempt.ts';
import { guardedAfter } from './granted.ts';

/** What an administrator's session can tell of how long the collector's session lives. */
export type LifetimeWitness = {
  session: OrgSession;
  app: () => Promise<Reading<AppHeader>>;
  appPolicy: () => Promise<Reading<AppPolicy>>;
};

/**
 * The app's own timeout where it has one, else the org's. Tokens in JWT format have another than opaque ones
 * (docs/reference/external-client-apps.md §1.2); which of them the app issues, the granted token shows.
 */
export async function readSessionLifetime(
  tried: () => Promise<Tried>,
  admin: LifetimeWitness | undefined
): Promise<Reading<DataRead['sessionLifetime']>> {
  if (admin === undefined) return { value: undefined };
  if ('skipped' in (await admin.app())) return { skipped: "the org does not show which app is this login's" };
  return guardedAfter([['app-found', admin.app]], async (): Promise<Reading<DataRead['sessionLifetime']>> => {
    const [app, policy, isJwt] = await Promise.all([admin.app(), admin.appPolicy(), tried().then(givesJwt)]);
    if (!('value' in app)) return { blocked: 'app-found' };
    if (!('value' in policy)) return { blocked: 'blocked' in policy ? policy.blocked : 'app-permitted-users' };
    const { sessionTimeout, jwtTimeout } = policy.value;
    const minutes = isJwt ? jwtTimeout : sessionTimeout;
    if (minutes !== undefined) return { value: { minutes, of: isJwt ? 'token-app' : 'app', app: app.value } };
    const ofOrg = await readSessionTimeout(admin.session);
    return { value: { minutes: 'value' in ofOrg ? ofOrg.value : undefined, of: 'org', app: app.value } };
  });
}

const givesJwt = (tried: Tried): boolean =>
  'attempt' in tried && 'granted' in tried.attempt.answer && tried.attempt.answer.granted.accessToken.startsWith('eyJ');
