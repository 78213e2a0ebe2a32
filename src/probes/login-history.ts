import type { AsideRead } from '../checks/facts.ts';
import type { Reading } from '../checks/run.ts';
import { problemOf } from '../errors.ts';
import type { UserReader } from '../org/user-state.ts';
import type { Tried } from './attempt.ts';

/**
 * The newest line of the Login History after a refused login. It only adds to what is known: where an administrator can't be asked, or may
 * not see it, there is none.
 */
export async function readLoginHistory(
  tried: Tried,
  user: Pick<UserReader, 'newestLogin'> | undefined
): Promise<Reading<AsideRead['loginHistory']>> {
  const isRefused = 'attempt' in tried && 'refused' in tried.attempt.answer;
  if (!isRefused || user === undefined) return { value: undefined };
  try {
    const answer = await user.newestLogin();
    return { value: 'value' in answer ? answer.value : undefined };
  } catch (error) {
    // An error of ours; any other is a bug, and is thrown on.
    problemOf(error);
    return { value: undefined };
  }
}
