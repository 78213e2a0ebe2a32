import { audienceOf } from '../../handover/stored-login.ts';
import { blocked, defineCheck, fail, pass, warn } from '../define.ts';
import { audienceDefect } from './audience-url.ts';

export default defineCheck({
  id: 'host-url',
  title: 'audience URL is an address that serves logins',
  why: 'The collector uses this one URL as the audience and, with the path of the endpoint behind it, as the address of its login.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>',
  needs: ['login'],
  judge: ({ login }) => {
    const audience = audienceOf(login);
    if (audience === undefined) return blocked('handover-complete');
    const data = { audience };
    const defect = audienceDefect(audience);
    if (defect !== undefined) return fail(defect, { data });
    // Which kind of app this is can't be seen from here: docs/reference/salesforce-oauth.md §2.
    return /^https:\/\/(login|test)\.salesforce\.com$/.test(audience)
      ? warn(
          `${audience} serves connected apps; an external client app logs in only through the My Domain of its org`,
          { data }
        )
      : pass(audience, { data });
  },
});
