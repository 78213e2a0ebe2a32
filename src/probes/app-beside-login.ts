import type { AppHeader } from '../app/settings.ts';
import type { DataRead } from '../checks/data-facts.ts';
import type { AppRead } from '../checks/facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import { once } from '../org/once.ts';
import type { Tried } from './attempt.ts';

type AppReaders = Readers<keyof AppRead>;

type Login = { tried: () => Promise<Tried>; userState: () => Promise<Reading<DataRead['userState']>> };

/** The client id is the one of the stored login, so no other name of the app helps. */
const otherClientId = [
  'copy the consumer key again: Setup > External Client App Manager > the app > Settings > OAuth Settings > Consumer Key and Secret',
  'then log in with it: sf aquila login --username <username> --client-id CLIENT_ID --jwt-key-file <key> --instance-url <instance-url>',
].join('\n');

/**
 * The app by the client id of a login. Where the org shows no client ids, a login that was accepted proves the app: that nobody sees which
 * one it is, is no defect.
 */
export function provenByLogin(
  app: () => Promise<Reading<AppHeader>>,
  tried: () => Promise<Tried>
): () => Promise<Reading<AppHeader>> {
  return once(async () => {
    const reading = await app();
    const isHidden = 'denied' in reading && reading.detail !== undefined;
    if (!isHidden || outcomeOf(await tried()) !== 'accepted') return reading;
    return { skipped: `Salesforce accepted a login, so the app is there\n${reading.detail}` };
  });
}

/**
 * The readers of an app beside those of a login. What the login met too, such as a host that does not answer, is left to the check that
 * speaks of it there: one defect, one failing check.
 */
export function appBesideLogin(app: AppReaders, { tried, userState }: Login): AppReaders {
  return {
    ...app,
    app: once(async () => {
      const reading = await app.app();
      if (!('failed' in reading)) return reading;
      if (reading.failed.code === 'AppOfClientIdNotFound') return { ...reading, fix: otherClientId };
      return metByLogin(reading, await tried()) ?? reading;
    }),
    appOauth: once(async (): Promise<Reading<AppRead['appOauth']>> => {
      const reading = await app.appOauth();
      if (!('value' in reading)) return reading;
      const login = outcomeOf(await tried());
      return login === undefined ? reading : { value: { ...reading.value, login } };
    }),
    preauthorisation: once(async () => {
      const reading = await app.preauthorisation();
      if (!('failed' in reading) || reading.failed.code !== 'UserUnknown') return reading;
      const state = await userState();
      const isSame = 'failed' in state && state.failed.code === reading.failed.code;
      return isSame ? { blocked: 'user-active' as const } : reading;
    }),
  };
}

/** What stood in the way of reading the app, where it stood in the way of the login as well. */
function metByLogin(
  { failed, data }: Extract<Reading<unknown>, { failed: unknown }>,
  tried: Tried
): { blocked: 'host-reachable' | 'login-accepted' | 'data-api-limit' } | undefined {
  if ('unreachable' in tried) return tried.unreachable.code === failed.code ? { blocked: 'host-reachable' } : undefined;
  if (!('attempt' in tried)) return undefined;
  const { answer } = tried.attempt;
  if ('refused' in answer) {
    const isPage = answer.refused.page !== undefined;
    return isPage && failed.code === 'OrgUnavailable' ? { blocked: 'login-accepted' } : undefined;
  }
  return data?.['errorCode'] === 'REQUEST_LIMIT_EXCEEDED' ? { blocked: 'data-api-limit' } : undefined;
}

function outcomeOf(tried: Tried): AppRead['appOauth']['login'] {
  if (!('attempt' in tried)) return undefined;
  return 'granted' in tried.attempt.answer ? 'accepted' : 'refused';
}
