import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { slotTypes } from '../app/found.ts';
import { deployRefusalLine } from '../app/deploy-refusal.ts';
import { permissionSetType } from '../app/permission-set.ts';
import { aquilaError } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { deployMetadata, type MetadataName } from '../org/metadata.ts';
import type { OrgSession } from '../org/session.ts';
import { removeLogin } from '../org/stored-logins.ts';
import { removeRecord } from './app-access.ts';
import { removeOfKey } from './remove-files.ts';
import { planRemoval, type RemovePlan } from './remove-plan.ts';
import type { Leaving, Removal, RemoveRequest, RemoveTalk, ShownRemoval } from './remove-talk.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'remove');

export type RemoveResult = { removed: Removal[]; left: Leaving[] };

type Item = ShownRemoval['items'][number];

/**
 * Takes away what `sf aquila setup` made: what lets somebody in goes first. Read, show, ask once, remove; a run that fails or is
 * interrupted is finished by the next one.
 *
 * @throws what `planRemoval` throws, RemoveNotConfirmed, QuestionDeclined, and what stops a removal, with what is gone and what is left
 */
export async function remove(request: RemoveRequest, network: Network, talk: RemoveTalk): Promise<RemoveResult> {
  const plan = await planRemoval(request, network);
  const { items, left, org } = plan.shown;
  talk.showPlan(plan.shown);
  const result = (status: Removal['status']): RemoveResult => ({
    removed: items.map((item) => ({ ...item, status })),
    left: [...left],
  });
  if (items.length === 0 || request.dryRun) return result('planned');
  if (talk.confirm) {
    if (!(await talk.confirm())) throw aquilaError('QuestionDeclined');
  } else if (!request.noPrompt) throw aquilaError('RemoveNotConfirmed', [org]);
  const gone: Item[] = [];
  const words = (): string => stateWords(items, gone);
  const quiet = talk.onInterruption(words);
  try {
    const more = await carryOut(plan, request, { now: network.now(), gone });
    const stayed = new Set(more.map(({ name }) => name));
    const removed = result('removed').removed.filter(({ kind, name }) => kind !== 'file' || !stayed.has(name));
    return { removed, left: [...left, ...more] };
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    error.actions = [...(error.actions ?? []), words()];
    throw error;
  } finally {
    quiet();
  }
}

/** @returns files that no longer are what they were in the plan */
async function carryOut(
  { session, app, assignments, permissionSet, logins, files }: RemovePlan,
  { keystorePassword }: RemoveRequest,
  { now, gone }: { now: Date; gone: Item[] }
): Promise<Leaving[]> {
  const done = (kind: Item['kind'], name: string): void => void gone.push({ kind, name });
  if (app) {
    // Its parts go with it, and so do its tokens (docs/reference/external-client-apps.md §9).
    await removeMetadata(session, { type: slotTypes.header, fullName: app.developerName }, app.label);
    done('app', app.label);
  }
  for (const { id, username } of assignments) {
    await removeRecord(session, `PermissionSetAssignment/${id}`);
    done('assignment', username);
  }
  if (permissionSet !== undefined) {
    await removeMetadata(session, { type: permissionSetType, fullName: permissionSet }, permissionSet);
    done('permission-set', permissionSet);
  }
  const stayed: Leaving[] = [];
  for (const { files: paths, publicKeySha256 } of files) {
    for (const path of paths) {
      const same = await removeOfKey(path, publicKeySha256, { keystorePassword, now });
      if (same) done('file', path);
      else stayed.push({ kind: 'file', name: path, reason: 'not-same-key' });
    }
  }
  // Last of all: only the stored login tells a second run where the files are.
  for (const username of logins) {
    await removeLogin(username);
    done('login', username);
  }
  return stayed;
}

/** @throws RemoveRefused with the org's own words */
async function removeMetadata(session: OrgSession, component: MetadataName, name: string): Promise<void> {
  const answer = await deployMetadata(session, { deploy: [], remove: [component] });
  if ('refused' in answer) {
    const { errorCode, message } = answer.refused;
    throw aquilaError('RemoveRefused', [name, `${errorCode}: ${message}`]);
  }
  const { succeeded, failures, message } = answer.value;
  if (succeeded) return;
  const said = failures.length > 0 ? failures.map(deployRefusalLine) : [message ?? 'it gave no reason'];
  throw aquilaError('RemoveRefused', [name, said.join('; ')]);
}

/** What is gone and what is left, and how to go on: with the user's name, since the app that names the login may be gone. */
function stateWords(items: readonly Item[], gone: readonly Item[]): string {
  const text = (some: readonly Item[]): string =>
    some.length === 0
      ? messages.getMessage('none')
      : some.map(({ kind, name }) => messages.getMessage(`item.${kind}`, [name])).join(', ');
  const open = items.filter(({ kind, name }) => !gone.some((one) => one.kind === kind && one.name === name));
  const user = items.find(({ kind }) => kind === 'login' || kind === 'assignment');
  return [
    messages.getMessage('state.gone', [text(gone)]),
    messages.getMessage('state.left', [text(open)]),
    ...(user ? [messages.getMessage('again.user', [user.name])] : [messages.getMessage('again')]),
  ].join(' ');
}
