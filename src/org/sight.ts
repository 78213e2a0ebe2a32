import type { Answer, OrgSession } from './session.ts';

/** What a session sees of others. Without the permission the org answers with the user's own rows, and with no refusal. */
export type Sight = {
  /** Manage Users: the Login History. */
  logins: boolean;
  /** Customize Application: OAuth tokens. */
  tokens: boolean;
};

/** Object Reference, LoginHistory and OauthToken, Special Access Rules. */
export async function readSight(session: OrgSession): Promise<Answer<Sight>> {
  const rows = await session.query<Record<string, unknown>>(
    'SELECT PermissionsManageUsers, PermissionsCustomizeApplication FROM UserPermissionAccess'
  );
  if ('refused' in rows) return rows;
  const [row] = rows.value;
  const may = (column: string): boolean => row?.[column] === true;
  return { value: { logins: may('PermissionsManageUsers'), tokens: may('PermissionsCustomizeApplication') } };
}
