import type { FactName } from '../checks/facts.ts';
import type { Selection } from '../checks/run.ts';

/** What is read with the token of the attempt, or because it was refused. */
const afterAttempt: readonly FactName[] = [
  ...(['identity', 'userState', 'userRights', 'eventLogFiles', 'logDownload', 'loginEvents', 'logoutEvents'] as const),
  ...(['setupAuditTrail', 'apiLimit', 'loginHistory', 'appWitness'] as const),
];

/**
 * The facts that the selected checks ask for, with those that can only be read by way of another. No login is attempted for a run that
 * forbids the check which answers for it: an attempt shows in the Login History of the org.
 */
export function wantedReads({ run, forbidden }: Selection): ReadonlySet<FactName> {
  const wanted = new Set(run.flatMap(({ needs }) => needs));
  if (afterAttempt.some((name) => wanted.has(name))) wanted.add('attempt');
  if (forbidden.some(({ reads }) => reads === 'attempt')) wanted.delete('attempt');
  return wanted;
}
