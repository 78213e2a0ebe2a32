import type { AppGrantee, AppHeader, Preauthorisation } from '../app/settings.ts';
import { aquilaError, didYouMean } from '../errors.ts';
import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

type AccessRow = {
  ParentId?: string;
  Parent?: {
    Name?: string;
    NamespacePrefix?: string | null;
    Type?: string;
    IsOwnedByProfile?: boolean;
    Profile?: { Name?: string } | null;
  } | null;
};
type UserRow = {
  Id: string;
  Username: string;
  IsActive?: boolean;
  ProfileId?: string | null;
  Profile?: { Name?: string } | null;
};
type AssignmentRow = { PermissionSetId: string };

/** What `SetupEntityAccess` calls the kinds of apps (docs/reference/external-client-apps.md §10.2). */
const entityTypes: Record<AppHeader['kind'], string> = {
  'external-client-app': 'ExternalClientApplication',
  'connected-app': 'ConnectedApplication',
};

/**
 * The profiles and permission sets that an app is pre-authorised for, and which of them a user has. Three queries at the same time.
 *
 * @throws UserUnknown where nobody in the org has the username
 */
export async function readPreauthorisation(
  session: OrgSession,
  app: AppHeader,
  username: string | undefined
): Promise<Answer<Preauthorisation>> {
  const [access, user] = await Promise.all([
    session.query<AccessRow>(
      'SELECT ParentId, Parent.Name, Parent.NamespacePrefix, Parent.Type, Parent.IsOwnedByProfile, Parent.Profile.Name ' +
        'FROM SetupEntityAccess ' +
        `WHERE SetupEntityId = ${soqlText(app.id)} AND SetupEntityType = ${soqlText(entityTypes[app.kind])}`
    ),
    username === undefined ? undefined : readUser(session, username),
  ]);
  if ('refused' in access) return access;
  if (user && 'refused' in user) return user;
  const grantees = access.value.flatMap((row) => granteeOf(row) ?? []);
  return { value: { grantees, user: user && { ...user.value, through: throughOf(grantees, user.value) } } };
}

export type FoundUser = {
  username: string;
  id: string;
  active: boolean;
  profile: string | undefined;
  permissionSetIds: string[];
};

/** @throws UserUnknown */
export async function readUser(session: OrgSession, username: string): Promise<Answer<FoundUser>> {
  const [users, assignments] = await Promise.all([
    session.query<UserRow>(
      `SELECT Id, Username, IsActive, Profile.Name FROM User WHERE Username = ${soqlText(username)}`
    ),
    session.query<AssignmentRow>(
      `SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${soqlText(username)}`
    ),
  ]);
  if ('refused' in users) return users;
  if ('refused' in assignments) return assignments;
  const [user] = users.value;
  if (!user) throw aquilaError('UserUnknown', [username], [await nearestUser(session, username), session.name]);
  return {
    value: {
      username: user.Username,
      id: user.Id,
      active: user.IsActive !== false,
      profile: user.Profile?.Name,
      permissionSetIds: assignments.value.map(({ PermissionSetId }) => PermissionSetId),
    },
  };
}

/** Asked only when a username was mistyped. */
export async function nearestUser(session: OrgSession, username: string): Promise<string> {
  const users = await session.query<UserRow>('SELECT Id, Username FROM User WHERE IsActive = true LIMIT 2000');
  const names = 'value' in users ? users.value.map(({ Username }) => Username) : [];
  return didYouMean(username, names) ?? 'No active user of the org has a username like it.';
}

function granteeOf({ ParentId, Parent }: AccessRow): AppGrantee | undefined {
  if (ParentId === undefined) return undefined;
  const { Name = ParentId, NamespacePrefix, Type, IsOwnedByProfile, Profile } = Parent ?? {};
  if (IsOwnedByProfile) return { id: ParentId, kind: 'profile', name: Profile?.Name ?? Name };
  const name = NamespacePrefix ? `${NamespacePrefix}__${Name}` : Name;
  return { id: ParentId, kind: Type === 'Group' ? 'permission-set-group' : 'permission-set', name };
}

const throughOf = (grantees: readonly AppGrantee[], { profile, permissionSetIds }: FoundUser): string[] =>
  grantees
    .filter(({ id, kind, name }) => permissionSetIds.includes(id) || (kind === 'profile' && name === profile))
    .map(({ name }) => name);
