import { draftOf } from '../metadata/store.ts';
import { grants } from '../sso-permission.ts';
import type { OrgState, Permissions } from '../state.ts';
import type { ColumnType } from '../tables.ts';

/** Columns of Profile and PermissionSet (Object Reference), each with its name in metadata and what the state of a user calls it. */
const columns: Readonly<Record<string, { name: string; key?: keyof Permissions }>> = {
  PermissionsApiEnabled: { name: 'ApiEnabled', key: 'apiEnabled' },
  PermissionsApiUserOnly: { name: 'ApiUserOnly', key: 'apiOnly' },
  PermissionsAuthorApex: { name: 'AuthorApex' },
  PermissionsCustomizeApplication: { name: 'CustomizeApplication', key: 'modifyMetadata' },
  PermissionsManageUsers: { name: 'ManageUsers', key: 'manageUsers' },
  PermissionsModifyAllData: { name: 'ModifyAllData', key: 'modifyAllData' },
  PermissionsViewAllData: { name: 'ViewAllData', key: 'viewAllData' },
};

export const permissionColumns: Readonly<Record<string, ColumnType>> = Object.fromEntries(
  Object.keys(columns).map((column) => [column, 'boolean'])
);

/** What some files of permission sets turn on. */
export const permissionsInFiles = (files: ReadonlyArray<string | undefined>): Record<string, boolean> =>
  Object.fromEntries(
    Object.entries(columns).map(([column, { name }]) => [column, files.some((file) => grants(file, name))])
  );

/** What a profile turns on: by its file, and what the state says of everybody who has it. */
export function permissionsOfProfile(org: OrgState, profile: string): Record<string, boolean> {
  const file = draftOf(org).profiles.get(profile);
  const users = org.users.filter((one) => one.profile === profile);
  const everybodyHas = (key: keyof Permissions | undefined): boolean =>
    key !== undefined && users.length > 0 && users.every(({ permissions }) => permissions[key]);
  return Object.fromEntries(
    Object.entries(columns).map(([column, { name, key }]) => [column, grants(file, name) || everybodyHas(key)])
  );
}
