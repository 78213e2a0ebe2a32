import { mendedByTime } from '../../token/cause.ts';
import type { CheckReport } from '../summary.ts';

/** Whether a refused login is all that is wrong, and waiting may mend it (docs/reference/external-client-apps.md §9). */
export function mayPass({ checks }: CheckReport): boolean {
  const [wrong, ...others] = checks.filter(({ status }) => status === 'fail' || status === 'unknown');
  if (wrong?.id !== 'login-accepted' || others.length > 0) return false;
  const causes = wrong.data?.['causes'];
  return Array.isArray(causes) && causes.some((cause) => mendedByTime.some((id) => id === cause));
}
