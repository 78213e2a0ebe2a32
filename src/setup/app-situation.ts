import type { AppDefinition } from '../app/definition.ts';
import { explainDeployRefusal } from '../app/deploy-refusal.ts';
import type { FoundParts } from '../app/found.ts';
import type { AppName } from '../app/name.ts';
import type { AppGrantee, AppHeader } from '../app/settings.ts';
import { shellWord } from '../cert/shell.ts';
import { fillFix } from '../checks/fix.ts';
import { aquilaError, didYouMean, problem, toError } from '../errors.ts';
import { findApp } from '../org/find-app.ts';
import type { AppReader } from '../org/app-reader.ts';
import { readUser, type FoundUser } from '../org/preauthorisation.ts';
import type { Answer, OrgSession } from '../org/session.ts';
import { soqlText } from '../org/soql.ts';

/** The integration user, and what it has already. */
export type SituationUser = { username: string; id: string; profile: string | undefined; permissionSetIds: string[] };

/** All that a plan for an app depends on, as the org has it. */
export type Situation = {
  /** Undefined for an app that the org does not have. */
  app: AppHeader | undefined;
  parts: FoundParts | undefined;
  /** Whom the app is pre-authorised for. */
  grantees: readonly AppGrantee[];
  /** The rows behind the permission sets and profiles that were asked for, in the spelling of the org. */
  wanted: readonly AppGrantee[];
  user: SituationUser | undefined;
  /** How many users have tokens of an app that somebody else made; undefined where it is ours, or where the org does not say. */
  usersOfForeign: number | undefined;
};

/**
 * Reads what a plan needs to know, at most three requests one after the other.
 *
 * @throws AppNameTaken, PermissionSetUnknown, ProfileUnknown, UserUnknown, OrgRefused
 */
export async function readSituation(
  session: OrgSession,
  reader: AppReader,
  definition: AppDefinition,
  username: string | undefined
): Promise<Situation> {
  const [app, wanted, user] = await Promise.all([
    findExisting(reader, definition),
    readWanted(session, definition),
    username === undefined ? undefined : readActiveUser(session, username),
    definition.clientCredentialsUser === undefined
      ? undefined
      : readActiveUser(session, definition.clientCredentialsUser),
  ]);
  if (app?.kind === 'connected-app') throw nameTaken(app, session);
  if (!app) {
    // What will be read of the new app's access must be readable, before anything is changed.
    granted(await session.query('SELECT Id FROM SetupEntityAccess LIMIT 1'));
    return { app, parts: undefined, grantees: [], wanted, user, usersOfForeign: undefined };
  }
  const [parts, { grantees }, usersOfForeign] = await Promise.all([
    reader.parts(app).then(granted),
    reader.preauthorisation(app, undefined).then(granted),
    app.marked ? undefined : countUsers(session, app),
  ]);
  return { app, parts, grantees, wanted, user, usersOfForeign };
}

/** @throws UserUnknown, UserInactive */
async function readActiveUser(session: OrgSession, username: string): Promise<FoundUser> {
  const user = granted(await readUser(session, username));
  if (!user.active) throw aquilaError('UserInactive', [user.username]);
  return user;
}

/** A deployment goes by the name of metadata: an app that has it would be changed, whatever its label is. */
export async function findExisting(
  reader: AppReader,
  { label, developerName }: AppName
): Promise<AppHeader | undefined> {
  const { app } = granted(await findApp(reader, { name: label }));
  return app ?? granted(await findApp(reader, { name: developerName })).app;
}

/** The value of an answer; a refusal by the org ends the command, with the ways out that are known for the org's words. */
export function granted<Value>(answer: Answer<Value>): Value {
  if ('value' in answer) return answer.value;
  const { status, errorCode, message } = answer.refused;
  const refused = problem('OrgRefused', [errorCode, message]);
  const { causes } = explainDeployRefusal({ errorCode, problem: message });
  // These two objects show who may use an app; they say nothing of the right to see apps.
  const fixes = /'(?:SetupEntityAccess|PermissionSet\w*)' is not supported/.test(message)
    ? [accessFix]
    : causes.map(({ text, fix }) => `Possibly, ${text}: ${fillFix(fix, {})}`);
  throw toError({ ...refused, actions: fixes.length > 0 ? fixes : refused.actions }, { status, errorCode });
}

const accessFix =
  'Give the user of this org login "View Setup and Configuration" by a permission set (Setup > Permission Sets > System Permissions)';

const nameTaken = ({ label }: AppHeader, session: OrgSession): Error =>
  aquilaError('AppNameTaken', [label], [session.name, shellWord(label)]);

type PermissionSetRow = {
  Id: string;
  Name: string;
  NamespacePrefix?: string | null;
  IsOwnedByProfile: boolean;
  Profile?: { Name?: string } | null;
};

/** Every permission set, and through their own hidden ones every profile: one query, which near misses need anyway. */
async function readWanted(session: OrgSession, { permissionSets, profiles }: AppDefinition): Promise<AppGrantee[]> {
  if (permissionSets.length + profiles.length === 0) return [];
  const rows = granted(
    await session.query<PermissionSetRow>(
      "SELECT Id, Name, NamespacePrefix, IsOwnedByProfile, Profile.Name FROM PermissionSet WHERE Type != 'Group'"
    )
  );
  const known = rows.map((row): AppGrantee =>
    row.IsOwnedByProfile
      ? { id: row.Id, kind: 'profile', name: row.Profile?.Name ?? row.Name }
      : {
          id: row.Id,
          kind: 'permission-set',
          name: row.NamespacePrefix ? `${row.NamespacePrefix}__${row.Name}` : row.Name,
        }
  );
  const find = (kind: AppGrantee['kind'], name: string): AppGrantee => {
    const ofKind = known.filter((one) => one.kind === kind);
    const grantee = ofKind.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (grantee) return grantee;
    const near = didYouMean(
      name,
      ofKind.map((one) => one.name)
    );
    const code = kind === 'profile' ? 'ProfileUnknown' : 'PermissionSetUnknown';
    throw aquilaError(code, [name], [near ?? 'Nothing in the org has a name like it.']);
  };
  return [
    ...permissionSets.map((name) => find('permission-set', name)),
    ...profiles.map((name) => find('profile', name)),
  ];
}

async function countUsers(session: OrgSession, { label }: AppHeader): Promise<number | undefined> {
  const rows = await session.query<{ UserId: string }>(
    `SELECT UserId FROM OauthToken WHERE AppName = ${soqlText(label)}`
  );
  return 'value' in rows ? new Set(rows.value.map(({ UserId }) => UserId)).size : undefined;
}
