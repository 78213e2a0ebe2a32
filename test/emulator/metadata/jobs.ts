import type { OrgState, User } from '../state.ts';
import { IdMint } from '../ids.ts';
import type { DeployOptions, Outcome } from './deploy.ts';
import type { Retrieved } from './retrieve.ts';
import type { Value } from './xml.ts';

export type DeployJob = {
  kind: 'deploy';
  id: string;
  user: User;
  /** Status requests that are still answered "in progress". */
  polls: number;
  startedAt: string;
  options: DeployOptions;
  outcome: Outcome;
  canceled: boolean;
};
export type RetrieveJob = { kind: 'retrieve'; id: string; polls: number; retrieved: Retrieved };
export type Job = DeployJob | RetrieveJob;

const jobs = new WeakMap<OrgState, { mint: IdMint; byId: Map<string, Job> }>();

function jobsOf(org: OrgState): { mint: IdMint; byId: Map<string, Job> } {
  const known = jobs.get(org) ?? { mint: new IdMint(), byId: new Map<string, Job>() };
  jobs.set(org, known);
  return known;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export function addJob(org: OrgState, job: Unnumbered<Job>): Job {
  const { mint, byId } = jobsOf(org);
  const made = { ...job, id: mint.next(job.kind === 'deploy' ? '0Af' : '09S') };
  byId.set(made.id, made);
  return made;
}

export function findJob<K extends Job['kind']>(
  org: OrgState,
  kind: K,
  id: string
): Extract<Job, { kind: K }> | undefined {
  const job = jobsOf(org).byId.get(id);
  return job?.kind === kind ? (job as Extract<Job, { kind: K }>) : undefined;
}

/** Counts one status request; false as long as the answer is "in progress". */
export function isDone(job: Job): boolean {
  if (job.polls <= 0) return true;
  job.polls -= 1;
  return false;
}

/**
 * Ends a deploy that still runs and takes back what it did. The org works at once, and only its answers take their time: so a deploy ends
 * well although nobody asks for it again, as in Salesforce.
 */
export function cancel(job: DeployJob): boolean {
  if (job.polls <= 0 || job.canceled) return false;
  job.polls = 0;
  job.canceled = true;
  job.outcome.undo();
  return true;
}

/** The fields of a DeployResult, alphabetically as in SOAP. */
export function deployResult(
  { id, user, startedAt, options, outcome, canceled }: DeployJob,
  done: boolean
): Record<string, Value> {
  const { successes, failures, error } = outcome;
  const { testLevel } = options;
  const status = canceled ? 'Canceled' : done ? outcome.status : 'InProgress';
  const shown = done && !canceled;
  const deployed = shown ? successes.filter(({ fullName }) => !fullName.endsWith('.xml')).length : 0;
  return {
    checkOnly: options.checkOnly,
    ...(done && { completedDate: startedAt }),
    createdBy: user.id,
    createdByName: `${user.firstName} ${user.lastName}`,
    createdDate: startedAt,
    details: {
      componentFailures: shown ? failures : [],
      componentSuccesses: shown ? successes : [],
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
    done,
    ...(shown && error && { errorMessage: error.message, errorStatusCode: error.code }),
    id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: startedAt,
    numberComponentErrors: shown ? failures.length : 0,
    numberComponentsDeployed: deployed,
    numberComponentsTotal: deployed + (shown ? failures.length : 0),
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: testLevel !== undefined && testLevel !== 'NoTestRun',
    startDate: startedAt,
    status,
    success: shown && outcome.status !== 'Failed',
  };
}
