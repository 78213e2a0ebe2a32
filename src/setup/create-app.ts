import { randomBytes, type KeyObject } from 'node:crypto';
import { callbackUrlAt } from '../app/callback-url.ts';
import type { AppCertificate } from '../app/certificate.ts';
import { clientIdBytes, newClientId } from '../app/client-id.ts';
import { defineApp, type AppDefinition, type AppRequest } from '../app/definition.ts';
import { planApp, type AppPlan, type Change } from '../app/plan.ts';
import { externalOauth } from '../app/read-external.ts';
import type { AppGrantee } from '../app/settings.ts';
import { readCertificate } from '../cert/certificate.ts';
import { uploadFile } from '../cert/upload.ts';
import { aquilaError, toError, type Problem } from '../errors.ts';
import { findProject } from '../files/project.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { readInputFile } from '../files/read.ts';
import { AppReader } from '../org/app-reader.ts';
import { readClientId } from '../org/client-id.ts';
import type { Network } from '../org/http.ts';
import { openSession, type OrgSession } from '../org/session.ts';
import { assignPermissionSet, grantAccess, planAccess, type AccessPlan, type Undo } from './app-access.ts';
import { applyPlan, deployParts } from './app-deploy.ts';
import { granted, readSituation, type Situation } from './app-situation.ts';
import { readWaitingKey, waitForLogin } from './wait-for-login.ts';

export type CreateAppRequest = Omit<AppRequest, 'certificate'> & {
  /** Alias or username of an administrator's login; the default org if undefined. */
  targetOrg: string | undefined;
  certificateFile: string | undefined;
  /** The integration user. */
  username: string | undefined;
  /** Let the org validate the plan, and change nothing. */
  dryRun: boolean;
  /** Change an app that somebody else made. */
  force: boolean;
  /** Minutes to wait for a login with the app. */
  wait: number;
};

/** The stages of the work that changes an org, in order. */
export const createAppStages = ['assign', 'validate', 'deploy', 'policy', 'enable', 'access', 'read', 'wait'] as const;
export type CreateAppStage = (typeof createAppStages)[number];

/** What the command has to do with a person. */
export type CreateAppTalk = {
  /** Shows the plan before anything is changed. */
  showPlan: (plan: ShownPlan) => void;
  /** Asks for the address that a new app must have; undefined where nobody can be asked. */
  askContactEmail: (() => Promise<string>) | undefined;
  /** Asks for leave to change an app that somebody else made; undefined where nobody can be asked. */
  mayChangeForeign: ((app: string, users: number | undefined) => Promise<boolean>) | undefined;
  /** Shows how the work goes on. */
  openStages: (app: string, stages: readonly CreateAppStage[]) => Promise<ShownStages>;
};

type ShownStages = { goTo: (stage: CreateAppStage) => void; end: () => void; fail: () => void };

export type ShownPlan = { app: string; org: string; created: boolean; changes: readonly Change[]; dryRun: boolean };

export type CreatedApp = {
  name: string;
  developerName: string;
  applicationId?: string;
  /** Left out where the org returns it by none of the documented ways. */
  clientId?: string;
  changes: Change[];
  /** Where the integration user logs in. */
  instanceUrl: string;
};

type Work = {
  session: OrgSession;
  definition: AppDefinition;
  situation: Situation;
  plan: AppPlan;
  access: AccessPlan;
  changes: Change[];
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
  await requireClientId(definition, situation, reader);
  const plan = orThrow(
    planApp({
      wanted: { ...definition, ...namesOf(situation.wanted) },
      found: situation.parts,
      granted: namesOf(situation.grantees),
      clientId: newClientId(randomBytes(clientIdBytes)),
      orgId: session.orgId,
    })
  );
  const access = planAccess(situation);
  const work = { session, definition, situation, plan, access, changes: allChanges(plan, access) };
  const label = situation.app?.label ?? definition.label;
  const { dryRun } = request;
  talk.showPlan({ app: label, org: session.name, created: plan.created, changes: work.changes, dryRun });
  if (work.changes.length > 0 && !dryRun) await requireLeave(work, request.force, talk);
  return change(work, request, { key, network, talk });
}

async function change(
  work: Work,
  request: CreateAppRequest,
  { key, network, talk }: { key: KeyObject | undefined; network: Network; talk: CreateAppTalk }
): Promise<CreatedApp> {
  const { definition, situation } = work;
  const label = situation.app?.label ?? definition.label;
  const stages = await talk.openStages(label, stagesOf(work, { dryRun: request.dryRun, waits: key !== undefined }));
  const undos: Undo[] = [];
  try {
    const app = request.dryRun ? await validate(work, stages) : await apply(work, undos, stages);
    if (key && app.clientId !== undefined) {
      stages.goTo('wait');
      const { clientId, instanceUrl } = app;
      const { username = '', wait: minutes } = request;
      await waitForLogin({ clientId, instanceUrl, username, minutes, privateKey: key, network });
    }
    stages.end();
    return app;
  } catch (error) {
    stages.fail();
    throw await takenBack(error, undos);
  }
}

async function validate(work: Work, stages: ShownStages): Promise<CreatedApp> {
  const { session, definition, situation, plan } = work;
  const { label: name, developerName, id } = situation.app ?? { ...definition, id: undefined };
  if (plan.parts.length > 0) {
    stages.goTo('validate');
    await deployParts(session, { deploy: plan.parts }, { names: { org: session.name, app: name }, checkOnly: true });
  }
  return result(work, { name, developerName, applicationId: id, clientId: undefined });
}

/** @param undos empty again once the org is as wanted */
async function apply(work: Work, undos: Undo[], stages: ShownStages): Promise<CreatedApp> {
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
  { session, changes }: Work,
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
  };
}

/** Takes back all that was done, the last first, and says what could not be. */
async function takenBack(error: unknown, undos: Undo[]): Promise<unknown> {
  let left = 0;
  for (const undo of undos.reverse()) {
    try {
      await undo();
    } catch {
      left += 1;
    }
  }
  if (left > 0 && error instanceof Error && 'actions' in error && Array.isArray(error.actions)) {
    error.actions.push(
      'Not all that had been changed could be put back. Run the command again: it goes on from what is there.'
    );
  }
  return error;
}

/** Reads the files and judges the values, before any org is asked. */
export async function readDefinition(request: Omit<CreateAppRequest, 'targetOrg'>): Promise<AppDefinition> {
  const file = request.certificateFile;
  const certificate = file === undefined ? undefined : await readUpload(file);
  const callbackUrl = request.callbackUrl ?? callbackUrlAt(findProject('.')?.oauthLocalPort);
  return orThrow(defineApp({ ...request, certificate, callbackUrl })).definition;
}

/**
 * A certificate that Salesforce takes for an app, alone.
 *
 * @throws what is wrong with the file or with the certificate
 */
async function readUpload(file: string): Promise<AppCertificate> {
  const { bytes, path } = await readInputFile(file, 'certificate');
  const reading = readCertificate(bytes, path);
  if ('problem' in reading) throw toError(reading.problem);
  const { certificate } = reading;
  const pem = uploadFile(certificate, path);
  const kind = certificate.publicKey.asymmetricKeyType ?? 'unknown';
  if (kind !== 'rsa') throw aquilaError('AppCertificateNotRsa', [path, kind], []);
  return { pem, fingerprint256: certificate.fingerprint256 };
}

/** In the spelling of the org, which a deployment has to repeat. */
const namesOf = (grantees: readonly AppGrantee[]): { permissionSets: string[]; profiles: string[] } => ({
  permissionSets: grantees.filter(({ kind }) => kind === 'permission-set').map(({ name }) => name),
  profiles: grantees.filter(({ kind }) => kind === 'profile').map(({ name }) => name),
});

/** A grantee that the plan selects in the policy is not told twice. */
function allChanges({ changes }: AppPlan, access: AccessPlan): Change[] {
  const selects = changes.some(({ setting }) => setting.startsWith('Selected '));
  return [...changes, ...access.changes.filter(({ setting }) => !(selects && setting.startsWith('Access of ')))];
}

function stagesOf(
  { plan, access, changes }: Work,
  { dryRun, waits }: { dryRun: boolean; waits: boolean }
): CreateAppStage[] {
  const deploys = plan.parts.length > 0;
  if (dryRun) return deploys ? ['validate'] : [];
  const happens: Record<CreateAppStage, boolean> = {
    assign: access.assign !== undefined,
    validate: false,
    deploy: deploys,
    policy: changes.length > 0,
    enable: deploys && plan.enables,
    access: changes.length > 0,
    read: true,
    wait: waits,
  };
  return createAppStages.filter((stage) => happens[stage]);
}

/**
 * The plan compares what the metadata show; what only the REST API shows is compared here.
 *
 * @throws AppClientIdFixed
 */
async function requireClientId(
  { clientId }: AppDefinition,
  { app, parts }: Situation,
  reader: AppReader
): Promise<void> {
  if (clientId === undefined || !app || !parts?.global || externalOauth(parts.global).clientId !== undefined) return;
  const present = await readClientId(reader, app);
  if (present !== undefined && present !== clientId) throw aquilaError('AppClientIdFixed', [app.label]);
}

/** @throws AppNotOurs, QuestionDeclined */
async function requireLeave({ situation, session }: Work, force: boolean, talk: CreateAppTalk): Promise<void> {
  const { app, usersOfForeign } = situation;
  if (!app || app.marked || force) return;
  if (!talk.mayChangeForeign) throw aquilaError('AppNotOurs', [app.label, countText(usersOfForeign)], [session.name]);
  if (!(await talk.mayChangeForeign(app.label, usersOfForeign))) throw aquilaError('QuestionDeclined');
}

/** Who may be cut off, in words that go on after the app's name. */
export const countText = (users: number | undefined): string =>
  users === undefined
    ? 'the org does not say who is logged in through it'
    : users === 0
      ? 'nobody is logged in through it now'
      : `${String(users)} ${users === 1 ? 'user is' : 'users are'} logged in through it`;

function orThrow<Value extends object>(value: Value | { problem: Problem }): Exclude<Value, { problem: Problem }> {
  if ('problem' in value) throw toError(value.problem);
  return value as Exclude<Value, { problem: Problem }>;
}
