import type { AppHeader } from '../app/settings.ts';
import type { DataRead } from '../checks/data-facts.ts';
import type { Reading } from '../checks/run.ts';
import { problem } from '../errors.ts';
import type { UserReader } from '../org/user-state.ts';
import { asReading, type Tried } from './attempt.ts';
import { guardedAfter } from './granted.ts';

/** What an administrator's session can tell of the integration user. */
export type UserWitness = {
  user: UserReader;
  /** The first that is read with this session. */
  app: () => Promise<Reading<AppHeader>>;
};

/** Salesforce gives a token to no user who can't log in, so a granted one says all; else an administrator can tell. */
export async function readUserState(
  tried: Tried,
  admin: UserWitness | undefined
): Promise<Reading<DataRead['userState']>> {
  const reading = asReading(tried);
  if ('value' in reading && 'granted' in reading.value.answer) {
    return { value: { active: true, frozen: false, seenBy: 'login' } };
  }
  if (admin === undefined) return 'value' in reading ? { value: undefined } : reading;
  return guardedAfter([['app-found', admin.app]], async (): Promise<Reading<DataRead['userState']>> => {
    const answer = await admin.user.state();
    if ('value' in answer) return { value: { ...answer.value, seenBy: 'administrator' } };
    const { status, errorCode, message } = answer.refused;
    return { failed: problem('OrgRefused', [errorCode, message]), data: { status, errorCode } };
  });
}
