import { fullName } from '../identity.ts';
import type { OrgState, User } from '../state.ts';
import type { ColumnType, Table } from '../tables.ts';
import { profileNames } from './access.ts';
import { permissionColumns, permissionsOfProfile } from './permissions.ts';

const isSandbox = (org: OrgState): boolean => org.facts.kind !== 'production';

/** One row, as core asks for it at login (docs/reference/sf-cli.md §2). A scratch org is a sandbox with a trial end. */
const organization: Table = {
  keyPrefix: '00D',
  columns: {
    Id: 'id',
    Name: 'string',
    InstanceName: 'string',
    IsSandbox: 'boolean',
    TrialExpirationDate: 'datetime',
    NamespacePrefix: 'string',
    OrganizationType: 'string',
    LanguageLocaleKey: 'string',
  },
  rows: (org) => [
    {
      Id: org.id,
      Name: org.facts.name,
      InstanceName: org.facts.instanceName,
      IsSandbox: isSandbox(org),
      TrialExpirationDate: org.facts.kind === 'scratch' ? '2099-12-31T00:00:00.000+0000' : null,
      NamespacePrefix: null,
      OrganizationType: org.facts.organizationType,
      LanguageLocaleKey: 'en_US',
    },
  ],
};

const user: Table = {
  keyPrefix: '005',
  columns: {
    Id: 'id',
    Username: 'string',
    Name: 'string',
    FirstName: 'string',
    LastName: 'string',
    Email: 'string',
    IsActive: 'boolean',
    UserType: 'string',
    ProfileId: 'id',
  },
  relations: { Profile: { object: 'Profile', by: 'ProfileId' } },
  rows: (org) =>
    org.users.map((one: User) => ({
      Id: one.id,
      Username: one.username,
      Name: fullName(one),
      FirstName: one.firstName || null,
      LastName: one.lastName,
      Email: one.email,
      IsActive: one.active,
      UserType: 'Standard',
      ProfileId: org.idOf('00e', one.profile),
    })),
};

const userLogin: Table = {
  keyPrefix: '0Yw',
  columns: { Id: 'id', UserId: 'id', IsFrozen: 'boolean', IsPasswordLocked: 'boolean' },
  permission: 'viewSetup',
  rows: (org) =>
    org.users.map((one) => ({
      Id: org.idOf('0Yw', one.id),
      UserId: one.id,
      IsFrozen: one.frozen,
      IsPasswordLocked: false,
    })),
};

const profile: Table = {
  keyPrefix: '00e',
  columns: { Id: 'id', Name: 'string', ...permissionColumns },
  rows: (org) =>
    profileNames(org).map((name) => ({ Id: org.idOf('00e', name), Name: name, ...permissionsOfProfile(org, name) })),
};

/** Only a Dev Hub has it; its absence (INVALID_TYPE) is how core tells that an org is none (docs/reference/sf-cli.md §11). */
const scratchOrgInfo: Table = {
  keyPrefix: '2SR',
  columns: { Id: 'id', ScratchOrg: 'string', Status: 'string' },
  rows: () => [],
  exists: (org) => org.facts.devHub,
};

/** One row: what the asking user may do (docs/reference/external-client-apps.md §9). */
const userPermissionAccess: Table = {
  keyPrefix: '0YP',
  columns: {
    Id: 'id',
    PermissionsApiEnabled: 'boolean',
    PermissionsViewSetup: 'boolean',
    PermissionsModifyMetadata: 'boolean',
    PermissionsCustomizeApplication: 'boolean',
    PermissionsAssignPermissionSets: 'boolean',
    PermissionsExternalClientAppDeveloper: 'boolean',
    PermissionsExternalClientAppAdmin: 'boolean',
    PermissionsExternalClientAppViewer: 'boolean',
    PermissionsViewEventLogFiles: 'boolean',
    PermissionsViewAllData: 'boolean',
    PermissionsModifyAllData: 'boolean',
    PermissionsManageUsers: 'boolean',
  },
  moreColumns: ({ realTimePermissionColumn: name }): Record<string, ColumnType> =>
    name === '' ? {} : { [name]: 'boolean' },
  rows: (org, { switches, user }) => {
    const permissions = org.permissionsOf(user);
    const row = {
      Id: org.idOf('0YP', user.id),
      PermissionsApiEnabled: permissions.apiEnabled,
      PermissionsViewSetup: permissions.viewSetup,
      PermissionsModifyMetadata: permissions.modifyMetadata,
      PermissionsCustomizeApplication: permissions.modifyMetadata,
      PermissionsAssignPermissionSets: permissions.assignPermissionSets,
      PermissionsExternalClientAppDeveloper: permissions.externalClientAppDeveloper,
      PermissionsExternalClientAppAdmin: permissions.externalClientAppAdmin,
      PermissionsExternalClientAppViewer: permissions.externalClientAppViewer,
      PermissionsViewEventLogFiles: permissions.viewEventLogFiles,
      PermissionsViewAllData: permissions.viewAllData,
      PermissionsModifyAllData: permissions.modifyAllData,
      PermissionsManageUsers: permissions.manageUsers,
      [switches.realTimePermissionColumn]: permissions.viewRealTimeEventMonitoring,
    };
    return [row];
  },
};

/** The org, its people, and what they may do. */
export const orgTables: Readonly<Record<string, Table>> = {
  Organization: organization,
  User: user,
  UserLogin: userLogin,
  UserPermissionAccess: userPermissionAccess,
  Profile: profile,
  ScratchOrgInfo: scratchOrgInfo,
};
