import { Messages } from '@salesforce/core/messages';
import type { CheckReport } from '../checks/summary.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError, problem, toError } from '../errors.ts';
import { completeHandover, type CompleteHandover } from '../handover/fields.ts';
import type { Network } from '../org/http.ts';
import { rememberBundle, resolveLogin } from '../org/stored-logins.ts';
import type { TokenGrant } from '../token/response.ts';
import { countText, requireLeave } from './app-talk.ts';
import { requireBundleFree, writeBundle } from './bundle.ts';
import { carryOut } from './create-app.ts';
import { componentOf, deployPermissionSet } from './permission-set.ts';
import { bringApp, settingsOf } from './setup-app.ts';
import { Course } from './setup-course.ts';
import { storeDifference } from './setup-login.ts';
import { changesAnything, planSetup, type SetupPlan } from './setup-plan.ts';
import type { SetupRequest } from './setup-request.ts';
import {
  setupSteps,
  type SetupProof,
  type SetupResult,
  type SetupStepName,
  type SetupTalk,
  type ShownSetup,
} from './setup-talk.ts';
import { undoOfLogin, undoOfPair, undoOfPermissionSet } from './setup-undo.ts';
import { waitForLogin } from './wait-for-login.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

/** The result, and what a person is shown of it. */
export type SetupOutcome = {
  result: SetupResult;
  plan: ShownSetup;
  /** Left out after a dry run. */
  handover?: CompleteHandover;
};

/**
 * Brings key, app, access and login into the state in which the collector can log in, proves it, and hands over: read everything, show the
 * plan, ask once, change what differs. A run that is interrupted or fails is finished by the next one.
 *
 * @throws what `planSetup` throws, QuestionDeclined, and what stops a step, with what has been done and what has not
 */
export async function setup(
  request: SetupRequest,
  network: Network,
  talk: SetupTalk,
  proof: SetupProof
): Promise<SetupOutcome> {
  if (request.bundle !== undefined) await requireBundleFree(request.bundle);
  const plan = await planSetup(request, network, talk);
  const changes = changesAnything(plan);
  talk.showPlan(plan.shown, changes);
  if (request.dryRun) return { plan: plan.shown, result: await dryRun(plan) };
  if (changes) await requireYes(plan, talk);
  const names = stepsOf(plan);
  const stages = await talk.openStages(plan.shown, names);
  const course = new Course(names, stages);
  const quiet = talk.onInterruption(() => course.words());
  try {
    const done = await carryOutPlan(plan, course, { network, proof });
    stages.end();
    return { plan: plan.shown, ...done };
  } finally {
    quiet();
  }
}

const stepsOf = ({ permissionSet }: SetupPlan): SetupStepName[] =>
  setupSteps.filter((step) => step !== 'permission-set' || permissionSet !== undefined);

/** @throws QuestionDeclined; where nobody can be asked about what somebody else made, AppNotOurs, SetupLoginTaken */
async function requireYes({ work, login, shown: { username } }: SetupPlan, talk: SetupTalk): Promise<void> {
  const { situation, changes, shown } = work;
  const isForeign = situation.app !== undefined && !situation.app.marked && changes.length > 0;
  if (isForeign && !talk.mayChangeForeign) {
    const refused = problem('AppNotOurs', [shown.app, countText(situation.usersOfForeign)], [shown.org]);
    throw toError({
      ...refused,
      actions: messages.getMessages('foreign', [shellWord(shown.app), shellWord(shown.org)]),
    });
  }
  const losing = login.shown.replaces === 'other' ? username : undefined;
  if (losing !== undefined && !talk.confirm) throw aquilaError('SetupLoginTaken', [losing], [shellWord(losing)]);
  // One question: that of an app which somebody else made says more.
  if (isForeign) await requireLeave(situation, shown, talk);
  if (isForeign && losing === undefined) return;
  if (talk.confirm && !(await talk.confirm(losing))) throw aquilaError('QuestionDeclined');
}

/** What would be done, as far as the org can say beforehand: it is asked whether it takes what would be deployed. */
async function dryRun(plan: SetupPlan): Promise<SetupResult> {
  const { session, permissionSet, work, pair, login } = plan;
  const changes = changesAnything(plan);
  const [app, access] = [settingsOf(work).length > 0, work.access.changes.length > 0];
  const isNamed = permissionSet?.created === true && app;
  if (permissionSet && !isNamed) await deployPermissionSet(session, permissionSet, { checkOnly: true });
  // The app names a permission set that the org does not have yet, so it is validated with it.
  const beside = isNamed ? [componentOf(permissionSet)] : [];
  await carryOut(work, { dryRun: true, beside }, { goTo: () => undefined, fail: () => undefined });
  const changed: Partial<Record<SetupStepName, boolean>> = {
    ...{ certificate: Object.keys(pair.written).length > 0, 'permission-set': permissionSet?.xml !== undefined },
    ...{ app, access, wait: app || access, login: login.changes, verify: changes, report: changes },
  };
  return { steps: stepsOf(plan).map((step) => ({ step, status: changed[step] ? 'planned' : 'unchanged' })) };
}

type Means = { network: Network; proof: SetupProof };

async function carryOutPlan(
  plan: SetupPlan,
  course: Course,
  { network, proof }: Means
): Promise<{ result: SetupResult; handover: CompleteHandover }> {
  const { request, session, pair, permissionSet, login, shown } = plan;
  const { username } = shown;
  await course.take(
    'certificate',
    async () => {
      await pair.write();
      return Object.keys(pair.written).length > 0;
    },
    undoOfPair(plan)
  );
  if (permissionSet) {
    await course.take(
      'permission-set',
      async () => {
        await deployPermissionSet(session, permissionSet, { checkOnly: false });
        return permissionSet.xml !== undefined;
      },
      undoOfPermissionSet(plan)
    );
  }
  const clientId = await bringApp(plan, course);

  let granted: TokenGrant | undefined;
  await course.take('wait', async () => {
    if (!course.changed && login.shown.isStored) return false;
    const { audience: instanceUrl } = login.endpoint;
    const { privateKey, keyFile } = pair;
    const minutes = request.wait;
    const waited = await waitForLogin({ clientId, instanceUrl, username, minutes, privateKey, keyFile, network });
    granted = waited.granted;
    return !waited.atOnce;
  });
  await course.take(
    'login',
    () => storeDifference(login, { username, clientId, keyPath: pair.keyFile }, granted, network),
    undoOfLogin(plan)
  );

  course.begin('verify');
  const report = await course.guard('verify', async () => {
    const found = await proof.verify({ username, adminOrg: session.name, certificateFile: pair.certificateFile });
    course.end('verify', found.passed ? (course.changed ? 'done' : 'unchanged') : 'failed');
    return found;
  });
  course.begin('report');
  const handover = await course.guard('report', () => handOver(plan, course, { network, proof, report }));
  return { result: { steps: course.steps, report: handover.fields, verify: report }, handover };
}

async function handOver(
  { pair, shown }: SetupPlan,
  course: Course,
  { network, proof, report }: Means & { report: CheckReport }
): Promise<CompleteHandover> {
  const login = await resolveLogin(shown.username);
  const handover = completeHandover(login);
  const bundle = shown.bundle?.path;
  // First: a bundle whose path is not known is never removed.
  if (bundle !== undefined && bundle !== login.bundlePath) await rememberBundle(login.username, bundle);
  const written =
    bundle !== undefined &&
    (await writeBundle(bundle, {
      ...{ handover, certificate: pair.certificate.pem, diagnosis: proof.diagnosis(login, report) },
      ...{ now: network.now(), changed: course.changed },
    }));
  course.end('report', written || course.changed ? 'done' : 'unchanged');
  return handover;
}
