import { handover } from '../../handover/fields.ts';
import { defineCheck, fail, pass, warn } from '../define.ts';

export default defineCheck({
  id: 'handover-complete',
  title: 'all five fields are ready for the hand-over',
  why: 'CyTech Support needs five values to set up the collector, and sf aquila report prints them from this login.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>',
  needs: ['login'],
  judge: ({ login }) => {
    const { fields, gaps } = handover(login);
    const missing = gaps.filter((gap) => gap.missing);
    const data = { fields: Object.keys(fields), missing: missing.map(({ field }) => field) };
    if (missing.length > 0) return fail(missing.map(({ text }) => text).join('\n'), { data });
    // Whether the audience URL by itself is enough is proven by login-accepted.
    const doubt = gaps.find(({ field }) => field !== 'audienceUrl');
    return doubt
      ? warn(`${fields.clientKeyPath ?? ''}: ${doubt.text}`, { data, fix: doubt.fix })
      : pass(undefined, { data });
  },
});
