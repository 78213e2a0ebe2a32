import type { App, OrgState, User } from '../state.ts';
import { draftOf } from '../metadata/store.ts';
import { grants, knowsSsoPermission } from '../sso-permission.ts';
import type { ColumnType, Table } from '../tables.ts';
import { permissionColumns, permissionsInFiles, permissionsOfProfile } from './permissions.ts';

const unique = (names: Iterable<string>): string[] => [...new Set(names)];

/** Every profile that exists: given, of a user, or named by an app. */
export const profileNames = (org: OrgState): string[] =>
  unique([...org.users.map((one) => one.profile), ...org.apps.flatMap((app) => app.profiles), ...org.profiles]);

/** Every permission set that exists, permission set groups left out. */
const permissionSetNames = (org: OrgState): string[] =>
  unique([
    ...[...org.users, ...org.apps].flatMap((one) => one.permissionSets),
    ...org.permissionSets,
    ...[...org.permissionSetGroups.values()].flat(),
  ]).filter((name) => !org.permissionSetGroups.has(name));

/**
 * What can be given access: permission sets, permission set groups, and, with a permission set of their own that nobody sees in Setup,
 * profiles (docs/reference/external-client-apps.md §10.2).
 */
export type Grantee = { id: string; kind: 'Regular' | 'Group' | 'Profile'; name: string };

export function grantees(org: OrgState): Grantee[] {
  const named = (kind: 'Regular' | 'Group', names: Iterable<string>): Grantee[] =>
    [...names].map((name) => ({ id: org.idOf('0PS', name), kind, name }));
  return [
    ...named('Regular', permissionSetNames(org)),
    ...named('Group', org.permissionSetGroups.keys()),
    ...profileNames(org).map((name) => profileGrantee(org, name)),
  ];
}

/** A name with a colon is no name of a permission set, so the two can't meet. */
const profileGrantee = (org: OrgState, name: string): Grantee => ({
  id: org.idOf('0PS', `profile:${name}`),
  kind: 'Profile',
  name,
});

const permissionSet: Table = {
  keyPrefix: '0PS',
  columns: {
    Id: 'id',
    Name: 'string',
    Label: 'string',
    IsOwnedByProfile: 'boolean',
    ProfileId: 'id',
    PermissionSetGroupId: 'id',
    Type: 'string',
    IsCustom: 'boolean',
    NamespacePrefix: 'string',
    ...permissionColumns,
  },
  moreColumns: (switches, org): Record<string, ColumnType> =>
    knowsSsoPermission(draftOf(org), switches) ? { PermissionsIsSsoEnabled: 'boolean' } : {},
  relations: { Profile: { object: 'Profile', by: 'ProfileId' } },
  rows: (org) => {
    const { profiles, permissionSets } = draftOf(org);
    const files = (kind: Grantee['kind'], name: string): Array<string | undefined> => {
      if (kind === 'Profile') return [profiles.get(name)];
      const sets = kind === 'Group' ? (org.permissionSetGroups.get(name) ?? []) : [name];
      return sets.map((one) => permissionSets.get(one));
    };
    return grantees(org).map(({ id, kind, name }) => {
      const ofProfile = kind === 'Profile';
      const shown = ofProfile ? `X${org.idOf('00e', name)}` : name;
      return {
        Id: id,
        Name: shown,
        Label: shown,
        IsOwnedByProfile: ofProfile,
        ProfileId: ofProfile ? org.idOf('00e', name) : null,
        PermissionSetGroupId: kind === 'Group' ? org.idOf('0PG', name) : null,
        Type: kind,
        IsCustom: true,
        NamespacePrefix: null,
        ...(ofProfile ? permissionsOfProfile(org, name) : permissionsInFiles(files(kind, name))),
        PermissionsIsSsoEnabled: files(kind, name).some((content) => grants(content, 'IsSsoEnabled')),
      };
    });
  },
};

export type Assignment = { id: string; user: User; grantee: Grantee };

/** Who has what. Whether the permission set behind a user's profile is among it is a switch. */
export function assignments(org: OrgState, withProfiles: boolean): Assignment[] {
  return org.users.flatMap((user) => {
    const given = user.permissionSets.map((name): Grantee => {
      const kind = org.permissionSetGroups.has(name) ? 'Group' : 'Regular';
      return { id: org.idOf('0PS', name), kind, name };
    });
    const all = withProfiles ? [...given, profileGrantee(org, user.profile)] : given;
    return all.map((grantee) => ({ id: org.idOf('0Pa', `${user.id} ${grantee.id}`), user, grantee }));
  });
}

const permissionSetAssignment: Table = {
  keyPrefix: '0Pa',
  columns: { Id: 'id', AssigneeId: 'id', PermissionSetId: 'id', PermissionSetGroupId: 'id', IsActive: 'boolean' },
  relations: {
    Assignee: { object: 'User', by: 'AssigneeId' },
    PermissionSet: { object: 'PermissionSet', by: 'PermissionSetId' },
  },
  rows: (org, { switches }) =>
    assignments(org, switches.profileAssignmentRows).map(({ id, user, grantee }) => ({
      Id: id,
      AssigneeId: user.id,
      PermissionSetId: grantee.id,
      PermissionSetGroupId: grantee.kind === 'Group' ? org.idOf('0PG', grantee.name) : null,
      IsActive: true,
    })),
};

export type Access = { id: string; app: App; grantee: Grantee };

/** What gives access to which app: what the app names, and every group with such a permission set. */
export function accesses(org: OrgState): Access[] {
  return org.apps.flatMap((app) => {
    const groups = [...org.permissionSetGroups].filter(([, sets]) =>
      sets.some((one) => app.permissionSets.includes(one))
    );
    const names = unique([...app.permissionSets, ...groups.map(([name]) => name)]);
    const given = names.map((name): Grantee => {
      const kind = org.permissionSetGroups.has(name) ? 'Group' : 'Regular';
      return { id: org.idOf('0PS', name), kind, name };
    });
    const all = [...given, ...unique(app.profiles).map((name) => profileGrantee(org, name))];
    return all.map((grantee) => ({ id: org.idOf('0J0', `${app.id} ${grantee.id}`), app, grantee }));
  });
}

/** Needs View Setup and Configuration (docs/reference/external-client-apps.md §10.2). */
const setupEntityAccess: Table = {
  keyPrefix: '0J0',
  columns: { Id: 'id', ParentId: 'id', SetupEntityId: 'id', SetupEntityType: 'string' },
  relations: { Parent: { object: 'PermissionSet', by: 'ParentId' } },
  permission: 'viewSetup',
  rows: (org) =>
    accesses(org)
      .filter(({ app }) => app.kind === 'connected-app' || org.facts.externalClientApps)
      .map(({ id, app, grantee }) => ({
        Id: id,
        ParentId: grantee.id,
        SetupEntityId: app.id,
        SetupEntityType: app.kind === 'connected-app' ? 'ConnectedApplication' : 'ExternalClientApplication',
      })),
};

/** Who may use what. */
export const accessTables: Readonly<Record<string, Table>> = {
  PermissionSet: permissionSet,
  PermissionSetAssignment: permissionSetAssignment,
  SetupEntityAccess: setupEntityAccess,
};
