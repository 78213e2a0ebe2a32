import type { Change } from '../app/plan.ts';
import { AppReader } from '../org/app-reader.ts';
import { readSituation } from './app-situation.ts';
import { planWork, type AppWork } from './app-work.ts';
import { carryOut } from './create-app.ts';
import type { Course } from './setup-course.ts';
import type { SetupPlan } from './setup-plan.ts';
import { undoOfAccess, undoOfApp } from './setup-undo.ts';

/**
 * The steps app and access, which are one piece of work: what fails in either takes back both.
 *
 * @returns the client id
 */
export async function bringApp(plan: SetupPlan, course: Course): Promise<string> {
  const { permissionSet } = plan;
  let at: 'app' | 'access' = 'app';
  course.begin('app');
  const goTo = (stage: string): void => {
    at = stage === 'assign' || stage === 'access' ? 'access' : 'app';
    if (stage === 'access') course.begin('access');
  };
  return course.guard(
    () => at,
    async () => {
      const work = permissionSet?.created ? await readAgain(plan) : plan.work;
      const app = await carryOut(work, { dryRun: false }, { goTo, fail: () => undefined });
      course.end('app', settingsOf(work).length > 0 ? 'done' : 'unchanged', undoOfApp(plan, work));
      course.end('access', work.access.changes.length > 0 ? 'done' : 'unchanged', undoOfAccess(work));
      return app.clientId ?? plan.clientId ?? work.chosenId;
    }
  );
}

/** With the permission set that the org has now, whose id the plan could not know. */
async function readAgain({ session, work, permissionSet, request }: SetupPlan): Promise<AppWork> {
  const reader = new AppReader(session);
  const permissionSets = [...work.definition.permissionSets, ...(permissionSet ? [permissionSet.name] : [])];
  const definition = { ...work.definition, permissionSets };
  const situation = await readSituation(session, reader, definition, request.username);
  return planWork(
    { session, reader, definition: { ...definition, clientId: wantedId(work) }, situation },
    { dryRun: false }
  );
}

/** The id of a new app is the one that the plan chose. */
const wantedId = ({ plan, chosenId, definition }: AppWork): string | undefined =>
  plan.created ? chosenId : definition.clientId;

/** The settings of the app among all that changes. */
export const settingsOf = ({ changes, access }: AppWork): Change[] =>
  changes.filter((one) => !access.changes.includes(one));
