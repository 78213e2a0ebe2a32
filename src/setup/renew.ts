import { describeCertificate } from '../cert/certificate.ts';
import { aquilaError } from '../errors.ts';
import { nameOf } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { deployCertificate } from './renew-app.ts';
import { planBeside, renewBeside } from './renew-beside.ts';
import { renewInPlace } from './renew-in-place.ts';
import { planRenewal, readScene } from './renew-plan.ts';
import type { RenewRequest, RenewResult, RenewTalk, ShownRenewal } from './renew-talk.ts';

/** The result, and what a person is shown of it; without a plan where nothing was needed. */
export type RenewOutcome = {
  result: RenewResult;
  shown?: ShownRenewal;
  /** As a person calls both logins; the path of the key here, and on the collector where that is known. */
  names: { login: string; admin: string; keyFile: string; keyPath: string | undefined };
};

/**
 * Renews the certificate of a login, or makes a new key with it: the new set waits on the disk, its certificate goes into the app, is
 * proven there, and only then takes the place of the old one. Whatever stops a run, the next one finishes it, or what was there before is
 * in force again.
 *
 * @throws an error of the plugin
 */
export async function renew(request: RenewRequest, network: Network, talk: RenewTalk): Promise<RenewOutcome> {
  const scene = await readScene(request, network, talk);
  const { stored } = scene.login;
  const names = {
    login: nameOf(stored),
    admin: scene.session.name,
    keyFile: scene.set.keyFile,
    keyPath: stored.aquilaKeyPath,
  };
  const plan = request.sideBySide ? await planBeside(scene, talk) : await planRenewal(scene, talk);
  if (!plan) {
    const certificate = describeCertificate(scene.set.certificate, scene.now);
    return { names, result: { certificate, rekeyed: false, deployed: false, verified: false, backup: [] } };
  }
  const { shown } = plan;
  talk.showPlan(shown);
  if (request.dryRun) {
    if ('work' in plan) await plan.validate();
    else if (plan.step !== 'clear') {
      await deployCertificate(plan.session, plan.holding, plan.staged.pem, { checkOnly: true });
    }
    const { next: certificate, kind } = shown;
    const rekeyed = kind === 'rekey';
    return { names, shown, result: { certificate, rekeyed, deployed: false, verified: false, backup: [] } };
  }
  if (talk.confirm && !(await talk.confirm())) throw aquilaError('QuestionDeclined');
  const stages = await talk.openStages(shown);
  try {
    const result =
      'work' in plan ? await renewBeside(plan, network, stages.goTo) : await renewInPlace(plan, network, stages.goTo);
    stages.end();
    return { names, shown, result };
  } catch (error) {
    stages.fail();
    throw error;
  }
}
