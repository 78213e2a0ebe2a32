import { defineCheck, fail, pass, skip, warn } from '../define.ts';
import { refusalData, refusedLine } from '../user/api-refusal.ts';

/**
 * About what the collector sends in a day by its defaults (docs/reference/aquila-collector.md §4.3, §5.1): three objects every five minutes
 * (864), three queries of log files every hour (72), and the new files of eight types (192), which makes 1128.
 */
const collectorDay = 1200;

export default defineCheck({
  id: 'data-api-limit',
  title: 'org has API requests left for the collector',
  why: 'All tools of an org share its requests of 24 hours; when they are used up, the collector is refused like all others.',
  fix: 'Setup > Company Information > API Requests, Last 24 Hours: see what uses them up, or buy more',
  needs: ['apiLimit'],
  reads: 'apiLimit',
  judge: ({ apiLimit }) => {
    if (apiLimit === undefined) return skip('the org does not say how many requests are left');
    if ('refused' in apiLimit) {
      const { refused } = apiLimit;
      const data = refusalData(refused);
      if (refused.errorCode === 'REQUEST_LIMIT_EXCEEDED') return fail(refusedLine(refused), { data });
      const unlock =
        'shown with the permission "View Setup and Configuration", which the collector itself does not need, or with an administrator\'s login by --admin-org';
      return skip(`${refusedLine(refused)}\n${unlock}`, { data });
    }
    const { remaining, max } = apiLimit;
    const data = { remaining, max };
    const left = `${remaining} of ${max} requests in 24 hours are left`;
    if (remaining <= 0) return fail(left, { data });
    return remaining < collectorDay
      ? warn(`${left}; the collector sends about ${collectorDay} a day`, { data })
      : pass(left, { data });
  },
});
