import { randomBytes } from 'node:crypto';
import { clientIdBytes, newClientId } from '../app/client-id.ts';
import type { AppDefinition } from '../app/definition.ts';
import { planApp, type AppPlan, type Change } from '../app/plan.ts';
import type { AppGrantee } from '../app/settings.ts';
import { toError } from '../errors.ts';
import type { AppReader } from '../org/app-reader.ts';
import type { OrgSession } from '../org/session.ts';
import { allChanges, planAccess, type AccessPlan } from './app-access.ts';
import { requireClientId } from './app-client-id.ts';
import type { Situation } from './app-situation.ts';
import type { ShownPlan } from './app-talk.ts';

/** What is to be done to an app and to who may use it, and what it was concluded from. */
export type AppWork = {
  session: OrgSession;
  definition: AppDefinition;
  situation: Situation;
  plan: AppPlan;
  access: AccessPlan;
  changes: Change[];
  shown: ShownPlan;
  /** The client id that a new app gets. */
  chosenId: string;
};

/**
 * Compares what is wanted with what the org has.
 *
 * @throws AppClientIdFixed, and what keeps a plan from being made
 */
export async function planWork(
  {
    session,
    reader,
    definition,
    situation,
  }: { session: OrgSession; reader: AppReader; definition: AppDefinition; situation: Situation },
  { dryRun }: { dryRun: boolean }
): Promise<AppWork> {
  await requireClientId(definition, situation, reader);
  const chosenId = definition.clientId ?? newClientId(randomBytes(clientIdBytes));
  const plan = planApp({
    wanted: { ...definition, ...namesOf(situation.wanted) },
    found: situation.parts,
    granted: namesOf(situation.grantees),
    clientId: chosenId,
    orgId: session.orgId,
  });
  if ('problem' in plan) throw toError(plan.problem);
  const access = planAccess(situation);
  const changes = allChanges(plan, access);
  const shown: ShownPlan = {
    app: situation.app?.label ?? definition.label,
    org: session.name,
    created: plan.created,
    changes,
    dryRun,
    validates: plan.parts.length > 0,
  };
  return { session, definition, situation, plan, access, changes, shown, chosenId };
}

/** In the spelling of the org, which a deployment has to repeat. */
const namesOf = (grantees: readonly AppGrantee[]): { permissionSets: string[]; profiles: string[] } => ({
  permissionSets: grantees.filter(({ kind }) => kind === 'permission-set').map(({ name }) => name),
  profiles: grantees.filter(({ kind }) => kind === 'profile').map(({ name }) => name),
});
