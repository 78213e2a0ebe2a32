import { aquilaError, toError } from '../errors.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import type { OrgSession } from '../org/session.ts';
import { findLogin, giveAlias, rememberKeyPath, usernameOf } from '../org/stored-logins.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import type { TokenGrant } from '../token/response.ts';
import { keepLogin } from './login.ts';
import type { PairPlan } from './setup-pair.ts';
import type { ShownLogin } from './setup-talk.ts';

/** What is to be stored of the login, held against what is. */
export type LoginPlan = {
  shown: ShownLogin;
  /** Whether anything of it changes. */
  changes: boolean;
  endpoint: TokenEndpoint;
  /** What is stored of this user. */
  stored: StoredLogin | undefined;
};

type Wish = { username: string; clientId: string; alias: string | undefined; keyPath: string | undefined };

/**
 * Asked as soon as the integration user is known: the login that the setup works with must not be lost to it.
 *
 * @throws SetupUserOfAdmin, unless that login is one of this plugin, which may be the wanted one
 */
export async function requireOtherUser(username: string, session: OrgSession): Promise<void> {
  if (!isUserOf(session, username)) return;
  const login = await findLogin(session.username);
  if (login?.jwtAudience === undefined) throw aquilaError('SetupUserOfAdmin', [session.username], []);
}

const isUserOf = (session: OrgSession, username: string): boolean =>
  session.username.toLowerCase() === username.toLowerCase();

/**
 * Compares the stored login of the integration user with the wanted one.
 *
 * @throws SetupAliasOfAdmin where the alias is that of the login which the setup works with, SetupUserOfAdmin where that login would be
 *   replaced
 */
export async function planLogin(
  { username, clientId, alias, keyPath }: Wish,
  session: OrgSession,
  { keyFile }: PairPlan
): Promise<LoginPlan> {
  const decided = decideEndpoint({ instanceUrl: session.instanceUrl });
  if ('problem' in decided) throw toError(decided.problem);
  const { endpoint } = decided;
  const stored = await findLogin(username);
  const wanted = { clientId, keyPath: keyFile, loginUrl: endpoint.host, jwtAudience: endpoint.audience };
  const isStored =
    stored !== undefined &&
    stored.orgId?.slice(0, 15) === session.orgId.slice(0, 15) &&
    Object.entries(wanted).every(([field, value]) => stored[field as keyof StoredLogin] === value);
  if (!isStored && isUserOf(session, username)) throw aquilaError('SetupUserOfAdmin', [session.username], []);
  const holder = alias === undefined ? undefined : await usernameOf(alias);
  if (alias !== undefined && holder === session.username && holder !== username) {
    throw aquilaError('SetupAliasOfAdmin', [alias, session.username]);
  }
  const shown: ShownLogin = {
    isStored,
    replaces: isStored || !stored ? undefined : isOfPlugin(stored, wanted) ? 'own' : 'other',
    alias: alias === undefined || holder === username ? undefined : { name: alias, takenFrom: holder },
    keyPath: keyPath === stored?.aquilaKeyPath ? undefined : keyPath,
  };
  return { shown, changes: !isStored || shown.alias !== undefined || shown.keyPath !== undefined, endpoint, stored };
}

/** Whether this plugin made a login, or another command by the same key and app, so that nothing is lost. */
const isOfPlugin = (stored: StoredLogin, wanted: { clientId: string; keyPath: string }): boolean =>
  stored.jwtAudience !== undefined || (stored.keyPath === wanted.keyPath && stored.clientId === wanted.clientId);

/**
 * Stores what differs: the whole login, or only its alias or the path on the collector.
 *
 * @param granted by a login with the present key; needed where the login is not stored yet
 * @returns whether anything differed
 * @throws LoginForAnotherUser, LoginNotStored
 */
export async function storeDifference(
  { shown, changes, endpoint }: LoginPlan,
  { username, clientId, keyPath }: { username: string; clientId: string; keyPath: string },
  granted: TokenGrant | undefined,
  network: Network
): Promise<boolean> {
  const alias = shown.alias?.name;
  if (!shown.isStored && granted) {
    const effects = { alias, setDefault: false, setDefaultDevHub: false };
    await keepLogin({ username, clientId, keyPath, endpoint, grant: granted }, effects, network);
  } else if (alias !== undefined) await giveAlias(username, alias);
  if (shown.keyPath !== undefined) await rememberKeyPath(username, shown.keyPath);
  return changes;
}
