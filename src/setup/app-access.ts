import type { AppPlan, Change } from '../app/plan.ts';
import type { AppGrantee } from '../app/settings.ts';
import { aquilaError } from '../errors.ts';
import type { OrgSession } from '../org/session.ts';
import type { SituationUser, Situation } from './app-situation.ts';
import type { Undo } from './app-undo.ts';

/** What has to happen beside the deployment so that somebody can use the app. */
export type AccessPlan = {
  /** The permission set that the integration user gets. */
  assign: { user: SituationUser; grantee: AppGrantee } | undefined;
  /** All that the app must be pre-authorised for when all is done. */
  grantees: readonly AppGrantee[];
  changes: Change[];
};

/**
 * Who gets what. The integration user gets a permission set only if neither its profile nor one of its permission sets lets it use the
 * app already.
 *
 * @throws AppGranteeMissing where nobody could use the app, or not the user and only profiles are there to choose from
 */
export function planAccess({ grantees, wanted, user }: Situation): AccessPlan {
  const all = [...new Map([...wanted, ...grantees].map((one) => [one.id, one])).values()];
  if (all.length === 0) throw aquilaError('AppGranteeMissing');
  const missing = wanted.filter(({ id }) => !grantees.some((one) => one.id === id));
  const hasPath = all.some(({ id, kind, name }) =>
    kind === 'profile' ? name === user?.profile : user?.permissionSetIds.includes(id)
  );
  const grantee = user && !hasPath ? chooseFor(user, wanted, all) : undefined;
  const assign = user && grantee && { user, grantee };
  return {
    assign,
    grantees: all,
    changes: [
      ...missing.map(({ kind, name }) => ({
        setting: kind === 'profile' ? 'Access of Profile' : 'Access of Permission Set',
        from: null,
        to: name,
      })),
      ...(assign
        ? [{ setting: `Permission Set of ${assign.user.username}`, from: null, to: assign.grantee.name }]
        : []),
    ],
  };
}

/** All that changes. A grantee that the plan selects in the policy is not told twice. */
export function allChanges({ changes }: AppPlan, access: AccessPlan): Change[] {
  const selects = changes.some(({ setting }) => setting.startsWith('Selected '));
  return [...changes, ...access.changes.filter(({ setting }) => !(selects && setting.startsWith('Access of ')))];
}

/** What was asked for, or the only one there is: which of several is the right one, nobody can tell. */
function chooseFor(user: SituationUser, wanted: readonly AppGrantee[], all: readonly AppGrantee[]): AppGrantee {
  const sets = (among: readonly AppGrantee[]): AppGrantee[] => among.filter(({ kind }) => kind === 'permission-set');
  const [asked] = sets(wanted);
  const [only, ...others] = sets(all);
  const chosen = asked ?? (others.length === 0 ? only : undefined);
  if (chosen) return chosen;
  if (!only) throw aquilaError('AppUserWithoutPath', [user.username, user.profile ?? 'unknown']);
  const names = sets(all).map(({ name }) => name);
  throw aquilaError('AppPermissionSetToChoose', [user.username, names.join(', ')], [only.name]);
}

/** @throws AppUserNotAssigned */
export async function assignPermissionSet(
  session: OrgSession,
  { user, grantee }: NonNullable<AccessPlan['assign']>
): Promise<Undo> {
  const answer = await session.request<{ id: string }>({
    method: 'POST',
    path: '/sobjects/PermissionSetAssignment',
    json: { AssigneeId: user.id, PermissionSetId: grantee.id },
  });
  if ('refused' in answer) {
    // Another run was quicker.
    if (answer.refused.errorCode === 'DUPLICATE_VALUE') return () => Promise.resolve();
    throw aquilaError(
      'AppUserNotAssigned',
      [grantee.name, user.username, refusalText(answer.refused)],
      [user.username, grantee.name]
    );
  }
  const { id } = answer.value;
  return () => removeRecord(session, `PermissionSetAssignment/${id}`);
}

/** @throws OrgRefused */
export async function removeRecord(session: OrgSession, record: string): Promise<void> {
  const answer = await session.request({ method: 'DELETE', path: `/sobjects/${record}` });
  if (!('refused' in answer) || answer.refused.status === 404) return;
  throw aquilaError('OrgRefused', [answer.refused.errorCode, answer.refused.message]);
}

/**
 * Adds the rows of access that the deployment did not make by itself; whether it does is not certain
 * (docs/reference/external-client-apps.md §9).
 *
 * @param undos gets what takes back each row that has been made
 * @throws AppAccessNotGranted
 */
export async function grantAccess(
  session: OrgSession,
  appId: string,
  { grantees, present, undos }: { grantees: readonly AppGrantee[]; present: readonly AppGrantee[]; undos: Undo[] }
): Promise<void> {
  const missing = grantees.filter(({ id }) => !present.some((one) => one.id === id));
  // One after the other, so that what has been made is known when one is refused.
  for (const { id, name } of missing) {
    const json = { ParentId: id, SetupEntityId: appId };
    const answer = await session.request<{ id: string }>({ method: 'POST', path: '/sobjects/SetupEntityAccess', json });
    if ('value' in answer) undos.push(() => removeRecord(session, `SetupEntityAccess/${answer.value.id}`));
    else if (answer.refused.errorCode !== 'DUPLICATE_VALUE') {
      throw aquilaError('AppAccessNotGranted', [name, refusalText(answer.refused)], []);
    }
  }
}

const refusalText = ({ errorCode, message }: { errorCode: string; message: string }): string =>
  `${errorCode}: ${message}`;
