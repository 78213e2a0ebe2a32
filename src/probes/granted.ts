import type { CheckId } from '../checks/define.ts';
import type { Reading } from '../checks/run.ts';
import { problemOf, type Problem } from '../errors.ts';
import { openGranted, type GrantedSession } from '../org/granted-session.ts';
import type { Network } from '../org/http.ts';
import { once } from '../org/once.ts';
import type { TokenGrant } from '../token/response.ts';
import { asReading, type Tried } from './attempt.ts';

/** A token in use, or the check that says why there is none. */
export type Opened = { grant: TokenGrant; session: GrantedSession } | { blocked: CheckId };

export const openTried = (network: Network, tried: () => Promise<Tried>): (() => Promise<Opened>) =>
  once(async () => {
    const reading = asReading(await tried());
    if (!('value' in reading)) return 'blocked' in reading ? reading : { blocked: 'login-accepted' };
    const { answer } = reading.value;
    if ('refused' in answer) return { blocked: 'login-accepted' };
    return { grant: answer.granted, session: openGranted(answer.granted, network) };
  });

/** A reading that comes earlier, and the check that answers for it. */
export type Before = readonly [CheckId, () => Promise<Reading<unknown>>];

/**
 * A reading in which the plugin's own errors have become findings. What an earlier reading met too, such as a host that does not answer,
 * is left to the check that answers for that one: one defect, one failing check.
 */
export async function guardedAfter<Value>(
  before: readonly Before[],
  read: () => Promise<Reading<Value>>
): Promise<Reading<Value>> {
  try {
    return await read();
  } catch (error) {
    return sameAs(problemOf(error), before);
  }
}

async function sameAs(failed: Problem, before: readonly Before[]): Promise<{ failed: Problem } | { blocked: CheckId }> {
  for (const [check, read] of before) {
    const reading = await read();
    if ('failed' in reading && reading.failed.code === failed.code) return { blocked: check };
  }
  return { failed };
}
