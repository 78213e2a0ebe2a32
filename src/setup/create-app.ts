import { SfError } from '@salesforce/core/sfError';
import type { Change } from '../app/plan.ts';
import { externalOauth } from '../app/read-external.ts';
import { aquilaError, problem } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { AppReader } from '../org/app-reader.ts';
import { readClientId } from '../org/client-id.ts';
import type { Network } from '../org/http.ts';
import type { MetadataComponent } from '../org/metadata.ts';
import { openSession } from '../org/session.ts';
import { assignPermissionSet, grantAccess } from './app-access.ts';
import { requireKnownId } from './app-client-id.ts';
import { applyPlan, deployBeside } from './app-deploy.ts';
import { readDefinition, type CreateAppRequest } from './app-request.ts';
import { granted, readSituation } from './app-situation.ts';
import { requireLeave, stagesOf, type CreateAppTalk, type ShownPlan, type ShownStages } from './app-talk.ts';
import { takenBack, type Undo } from './app-undo.ts';
import { planWork, type AppWork } from './app-work.ts';
import { readWaitingKey, waitForLogin, type WaitingKey } from './wait-for-login.ts';

export type CreatedApp = {
  name: string;
  developerName: string;
  applicationId?: string;
  /** Left out where the org returns it by none of the documented ways. */
  clientId?: string;
  changes: Change[];
  /** Where the integration user logs in. */
  instanceUrl: string;
  plan: ShownPlan;
};

/**
 * Brings an external client app of an org into the state of the guide: read, compare, change what differs. What had been changed when
 * something fails is put back; an interrupted run is finished by the next one.
 *
 * @throws an error of the plugin
 */
export async function createApp(request: CreateAppRequest, network: Network, talk: CreateAppTalk): Promise<CreatedApp> {
  let definition = await readDefinition(request);
  const key = request.wait === 0 ? undefined : await readWaitingKey(request, definition.certificate);
  const session = await openSession(request.targetOrg, network, readKeyFrom);
  const reader = new AppReader(session);
  const situation = await readSituation(session, reader, definition, request.username);
  if (!situation.app && definition.contactEmail === undefined && talk.askContactEmail) {
    definition = await readDefinition({ ...request, contactEmail: await talk.askContactEmail() });
  }
  if (key) await requireKnownId(definition, situation, reader);
  const work = await planWork({ session, reader, definition, situation }, { dryRun: request.dryRun });
  const { changes, shown } = work;
  talk.showPlan(shown);
  if (changes.length > 0 && !request.dryRun && !request.force) await requireLeave(situation, shown, talk);
  return change(work, request, { key, network, talk });
}

async function change(
  work: AppWork,
  request: CreateAppRequest,
  { key, network, talk }: { key: WaitingKey | undefined; network: Network; talk: CreateAppTalk }
): Promise<CreatedApp> {
  const { definition } = work;
  const stages = await talk.openStages(
    work.shown,
    stagesOf(work, { dryRun: request.dryRun, waits: key !== undefined })
  );
  let app = await carryOut(work, { dryRun: request.dryRun }, stages);
  // Where the org does not show what it made of the id of our choice, a login proves it.
  const clientId = app.clientId ?? (work.plan.created ? work.chosenId : definition.clientId);
  if (key && clientId !== undefined) {
    stages.goTo('wait');
    const { instanceUrl } = app;
    const { username = '', wait: minutes } = request;
    try {
      await waitForLogin({ clientId, instanceUrl, username, minutes, ...key, network });
    } catch (error) {
      stages.fail();
      throw afterTheApp(error, { ...app, clientId });
    }
    app = { ...app, clientId };
  }
  stages.end();
  return app;
}

/**
 * Does what the plan says, or lets the org only validate it. What had been changed when something fails is put back.
 *
 * @param options.beside what is validated with it, because it names what the org does not have yet
 * @throws what the org refuses
 */
export async function carryOut(
  work: AppWork,
  { dryRun, beside }: { dryRun: boolean; beside?: readonly MetadataComponent[] },
  stages: Pick<ShownStages, 'goTo' | 'fail'>
): Promise<CreatedApp> {
  const undos: Undo[] = [];
  try {
    return dryRun ? await validate(work, stages, beside) : await apply(work, undos, stages);
  } catch (error) {
    stages.fail();
    throw await takenBack(error, undos);
  }
}

/** The login failed, not the app: whoever reads the error needs to know, and needs the client id. */
function afterTheApp(error: unknown, { name, developerName, clientId = '' }: CreatedApp): unknown {
  if (!(error instanceof SfError)) return error;
  const { message, actions } = problem('AppWithoutLogin', [name, clientId]);
  error.actions = [...(error.actions ?? []), message, ...actions];
  error.setData({ ...(error.data as object | undefined), developerName, clientId });
  return error;
}

async function validate(
  work: AppWork,
  stages: Pick<ShownStages, 'goTo'>,
  beside?: readonly MetadataComponent[]
): Promise<CreatedApp> {
  const { session, definition, situation, plan } = work;
  const { label: name, developerName, id } = situation.app ?? { ...definition, id: undefined };
  if (plan.parts.length > 0) {
    stages.goTo('validate');
    const names = { org: session.name, app: name };
    await deployBeside(session, plan.parts, { granted: situation.grantees, names, checkOnly: true, beside });
  }
  const clientId = situation.parts?.global && externalOauth(situation.parts.global).clientId;
  return result(work, { name, developerName, applicationId: id, clientId });
}

/** @param undos empty again once the org is as wanted */
async function apply(work: AppWork, undos: Undo[], stages: Pick<ShownStages, 'goTo'>): Promise<CreatedApp> {
  const { session, definition, situation, plan, access, changes } = work;
  const names = { org: session.name, app: situation.app?.label ?? definition.label };
  if (access.assign) {
    stages.goTo('assign');
    undos.push(await assignPermissionSet(session, access.assign));
  }
  const { developerName: wanted } = situation.app ?? definition;
  const app =
    changes.length === 0
      ? situation.app
      : await applyPlan(session, { plan, situation, developerName: wanted, names, undos }, stages.goTo);
  if (!app) throw aquilaError('AppRemoved', [names.app], [names.org]);
  const reader = new AppReader(session);
  if (changes.length > 0) {
    stages.goTo('access');
    const present = granted(await reader.preauthorisation(app, undefined)).grantees;
    await grantAccess(session, app.id, { grantees: access.grantees, present, undos });
  }
  undos.length = 0;
  stages.goTo('read');
  const { developerName, id: applicationId, label: name } = app;
  // It never changes, so that of an app that was there is known.
  const known = situation.parts?.global && externalOauth(situation.parts.global).clientId;
  const clientId = known ?? (await readClientId(reader, app));
  return result(work, { name, developerName, applicationId, clientId });
}

function result(
  { session, changes, shown }: AppWork,
  app: { name: string; developerName: string; applicationId: string | undefined; clientId: string | undefined }
): CreatedApp {
  const { name, developerName, applicationId, clientId } = app;
  return {
    name,
    developerName,
    ...(applicationId !== undefined && { applicationId }),
    ...(clientId !== undefined && { clientId }),
    changes,
    instanceUrl: session.instanceUrl,
    plan: shown,
  };
}
