import type { AppPlan, Change } from '../app/plan.ts';
import { permittedUsersSetting } from '../app/plan-rules.ts';
import { aquilaError } from '../errors.ts';
import type { AccessPlan } from './app-access.ts';
import type { Situation } from './app-situation.ts';

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
  mayChangeForeign: ((app: string, users: number | undefined, cutsOff: boolean) => Promise<boolean>) | undefined;
  /** Shows how the work goes on. */
  openStages: (plan: ShownPlan, stages: readonly CreateAppStage[]) => Promise<ShownStages>;
};

export type ShownStages = { goTo: (stage: CreateAppStage) => void; end: () => void; fail: () => void };

export type ShownPlan = {
  app: string;
  org: string;
  created: boolean;
  changes: readonly Change[];
  dryRun: boolean;
  validates: boolean;
};

/** The stages that this work goes through. */
export function stagesOf(
  { plan, access, changes }: { plan: AppPlan; access: AccessPlan; changes: readonly Change[] },
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
    read: changes.length > 0,
    wait: waits,
  };
  return createAppStages.filter((stage) => happens[stage]);
}

/** @throws AppNotOurs, QuestionDeclined */
export async function requireLeave(
  { app, usersOfForeign }: Situation,
  { org, changes }: Pick<ShownPlan, 'org' | 'changes'>,
  talk: Pick<CreateAppTalk, 'mayChangeForeign'>
): Promise<void> {
  if (!app || app.marked) return;
  const cutsOff = changes.some(({ setting }) => setting === permittedUsersSetting);
  if (!talk.mayChangeForeign) throw aquilaError('AppNotOurs', [app.label, countText(usersOfForeign)], [org]);
  if (!(await talk.mayChangeForeign(app.label, usersOfForeign, cutsOff))) throw aquilaError('QuestionDeclined');
}

/** Who may be cut off, in words that go on after the app's name. */
export const countText = (users: number | undefined): string =>
  users === undefined
    ? 'the org does not say who is logged in through it'
    : users === 0
      ? 'nobody is logged in through it now'
      : `${String(users)} ${users === 1 ? 'user is' : 'users are'} logged in through it`;
