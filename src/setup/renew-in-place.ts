import type { KeyObject } from 'node:crypto';
import { basename, join } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { encodePem } from '../cert/pem.ts';
import { shellWord } from '../cert/shell.ts';
import { problem, toError } from '../errors.ts';
import { nameOf } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { awaitCertificate, deployCertificate } from './renew-app.ts';
import { replace, stage, stagedFolder, unstage } from './renew-files.ts';
import type { RenewPlan, RenewScene } from './renew-plan.ts';
import type { RenewResult, RenewStage } from './renew-talk.ts';
import { waitForLogin } from './wait-for-login.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.renew');

/**
 * Carries a plan out: the new set onto the disk, its certificate into the app, the proof, and the files into their places.
 *
 * @throws RenewalTakenBack where the proof failed and what was there before works again, RenewalUndecided where it does not; AppDeployRefused
 *   and what keeps the network from answering
 */
export async function renewInPlace(
  plan: RenewPlan,
  network: Network,
  goTo: (stage: RenewStage) => void
): Promise<RenewResult> {
  const { set, staged, step, shown } = plan;
  const deploys = step === 'begin' || step === 'deploy';
  goTo('stage');
  if (plan.isLittered) await unstage(set);
  if (step === 'begin') await stage(set, staged, noteOf(plan));
  goTo('deploy');
  const from = network.now();
  if (deploys) await putIntoApp(plan);
  goTo('prove');
  const verified = await prove(plan, network).catch(async (error: unknown) => {
    throw step === 'clear' ? error : await putBack(plan, network, error);
  });
  const to = network.now();
  goTo('replace');
  const backup = step === 'clear' ? [] : await replace(set, staged, to);
  await unstage(set, { isInPlace: true });
  const rekeyed = staged.kind === 'rekey';
  return {
    ...{ certificate: shown.next, rekeyed, deployed: deploys, verified, backup },
    ...(rekeyed && deploys && { gapSeconds: Math.round((to.getTime() - from.getTime()) / 1000) }),
  };
}

/**
 * A refusal leaves the app as it was, so a set that it never had is of no use. After anything else nobody knows what the app holds, and
 * neither where an earlier run may have brought the set there and the org does not show it.
 */
async function putIntoApp(plan: RenewPlan): Promise<void> {
  const { session, holding, staged, set, step } = plan;
  const isUnused = step === 'begin' || holding.held !== undefined;
  try {
    await deployCertificate(session, holding, staged.pem);
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    if (error.name === 'AppDeployRefused' && isUnused) await unstage(set);
    else error.actions = [...(error.actions ?? []), keptWords(plan)];
    throw error;
  }
}

/**
 * A renewal is proven by what the app holds, since the same key logs in with either certificate; a new key by a login. Where the org does
 * not show the certificate, the login at least shows that the app has not lost it.
 *
 * @returns whether it is proven
 * @throws RenewalNotShown, and what `waitForLogin` throws
 */
async function prove(plan: RenewPlan, network: Network): Promise<boolean> {
  const { session, holding, staged, set, request } = plan;
  const until = new Date(network.now().getTime() + request.wait * 60_000);
  const sight = await awaitCertificate(session, holding, staged.certificate.fingerprint256, { until });
  if (staged.kind === 'renew' && sight === 'shown') return true;
  const keyFile = staged.kind === 'rekey' ? join(stagedFolder(set), basename(set.keyFile)) : set.keyFile;
  await logIn(plan, { privateKey: staged.privateKey, keyFile, network });
  return staged.kind === 'rekey';
}

type Key = { privateKey: KeyObject; keyFile: string; network: Network };

async function logIn({ login, request }: RenewScene, key: Key): Promise<void> {
  const { clientId, username, host: instanceUrl, audience } = login;
  await waitForLogin({ clientId, username, instanceUrl, audience, minutes: request.wait, ...key });
}

/** Puts the certificate of before into the app and proves that it works. @returns the error that says how that went */
async function putBack(plan: RenewPlan, network: Network, reason: unknown): Promise<unknown> {
  if (!(reason instanceof SfError)) return reason;
  const { session, holding, set, shown } = plan;
  const before = encodePem('CERTIFICATE', (holding.held ?? set.certificate).raw);
  const causes = (reason.actions ?? []).filter((action) => !action.startsWith('Try again later'));
  try {
    // Where an earlier run put the new one into the app, the one of before is the one beside the key.
    const isNew = holding.held?.fingerprint256 === plan.staged.certificate.fingerprint256;
    await deployCertificate(session, holding, isNew ? encodePem('CERTIFICATE', set.certificate.raw) : before);
    await logIn(plan, { privateKey: set.privateKey, keyFile: set.keyFile, network });
  } catch (error) {
    if (!(error instanceof SfError)) return error;
    const { code, message, actions } = problem('RenewalUndecided', [shown.app, error.message, reason.message], []);
    return toError({ code, message, actions: [...causes, keptWords(plan), ...actions] }, { reason: reason.name });
  }
  await unstage(set);
  const { code, message, actions } = problem('RenewalTakenBack', [reason.message], [checkCommand(plan)]);
  return toError({ code, message, actions: [...causes, ...actions] }, { reason: reason.name });
}

/** Where the two sets are, for whoever has to know. */
const keptWords = ({ set }: RenewPlan): string => messages.getMessage('kept', [set.certificateFile, stagedFolder(set)]);

const checkCommand = ({ login, session }: RenewPlan): string =>
  `sf aquila verify --target-org ${shellWord(nameOf(login.stored))} --admin-org ${shellWord(session.name)}`;

/** What lies in the folder of the renewal for whoever finds it. */
function noteOf({ set, staged, shown, login, session, now }: RenewPlan): string {
  const again = `sf aquila cert renew --target-org ${shellWord(nameOf(login.stored))} --admin-org ${shellWord(session.name)}`;
  return messages.getMessage(`note.${staged.kind}`, [
    ...[now.toISOString(), shown.app, shown.instanceUrl, shown.next.fingerprint256, set.certificateFile],
    ...[shown.present.fingerprint256, `${again}${staged.kind === 'rekey' ? ' --rekey' : ''}`],
  ]);
}
