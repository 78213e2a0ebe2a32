import { blocked, defineCheck, pass, warn } from '../define.ts';
import { renewal } from './renewal.ts';

export default defineCheck({
  id: 'cert-expires-later',
  title: 'certificate does not expire soon',
  why: 'A new certificate takes an admin, an upload and a copy on the collector, so the end must be known in time.',
  fix: renewal,
  needs: ['certificate', 'now', 'warnDays'],
  judge: ({ certificate: { certificate, facts }, now, warnDays }) => {
    if (now > certificate.validToDate) return blocked('cert-in-validity');
    const { daysLeft, notAfter } = facts;
    const data = { notAfter, daysLeft, warnDays };
    const when = `expires on ${notAfter.slice(0, 10)}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`;
    return daysLeft < warnDays
      ? warn(`${when}, which is less than the ${warnDays} asked for`, { data })
      : pass(when, { data });
  },
});
