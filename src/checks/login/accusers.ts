import { assertionLifetime } from '../../token/assertion.ts';
import type { Cause, CauseId } from '../../token/cause.ts';
import type { CheckId } from '../define.ts';
import type { AppWitness } from '../facts.ts';
import type { Evidence } from './causes.ts';

/** Checks that fail by themselves where an administrator's session shows the cause: they speak of it, and better. */
const accusers: Partial<Record<CauseId, (witness: AppWitness) => CheckId | undefined>> = {
  'not-pre-authorised': ({ adminApproved, preauthorised }) =>
    adminApproved === false ? 'app-permitted-users' : preauthorised === false ? 'user-preauthorized' : undefined,
  'app-disabled': ({ enabled }) => (enabled === false ? 'app-enabled' : undefined),
  'scope-missing': ({ refreshScope }) => (refreshScope === false ? 'app-scopes' : undefined),
  'key-mismatch': ({ holdsOurs, holdsStray }) =>
    holdsOurs === false ? 'app-certificate' : holdsStray === true ? 'cert-matches-key' : undefined,
  'wrong-client-id': ({ found }) => (found === false ? 'app-found' : undefined),
  'wrong-username': ({ userKnown }) => (userKnown === false ? 'user-active' : undefined),
  'user-inactive': ({ userActive }) => (userActive === false ? 'user-active' : undefined),
  'password-or-lock': ({ userActive }) => (userActive === false ? 'user-active' : undefined),
};

/** Causes that mean: this is another org than the one of the stored login. */
const otherOrg: readonly CauseId[] = ['wrong-host', 'approvals-gone'];

/** The check that fails by itself for the reason of the refusal, where one of the causes left is seen to be there. */
export function speakerOf(left: readonly Cause[], evidence: Evidence): CheckId | undefined {
  const { orgMatches, clockSkew: skew, witness } = evidence;
  if (left.some(({ id }) => id === 'clock') && skew !== undefined && skew < -assertionLifetime) return 'host-clock';
  if (orgMatches === false && left.some(({ id }) => otherOrg.includes(id))) return 'host-org-id';
  if (!witness) return undefined;
  const accuser = left.map(({ id }) => accusers[id]?.(witness)).find((check) => check !== undefined);
  // No token for such a user, whatever the words: of a frozen one Salesforce says what it says of a missing approval.
  return accuser ?? (witness.userActive === false ? 'user-active' : undefined);
}
