import { readAppName } from '../app/name.ts';
import { permissionSetOf } from '../app/permission-set.ts';
import type { AppHeader } from '../app/settings.ts';
import { toError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { openSession, type OrgSession } from '../org/session.ts';
import { soqlText } from '../org/soql.ts';
import { keyPathsOfOthers } from '../org/stored-logins.ts';
import { findExisting, granted } from './app-situation.ts';
import { planFiles, type FilePlan } from './remove-files.ts';
import { planLogins, type LoginsPlan } from './remove-logins.ts';
import type { Leaving, RemoveRequest, ShownRemoval } from './remove-talk.ts';
import { isOurPermissionSet } from './permission-set.ts';

/** What is there of all that setup makes, and may be taken away. */
export type RemovePlan = {
  session: OrgSession;
  app: AppHeader | undefined;
  assignments: Array<{ id: string; username: string }>;
  /** API name. */
  permissionSet: string | undefined;
  logins: string[];
  files: FilePlan[];
  shown: ShownRemoval;
};

/**
 * Reads the org, the stored logins and, where they are to go, the files.
 *
 * @throws OrgRefused, and what names an app or a login wrongly
 */
export async function planRemoval(request: RemoveRequest, network: Network): Promise<RemovePlan> {
  const name = readAppName(request.name);
  if ('problem' in name) throw toError(name.problem);
  const session = await openSession(request.targetOrg, network, readKeyFrom);
  const reader = new AppReader(session);
  const found = await findExisting(reader, name);
  const app = found?.marked === true && found.kind === 'external-client-app' ? found : undefined;
  const logins = await planLogins(reader, app, request.username);
  const ours = new Set(logins.users.map((one) => one.toLowerCase()));
  const [sets, others, files] = await Promise.all([
    planSet(session, permissionSetOf(name.developerName), { app, ours }),
    app && usersBeside(session, app, ours),
    request.files ? planAllFiles(logins, { keystorePassword: request.keystorePassword, now: network.now() }) : noFiles,
  ]);
  const left: Leaving[] = [
    ...(found && !app ? [{ kind: 'app' as const, name: found.label, reason: 'not-ours' as const }] : []),
    ...sets.left,
    ...logins.left,
    ...files.left,
    ...files.plans.flatMap((plan) => plan.left),
  ];
  const items = [
    ...(app ? [{ kind: 'app' as const, name: app.label }] : []),
    ...sets.assignments.map(({ username }) => ({ kind: 'assignment' as const, name: username })),
    ...(sets.permissionSet === undefined ? [] : [{ kind: 'permission-set' as const, name: sets.permissionSet }]),
    ...files.plans.flatMap((plan) => plan.files).map((path) => ({ kind: 'file' as const, name: path })),
    ...logins.remove.map(({ username }) => ({ kind: 'login' as const, name: username })),
  ];
  return {
    ...{ session, app, assignments: sets.assignments, permissionSet: sets.permissionSet },
    ...{ logins: logins.remove.map(({ username }) => username), files: files.plans },
    shown: { org: session.name, items, left, others },
  };
}

type SetPlan = Pick<RemovePlan, 'assignments' | 'permissionSet'> & { left: Leaving[] };

/** The permission set goes if it is ours, no other app needs it, and nobody but the integration user has it. */
async function planSet(
  session: OrgSession,
  name: string,
  { app, ours }: { app: AppHeader | undefined; ours: ReadonlySet<string> }
): Promise<SetPlan> {
  const none = { assignments: [], permissionSet: undefined };
  const leave = (reason: Leaving['reason']): Leaving => ({ kind: 'permission-set', name, reason });
  const marked = await isOurPermissionSet(session, name);
  if (marked === undefined) return { ...none, left: [] };
  if (!marked) return { ...none, left: [leave('not-ours')] };
  const is = (set: string): string => `${set}.Name = ${soqlText(name)} AND ${set}.NamespacePrefix = null`;
  const [assigned, access] = await Promise.all([
    session
      .query<{ Id: string; Assignee?: { Username?: string } | null }>(
        `SELECT Id, Assignee.Username FROM PermissionSetAssignment WHERE ${is('PermissionSet')}`
      )
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
    ? { assignments, permissionSet: name, left: [] }
    : { assignments, permissionSet: undefined, left: [leave('used-by-others')] };
}

/** Who else has tokens of the app; undefined where the org does not say. */
async function usersBeside(
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

type AllFiles = { plans: FilePlan[]; left: Leaving[] };
const noFiles: AllFiles = { plans: [], left: [] };

/** A key that another login needs as well stays, with all that belongs to it. */
async function planAllFiles({ remove }: LoginsPlan, means: Parameters<typeof planFiles>[1]): Promise<AllFiles> {
  const needed = await keyPathsOfOthers(remove.map(({ username }) => username));
  const keys = [...new Set(remove.flatMap(({ keyPath }) => keyPath ?? []))];
  const shared = keys.filter((path) => needed.includes(path));
  const plans = await Promise.all(keys.filter((path) => !shared.includes(path)).map((path) => planFiles(path, means)));
  return {
    plans: plans.filter((plan) => plan !== undefined),
    left: shared.map((name) => ({ kind: 'file', name, reason: 'shared-key' })),
  };
}
