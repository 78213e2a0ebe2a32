import { shellWord } from '../cert/shell.ts';
import type { AppHeader } from '../app/settings.ts';
import type { AppReader } from '../org/app-reader.ts';
import type { OrgSession } from '../org/session.ts';
import { soqlText } from '../org/soql.ts';
import { granted } from './app-situation.ts';
import { isOurPermissionSet } from './permission-set.ts';
import type { Leaving } from './remove-talk.ts';

export type Assignment = { id: string; username: string };

type Row = { Id: string; Assignee?: { Username?: string } | null; PermissionSet?: { Name?: string } | null };

type SetPlan = { assignments: Assignment[]; goes: boolean; left: Leaving[] };

/** The permission set goes if it is ours, no other app needs it, and nobody but the integration user has it. */
export async function planSet(
  session: OrgSession,
  name: string,
  { app, ours }: { app: AppHeader | undefined; ours: ReadonlySet<string> }
): Promise<SetPlan> {
  const none = { assignments: [], goes: false };
  const leave = (reason: Leaving['reason']): Leaving => ({ kind: 'permission-set', name, reason });
  const marked = await isOurPermissionSet(session, name);
  if (marked === undefined) return { ...none, left: [] };
  if (!marked) return { ...none, left: [leave('not-ours')] };
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
  if (isOther) return { ...none, left: [leave('used-by-others')] };
  const rows = assigned.map(({ Id: id, Assignee }) => ({ id, username: Assignee?.Username ?? '' }));
  const assignments = rows.filter(({ username }) => ours.has(username.toLowerCase()));
  return assignments.length === rows.length
    ? { assignments, goes: true, left: [] }
    : { assignments, goes: false, left: [leave('used-by-others')] };
}

/**
 * What the integration user has of the other permission sets that let it use the app. The org does not tell who assigned one, so each is
 * named with the command that takes it away. Nothing, where the org does not show them.
 *
 * @param ours usernames in lower case
 * @param set API name of the permission set that is ours
 */
export async function givenSets(
  reader: AppReader,
  app: AppHeader,
  { ours, set }: { ours: ReadonlySet<string>; set: string }
): Promise<Leaving[]> {
  const { session } = reader;
  const access = await reader.preauthorisation(app, undefined);
  const grantees = 'value' in access ? access.value.grantees : [];
  const others = grantees.filter(
    ({ kind, name }) => kind === 'permission-set' && name.toLowerCase() !== set.toLowerCase()
  );
  if (others.length === 0) return [];
  const ids = others.map(({ id }) => soqlText(id)).join(', ');
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
