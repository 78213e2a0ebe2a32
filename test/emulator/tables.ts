import type { OrgState, Permissions, User } from './state.ts';
import type { Switches } from './switches.ts';
import { accessTables } from './tables/access.ts';
import { appTables } from './tables/apps.ts';
import { connectedAppTables } from './tables/connected-apps.ts';
import { eventTables } from './tables/events.ts';
import { orgTables } from './tables/org.ts';
import { signOnTables } from './tables/sign-on.ts';

export type ColumnType = 'id' | 'string' | 'boolean' | 'int' | 'double' | 'date' | 'datetime';
export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

/** Who asks, and through which of the two APIs that know queries. */
export type Asking = {
  org: OrgState;
  user: User;
  switches: Switches;
  api: 'rest' | 'tooling';
  /** `/services/data/vNN.0`. */
  base: string;
  /** The org's clock in milliseconds. */
  now: number;
};

/** What a user gets of an object that is not for that user, or not in this org; undefined if it is. */
export type Absence = 'invalid-type' | 'empty' | 'insufficient-access' | undefined;

/** An object that SOQL can read: its columns, and its rows computed from the state. */
export type Table = {
  keyPrefix: string;
  columns: Record<string, ColumnType>;
  rows: (org: OrgState, asking: Asking) => Row[];
  /** Relationships to a parent, by name: the object, and the column that holds its id. */
  relations?: Record<string, { object: string; by: string }>;
  /** Permissions without any of which the object does not exist for the asking user. */
  permission?: keyof Permissions | ReadonlyArray<keyof Permissions>;
  /** False hides the object altogether. */
  exists?: (org: OrgState) => boolean;
  /** Which of `/query` and `/tooling/query` know it; left out, both. */
  place?: (switches: Switches) => 'both' | 'rest' | 'tooling';
  /** Reasons beyond those above for which the asking user gets nothing. */
  absence?: (asking: Asking) => Absence;
  /** Columns that exist or not by a switch, or by the org. */
  moreColumns?: (switches: Switches, org: OrgState) => Record<string, ColumnType>;
  /** Columns that a WHERE may not name. */
  notFilterable?: readonly string[];
  /** Columns that an ORDER BY may not name. */
  notSortable?: readonly string[];
  /** A big object: what its index is made of, in order. Queries of it know nothing but a WHERE on the index. */
  bigObjectIndex?: readonly string[];
};

/** The objects of a new org. Objects that need a permission are invisible without it, as in Salesforce. */
export const tables: Readonly<Record<string, Table>> = {
  ...orgTables,
  ...accessTables,
  ...appTables,
  ...connectedAppTables,
  ...eventTables,
  ...signOnTables,
};
