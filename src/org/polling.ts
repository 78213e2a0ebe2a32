import { aquilaError } from '../errors.ts';
import type { Network } from './http.ts';
import { RefusedByOrg } from './refusal.ts';
import { mayPass } from './transport-error.ts';

/** Milliseconds between two questions: short at first, since small jobs take a second. */
const [shortestPause, longestPause] = [200, 2000];

/** Minutes that a job may take, and questions in a row that may fail, while the org works on. */
const [longestWait, tolerated] = [10, 3];

export type Polling = {
  /** As it stands in errors: `deployment`, `retrieval`. */
  job: string;
  id: string;
  pause?: ((milliseconds: number) => Promise<void>) | undefined;
  now: Network['now'];
};

/**
 * Asks for the state of a job until it is done. The job runs in the org, so a question that is lost on the way is asked again.
 *
 * @throws MetadataTimedOut after ten minutes, MetadataOutcomeUnknown when four questions in a row fail; what the org refuses, at once
 */
export async function untilDone<Status extends { done: boolean }>(
  ask: () => Promise<Status>,
  { job, id, now, pause = wait }: Polling,
  onStatus: (status: Status) => void = () => undefined
): Promise<Status> {
  const deadline = now().getTime() + longestWait * 60_000;
  let milliseconds = shortestPause;
  for (let failed = 0; ;) {
    await pause(milliseconds);
    milliseconds = Math.min(longestPause, milliseconds * 1.5);
    try {
      const status = await ask();
      onStatus(status);
      if (status.done) return status;
      failed = 0;
    } catch (error) {
      if (!(error instanceof Error) || !isPassing(error)) throw error;
      failed += 1;
      if (failed > tolerated) throw aquilaError('MetadataOutcomeUnknown', [job, id, error.message]);
    }
    if (now().getTime() > deadline) throw aquilaError('MetadataTimedOut', [job, longestWait, id]);
  }
}

function isPassing(error: Error): boolean {
  if (mayPass(error) || error.name === 'OrgUnavailable') return true;
  // The org says so for a moment when a job moves out of its queue.
  return error instanceof RefusedByOrg && error.refused.errorCode === 'INVALID_CROSS_REFERENCE_KEY';
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
