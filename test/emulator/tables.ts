import { fullName } from './identity.ts';
import type { OrgState, Permissions, User } from './state.ts';

export type ColumnType = 'id' | 'string' | 'boolean' | 'int' | 'datetime';
export type Value = string | number | boolean | null;

/** An object that SOQL can read: its columns, and its rows computed from the state. */
export type Table = {
  keyPrefix: string;
  columns: Record<string, ColumnType>;
  rows: (org: OrgState) => Array<Record<string, Value>>;
  /** Permission without which the object does not exist for the asking user. */
  permission?: keyof Permissions;
  /** False hides the object altogether. */
  exists?: (org: OrgState) => boolean;
};

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
  columns: { UserId: 'id', IsFrozen: 'boolean', IsPasswordLocked: 'boolean' },
  rows: (org) => org.users.map((one) => ({ UserId: one.id, IsFrozen: one.frozen, IsPasswordLocked: false })),
};

const unique = (names: string[]): string[] => [...new Set(names)];

const profile: Table = {
  keyPrefix: '00e',
  columns: { Id: 'id', Name: 'string' },
  rows: (org) =>
    unique([...org.users.map((one) => one.profile), ...org.apps.flatMap((app) => app.profiles)]).map((name) => ({
      Id: org.idOf('00e', name),
      Name: name,
    })),
};

const permissionSet: Table = {
  keyPrefix: '0PS',
  columns: { Id: 'id', Name: 'string', Label: 'string' },
  rows: (org) =>
    unique([...org.users, ...org.apps].flatMap((one) => one.permissionSets)).map((name) => ({
      Id: org.idOf('0PS', name),
      Name: name,
      Label: name,
    })),
};

const permissionSetAssignment: Table = {
  keyPrefix: '0Pa',
  columns: { Id: 'id', AssigneeId: 'id', PermissionSetId: 'id' },
  rows: (org) =>
    org.users.flatMap((one) =>
      one.permissionSets.map((name) => ({
        Id: org.idOf('0Pa', `${one.username} ${name}`),
        AssigneeId: one.id,
        PermissionSetId: org.idOf('0PS', name),
      }))
    ),
};

/** Only a Dev Hub has it; its absence (INVALID_TYPE) is how core tells that an org is none (docs/reference/sf-cli.md §11). */
const scratchOrgInfo: Table = {
  keyPrefix: '2SR',
  columns: { Id: 'id', ScratchOrg: 'string', Status: 'string' },
  rows: () => [],
  exists: (org) => org.facts.devHub,
};

/** The objects of a new org. Objects that need a permission are invisible without it, as in Salesforce. */
export const tables: Readonly<Record<string, Table>> = {
  Organization: organization,
  User: user,
  UserLogin: { ...userLogin, permission: 'viewSetup' },
  Profile: profile,
  PermissionSet: permissionSet,
  PermissionSetAssignment: permissionSetAssignment,
  ScratchOrgInfo: scratchOrgInfo,
};
