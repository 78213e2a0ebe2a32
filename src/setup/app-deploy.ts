import { SfError } from '@salesforce/core/sfError';
import type { Part } from '../app/component.ts';
import { deployError } from '../app/deploy-refusal.ts';
import { disabled, enabling, type AppPlan } from '../app/plan.ts';
import { slotTypes } from '../app/found.ts';
import { putBack, withoutGranted } from '../app/put-back.ts';
import { externalOauth } from '../app/read-external.ts';
import { writePart } from '../app/xml.ts';
import { fillFix } from '../checks/fix.ts';
import { aquilaError } from '../errors.ts';
import { AppReader } from '../org/app-reader.ts';
import { readClientId } from '../org/client-id.ts';
import { findDeployed } from '../org/find-app.ts';
import { deployMetadata, type MetadataComponent, type MetadataName } from '../org/metadata.ts';
import type { OrgSession } from '../org/session.ts';
import type { AppGrantee, AppHeader } from '../app/settings.ts';
import { granted, type Situation } from './app-situation.ts';
import type { Undo } from './app-undo.ts';

/** The org and the app, as a person calls them. */
type Names = { org: string; app: string };

type Deployed = {
  deploy: readonly Part[];
  /** What the parts name, and the org does not have yet. */
  beside?: readonly MetadataComponent[] | undefined;
  remove?: readonly MetadataName[];
};

/**
 * Deploys parts, or lets the org only validate them.
 *
 * @throws AppDeployRefused with the org's own words; the org has rolled everything back
 */
export async function deployParts(
  session: OrgSession,
  { deploy, beside = [], remove = [] }: Deployed,
  { names, checkOnly = false }: { names: Names; checkOnly?: boolean }
): Promise<void> {
  const fill = (fix: string): string => fillFix(fix, { sought: { admin: names.org, name: names.app } });
  const components = deploy.map((part) => ({ type: part.type, fullName: part.fullName, xml: writePart(part) }));
  const answer = await deployMetadata(session, { deploy: [...beside, ...components], remove }, { checkOnly });
  if ('refused' in answer) {
    const { errorCode, message } = answer.refused;
    throw deployError([{ problem: message, errorCode }], fill);
  }
  const { succeeded, failures, message } = answer.value;
  if (succeeded) return;
  const said = failures.length > 0 ? failures : [{ problem: message ?? 'the deployment failed without a reason' }];
  throw deployError(said, fill);
}

/**
 * The same for parts whose lists name what the app has access for already. An org that adds to these lists, in place of replacing them,
 * refuses such names; then they are left out (docs/reference/external-client-apps.md §14 C).
 */
export async function deployBeside(
  session: OrgSession,
  parts: readonly Part[],
  {
    granted: present,
    names,
    checkOnly = false,
    beside,
  }: { granted: readonly AppGrantee[]; names: Names; checkOnly?: boolean } & Pick<Deployed, 'beside'>
): Promise<void> {
  try {
    await deployParts(session, { deploy: parts, beside }, { names, checkOnly });
  } catch (error) {
    if (!isAboutGranted(error)) throw error;
    const deploy = withoutGranted(
      parts,
      present.map(({ name }) => name)
    );
    await deployParts(session, { deploy, beside }, { names, checkOnly });
  }
}

const isAboutGranted = (error: unknown): boolean => {
  const data: unknown = error instanceof SfError ? error.data : undefined;
  const causes: unknown = (data as { causes?: unknown } | undefined)?.causes;
  return Array.isArray(causes) && causes.length === 1 && causes[0] === 'profile-granted';
};

/**
 * Brings the app into its new state. An app that is new or switched off is deployed switched off first; it is enabled only after the org
 * itself says that users can't authorise themselves (docs/reference/external-client-apps.md §6).
 *
 * @param undos gets what takes back each step that has been done
 * @returns the app as the org lists it now
 * @throws AppDeployRefused, AppPolicyNotInEffect
 */
export async function applyPlan(
  session: OrgSession,
  {
    plan,
    situation,
    developerName,
    names,
    undos,
  }: { plan: AppPlan; situation: Situation; developerName: string; names: Names; undos: Undo[] },
  onStage: (stage: 'deploy' | 'policy' | 'enable') => void
): Promise<AppHeader> {
  const { parts, enables } = plan;
  if (parts.length > 0) {
    onStage('deploy');
    await deployBeside(session, enables ? disabled(parts) : parts, { granted: situation.grantees, names });
    undos.push(async () => {
      if (!situation.parts) await requireOurs(session, developerName, parts);
      const { deploy, remove, certificateLost } = putBack(situation.parts, parts, session.orgId);
      if (remove.length > 0) await deployParts(session, { deploy, remove }, { names });
      else await deployBeside(session, deploy, { granted: situation.grantees, names });
      await requireRestored(session, situation, certificateLost);
    });
  }
  // Read anew: what was read before the deployment is out of date.
  const reader = new AppReader(session);
  onStage('policy');
  const app = granted(await findDeployed(reader, developerName));
  if (!app) throw aquilaError('AppRemoved', [names.app], [names.org]);
  if (parts.length === 0) return app;
  const policy = granted(await reader.policy(app));
  if (policy?.permittedUsers !== 'admin-approved') {
    throw aquilaError(plan.created ? 'AppPolicyNotInEffect' : 'AppPolicyStillOpen', [], [app.label]);
  }
  if (enables) {
    onStage('enable');
    await deployParts(session, { deploy: enabling(parts) }, { names });
  }
  return app;
}

/**
 * What can't be undone must at least be told: a certificate that the org never showed, and who has access where its lists only grow.
 *
 * @throws AppPutBackPartly
 */
async function requireRestored(
  session: OrgSession,
  { app, grantees }: Situation,
  certificateLost: boolean
): Promise<void> {
  if (!app) return;
  const now = granted(await new AppReader(session).preauthorisation(app, undefined)).grantees;
  const more = now.filter(({ id }) => !grantees.some((one) => one.id === id)).map(({ name }) => name);
  const left = [
    ...(certificateLost ? ['the new certificate stays, because the org does not show the one before'] : []),
    ...(more.length > 0 ? [`${more.join(', ')} may use the app now`] : []),
  ];
  if (left.length > 0) throw aquilaError('AppPutBackPartly', [left.join('; ')], []);
}

/**
 * Another run may have made the app at the same time, and its client id is in use then: such an app is not removed.
 *
 * @throws AppClientIdFixed
 */
async function requireOurs(session: OrgSession, developerName: string, parts: readonly Part[]): Promise<void> {
  const reader = new AppReader(session);
  const app = granted(await findDeployed(reader, developerName));
  if (!app) return;
  const settings = parts.find(({ type }) => type === slotTypes.global);
  const present = await readClientId(reader, app);
  const isOther = present !== undefined && settings && present !== externalOauth(settings).clientId;
  if (isOther) throw aquilaError('AppClientIdFixed', [app.label]);
}
