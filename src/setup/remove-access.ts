import { shellWord } from '../cert/shell.ts';
import { readAppName, stemOfAppName } from '../app/name.ts';
import { permissionSetOf } from '../app/permission-set.ts';
import type { AppGrantee, AppHeader } from '../app/settings.ts';
import type { AppReader } from '../org/app-reader.ts';
import type { OrgSession } from '../org/session.ts';
import { soqlText } from '../org/soql.ts';
import { granted } from './app-situation.ts';
import { whichAreOurs } from './permission-set.ts';
import type { Leaving } from './remove-talk.ts';

export type Assignment = { id: string; username: string; permissionSet: string };

type Row = { Id: string; Assignee?: { Username?: string } | null; PermissionSet?: { Name?: string } | null };

/** `sets` go, by API name, with these assignments or without any. */
export type AccessPlan = { assignments: Assignment[]; sets: string[]; left: Leaving[] };

type Wish = {
  /** Undefined where it is gone already. */
  app: AppHeader | undefined;
  /** By which it may go: the name that was asked for, and that of the org. */
  labels: readonly string[];
  /** Usernames in lower case. */
  ours: ReadonlySet<string>;
};

/**
 * What lets the integration user use the app: the permission sets that are ours, by the name of the app or of the one whose place it took,
 * or because the app is there for them; and what the user has of the others.
 *
 * @throws OrgRefused, AppMetadataUnreadable
 */
export async function planAccess(reader: AppReader, { app, labels, ours }: Wish): Promise<AccessPlan> {
  const { session } = reader;
  const access = app && (await reader.preauthorisation(app, undefined));
  const grantees = access && 'value' in access ? access.value.grantees : [];
  const given = grantees.filter(({ kind }) => kind === 'permission-set');
  const names = labels.flatMap((label) => [label, stemOfAppName(label) ?? label]);
  const own = [...new Set(names.flatMap(ownSet))];
  const found = await whichAreOurs(session, [...new Set([...own, ...given.map(({ name }) => name)])]);
  const isOurs = (name: string): boolean => found.some((one) => one.isOurs && same(one.name, name));
  const plans = await Promise.all(
    found.filter((one) => one.isOurs).map(({ name }) => planSet(session, name, { app, ours }))
  );
  const foreign = found.filter((one) => !one.isOurs && same(one.name, own[0] ?? ''));
  const others = given.filter(({ name }) => !isOurs(name));
  return {
    assignments: plans.flatMap(({ assignments }) => assignments),
    sets: plans.flatMap(({ sets }) => sets),
    left: [
      ...foreign.map(({ name }): Leaving => ({ kind: 'permission-set', name, reason: 'not-ours' })),
      ...plans.flatMap(({ left }) => left),
      ...(await givenSets(session, others, ours)),
    ],
  };
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function ownSet(label: string): string[] {
  const name = readAppName(label);
  return 'problem' in name ? [] : [permissionSetOf(name.developerName)];
}

/** A permission set of ours goes if no other app needs it, and nobody but the integration user has it. */
async function planSet(
  session: OrgSession,
  name: string,
  { app, ours }: { app: AppHeader | undefined; ours: ReadonlySet<string> }
): Promise<AccessPlan> {
  const usedByOthers: Leaving[] = [{ kind: 'permission-set', name, reason: 'used-by-others' }];
  const is = (set: string): string => `${set}.Name = ${soqlText(name)} AND ${set}.NamespacePrefix = null`;
  const [assigned, access] = await Promise.all([
    session
      .query<Row>(`SELECT Id, Assignee.Username FROM PermissionSetAssignment WHERE ${is('PermissionSet')}`)
      .then(granted),
    session
      .query<{ SetupEntityId: string; SetupEntityType: string }>(
        `SELECT SetupEntityId, SetupEntityType FROM SetupEntityAccess WHERE ${is('Parent')}`
      )
      .then(granted),
  ]);
  const isOther = access.some(
    ({ SetupEntityId: id, SetupEntityType: type }) =>
      /^(?:ExternalClient|Connected)Application$/.test(type) && id.slice(0, 15) !== app?.id.slice(0, 15)
  );
  if (isOther) return { assignments: [], sets: [], left: usedByOthers };
  const rows = assigned.map(({ Id: id, Assignee }) => ({
    id,
    username: Assignee?.Username ?? '',
    permissionSet: name,
  }));
  const assignments = rows.filter(({ username }) => ours.has(username.toLowerCase()));
  return assignments.length === rows.length
    ? { assignments, sets: [name], left: [] }
    : { assignments, sets: [], left: usedByOthers };
}

/**
 * What the integration user has of permission sets that others made. The org does not tell who assigned one, so each is named with the
 * command that takes it away. Nothing, where the org does not show them.
 */
async function givenSets(
  session: OrgSession,
  sets: readonly AppGrantee[],
  ours: ReadonlySet<string>
): Promise<Leaving[]> {
  if (sets.length === 0) return [];
  const ids = sets.map(({ id }) => soqlText(id)).join(', ');
  const rows = await session.query<Row>(
    `SELECT Id, Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment WHERE PermissionSetId IN (${ids})`
  );
  if ('refused' in rows) return [];
  return rows.value.flatMap(({ Id: id, Assignee, PermissionSet }): Leaving[] => {
    const name = Assignee?.Username ?? '';
    if (!ours.has(name.toLowerCase())) return [];
    const undo = `sf data delete record --sobject PermissionSetAssignment --record-id ${id} --target-org ${shellWord(session.name)}`;
    const permissionSet = PermissionSet?.Name ?? '';
    return [{ kind: 'assignment', name, permissionSet, reason: 'given-permission-set', undo }];
  });
}

/** Who else has tokens of the app; undefined where the org does not say. */
export async function usersBeside(
  session: OrgSession,
  { label }: AppHeader,
  ours: ReadonlySet<string>
): Promise<string[] | undefined> {
  const rows = await session.query<{ User?: { Username?: string } | null }>(
    `SELECT UserId, User.Username FROM OauthToken WHERE AppName = ${soqlText(label)}`
  );
  if ('refused' in rows) return undefined;
  const names = rows.value.flatMap(({ User }) => User?.Username ?? []);
  return [...new Set(names)].filter((one) => !ours.has(one.toLowerCase())).sort();
}
