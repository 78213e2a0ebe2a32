import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

/** What a user may do by one profile or permission set: names of columns, such as `PermissionsModifyAllData`. */
type Grants = Partial<Record<string, unknown>> & { Name?: string };
type UserRow = { IsActive?: boolean; Profile?: Grants | null };
type SetRow = { PermissionSet?: (Grants & { IsOwnedByProfile?: boolean }) | null };

/** A permission that a program which reads logs does not need, and through what the user has it. */
export type Power = { permission: string; through: string };

export type RunAs = {
  username: string;
  /** Undefined where the org does not show it. */
  active: boolean | undefined;
  /** Undefined where the org does not show the columns, or the user. */
  powers: Power[] | undefined;
  /** "API Only User": can't log in to the pages of Salesforce. */
  apiOnly: boolean | undefined;
};

/** Columns of Profile and PermissionSet, in the words of Setup. */
const powers: ReadonlyArray<readonly [column: string, permission: string]> = [
  ['PermissionsModifyAllData', 'Modify All Data'],
  ['PermissionsViewAllData', 'View All Data'],
  ['PermissionsManageUsers', 'Manage Users'],
  ['PermissionsCustomizeApplication', 'Customize Application'],
  ['PermissionsAuthorApex', 'Author Apex'],
];
const apiOnly = 'PermissionsApiUserOnly';

/** Who a flow runs as, and which far-reaching permissions that user has, through profile and permission sets. Two queries at once. */
export async function readRunAs(session: OrgSession, username: string): Promise<Answer<RunAs>> {
  const columns = (parent: string): string =>
    ['Name', ...powers.map(([column]) => column), apiOnly].map((name) => `${parent}.${name}`).join(', ');
  const wanted = soqlText(username);
  const [users, sets] = await Promise.all([
    session.query<UserRow>(`SELECT IsActive, ${columns('Profile')} FROM User WHERE Username = ${wanted}`),
    session.query<SetRow>(
      `SELECT PermissionSet.IsOwnedByProfile, ${columns('PermissionSet')} FROM PermissionSetAssignment WHERE Assignee.Username = ${wanted}`
    ),
  ]);
  for (const answer of [users, sets]) {
    if ('refused' in answer && answer.refused.errorCode !== 'INVALID_FIELD') return answer;
  }
  // Without a row the user may be gone, or be one whom this administrator does not see.
  const [user] = 'value' in users ? users.value : [];
  if (!user || 'refused' in sets) {
    return { value: { username, active: undefined, powers: undefined, apiOnly: undefined } };
  }
  const profile = user.Profile;
  // The permission set behind a profile may be listed as well, under a name that means nothing to anybody.
  const others = sets.value.map(({ PermissionSet }) => PermissionSet);
  const grants: Array<{ through: string; row: Grants }> = [
    ...(profile ? [{ through: `profile ${profile.Name ?? ''}`, row: profile }] : []),
    ...others.flatMap((row) =>
      row && row.IsOwnedByProfile !== true ? [{ through: `permission set ${row.Name ?? ''}`, row }] : []
    ),
  ];
  return {
    value: {
      username,
      active: user.IsActive === true,
      powers: powers.flatMap(([column, permission]) =>
        grants.filter(({ row }) => row[column] === true).map(({ through }) => ({ permission, through }))
      ),
      apiOnly: grants.some(({ row }) => row[apiOnly] === true),
    },
  };
}
