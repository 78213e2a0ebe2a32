import type { AppHeader } from '../app/settings.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { AppReader } from '../org/app-reader.ts';
import { aquilaError } from '../errors.ts';
import { readClientId } from '../org/client-id.ts';
import { findApp } from '../org/find-app.ts';
import { readUser } from '../org/preauthorisation.ts';
import { findLogin, isDefaultLogin, ownUsernames } from '../org/stored-logins.ts';
import { granted } from './app-situation.ts';
import type { Leaving, LeavingReason } from './remove-talk.ts';

export type LoginsPlan = {
  /** Usernames of the integration users. */
  users: string[];
  remove: StoredLogin[];
  /** The user who was named logs in through another app. */
  elsewhere: StoredLogin[];
  left: Leaving[];
};

/**
 * Which stored logins go with the app: that of the user who was named, else those that are made through the app. The login of the default
 * org never goes, and neither does the one that the command itself works with.
 *
 * @param app the one that is going to be removed; undefined where there is none
 * @throws RemoveUserOfAdmin, RemoveThroughApp where the command itself would lose its login by the removal; UserUnknown, OrgRefused
 */
export async function planLogins(
  reader: AppReader,
  app: AppHeader | undefined,
  username: string | undefined
): Promise<LoginsPlan> {
  const clientId = app && (await readClientId(reader, app));
  await requireOwnLoginKept(reader, { app, clientId, username });
  const found = await candidates(reader, username);
  const isKnown = found.some((login) => isOfOrg(login, reader.session));
  // A mistyped name would leave what is that user's. Who may not look users up goes without this.
  if (username !== undefined && !isKnown) await readUser(reader.session, username);
  const reasons = await Promise.all(
    found.map((login) => reasonToStay(login, { reader, app, clientId, isNamed: username !== undefined }))
  );
  // Logins through other apps are nobody's business where no user was named.
  const told = (reason: LeavingReason | undefined): reason is LeavingReason =>
    reason !== undefined && (username !== undefined || reason !== 'other-app');
  const isOfApp = (reason: LeavingReason | undefined): boolean => reason === undefined || reason === 'default-org';
  return {
    users: [
      ...(username === undefined ? [] : [username]),
      ...found.filter((_, at) => isOfApp(reasons[at])).map((login) => login.username),
    ],
    remove: found.filter((_, at) => reasons[at] === undefined),
    elsewhere: found.filter((_, at) => username !== undefined && reasons[at] === 'other-app'),
    left: found.flatMap((login, at): Leaving[] => {
      const reason = reasons[at];
      return told(reason) ? [{ kind: 'login', name: login.username, reason }] : [];
    }),
  };
}

async function candidates({ session }: AppReader, username: string | undefined): Promise<StoredLogin[]> {
  const names = username === undefined ? await ownUsernames() : [username];
  const logins = await Promise.all(names.map((name) => findLogin(name)));
  return logins.filter(
    (login): login is StoredLogin =>
      login !== undefined &&
      (username !== undefined || (isOfOrg(login, session) && login.username !== session.username))
  );
}

const isOfOrg = ({ orgId }: StoredLogin, session: AppReader['session']): boolean =>
  orgId?.slice(0, 15) === session.orgId.slice(0, 15);

/** The app's tokens go with it: a command that works with one of them could not go on. */
async function requireOwnLoginKept(
  { session }: AppReader,
  {
    app,
    clientId,
    username,
  }: { app: AppHeader | undefined; clientId: string | undefined; username: string | undefined }
): Promise<void> {
  const named = username === undefined ? undefined : ((await findLogin(username))?.username ?? username);
  if (named?.toLowerCase() === session.username.toLowerCase())
    throw aquilaError('RemoveUserOfAdmin', [session.username], []);
  if (!app || clientId === undefined || (await findLogin(session.username))?.clientId !== clientId) return;
  throw aquilaError('RemoveThroughApp', [session.name, app.label]);
}

type Situation = {
  reader: AppReader;
  app: AppHeader | undefined;
  clientId: string | undefined;
  isNamed: boolean;
};

async function reasonToStay(
  login: StoredLogin,
  { reader, app, clientId, isNamed }: Situation
): Promise<LeavingReason | undefined> {
  if (!isOfOrg(login, reader.session)) return 'other-org';
  if (login.jwtAudience === undefined || login.clientId === undefined) return 'not-by-plugin';
  const isOfApp = clientId !== undefined && login.clientId === clientId;
  if (!isOfApp) {
    const owner = granted(await findApp(reader, { clientId: login.clientId }));
    if (owner.app) return 'other-app';
    // It can't be said of an app that is gone whether the login was made through it, unless somebody does.
    if (!isNamed) return 'username-needed';
    if (owner.unidentified.some(({ id }) => id !== app?.id)) return 'app-unknown';
  }
  return (await isDefaultLogin(login.username)) ? 'default-org' : undefined;
}
