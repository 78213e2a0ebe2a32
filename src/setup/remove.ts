import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { shellWord } from '../cert/shell.ts';
import { aquilaError } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { planRemoval, type RemovePlan } from './remove-plan.ts';
import {
  removalKinds,
  type Leaving,
  type Removal,
  type RemovalKind,
  type RemovedPart,
  type RemoveRequest,
  type RemoveTalk,
} from './remove-talk.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'remove');

export type RemoveResult = { removed: Removal[]; left: Leaving[] };

/** The result, and what is left of that which was to go. */
export type RemoveOutcome = { result: RemoveResult; stayed: readonly Leaving[] };

/**
 * Takes away what `sf aquila setup` made: what lets somebody in goes first. Read, show, ask once, remove; a run that fails or is
 * interrupted is finished by the next one.
 *
 * @throws what `planRemoval` throws, RemoveNotConfirmed, QuestionDeclined, and what stops a removal, with what is gone and what is left
 */
export async function remove(request: RemoveRequest, network: Network, talk: RemoveTalk): Promise<RemoveOutcome> {
  const plan = await planRemoval(request, network, once(talk.keystorePassword));
  const { items, left, org } = plan.shown;
  talk.showPlan(plan.shown);
  if (items.length === 0 || request.dryRun) {
    return { result: { removed: items.map((item) => ({ ...item, status: 'planned' })), left: [...left] }, stayed: [] };
  }
  if (talk.confirm) {
    if (!(await talk.confirm())) throw aquilaError('QuestionDeclined');
  } else if (!request.noPrompt) throw aquilaError('RemoveNotConfirmed', [org]);
  const stages = await talk.openStages(
    org,
    removalKinds.filter((kind) => items.some((item) => item.kind === kind))
  );
  const run: Run = { gone: [], stayed: [] };
  const words = (): string => stateWords(items, run);
  const quiet = talk.onInterruption(words);
  try {
    await carryOut(plan.steps, stages.goTo, run);
    stages.end();
    const removed = run.gone.map((part): Removal => ({ ...part, status: 'removed' }));
    return { result: { removed, left: [...left, ...run.stayed] }, stayed: run.stayed };
  } catch (error) {
    stages.fail();
    if (!(error instanceof SfError)) throw error;
    error.actions = [...(error.actions ?? []), words()];
    throw error;
  } finally {
    quiet();
  }
}

/** What has become of the steps so far. */
type Run = { gone: RemovedPart[]; stayed: Leaving[] };

/** One password opens all keystores of a run: whoever has to type it, types it once. */
function once(ask: RemoveTalk['keystorePassword']): RemoveTalk['keystorePassword'] {
  let answer: Promise<string | undefined> | undefined;
  return (file) => (answer ??= ask(file));
}

async function carryOut(
  steps: RemovePlan['steps'],
  goTo: (kind: RemovalKind) => void,
  { gone, stayed }: Run
): Promise<void> {
  for (const step of steps) {
    goTo(step.part.kind);
    const reason = await step.carryOut();
    if (reason === undefined) gone.push(step.part);
    else stayed.push({ ...step.part, reason });
  }
}

/** What is gone and what is left, and how to go on: with the user's name, since the app that names the login may be gone. */
function stateWords(parts: readonly RemovedPart[], { gone, stayed }: Run): string {
  const text = (some: readonly RemovedPart[]): string =>
    some.length === 0 ? messages.getMessage('none') : some.map(partText).join(', ');
  const open = parts.filter((part) => !gone.includes(part) && !stayed.some(({ name }) => name === part.name));
  const user = parts.find(({ kind }) => kind === 'login' || kind === 'assignment');
  return [
    messages.getMessage('state.gone', [text(gone)]),
    messages.getMessage('state.left', [text(open)]),
    ...(user ? [messages.getMessage('again.user', [shellWord(user.name)])] : [messages.getMessage('again')]),
  ].join('\n');
}

const partText = ({ kind, name, permissionSet = '' }: RemovedPart): string =>
  messages.getMessage(`item.${kind}`, [name, permissionSet]);
