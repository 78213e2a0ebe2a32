import { pollMinutes as poll } from '../../app/session-length.ts';
import { mendInSetup } from '../app/mend.ts';
import { defineCheck, pass, skip, warn } from '../define.ts';
import { cause } from '../user/api-refusal.ts';

const session = {
  'external-client-app': 'Policies > OAuth Policies > App Authorization > Session Timeout in Minutes',
  'connected-app': 'Manage > Edit Policies > Session Policies > Timeout Value',
};
const ofJwtTokens = { ...session, 'external-client-app': 'Policies > OAuth Policies > App Authorization' };
const whose = { app: 'of the app', 'token-app': 'of the app, for tokens in JWT format', org: 'of the org' };

export default defineCheck({
  id: 'data-session-lifetime',
  title: "session outlives the time between two of the collector's polls",
  why: 'The collector asks for log files every hour, and builds that never log in again stop when their session has ended.',
  fix: `Setup > External Client App Manager > the app > ${session['external-client-app']}`,
  needs: ['sessionLifetime'],
  reads: 'sessionLifetime',
  judge: ({ sessionLifetime }) => {
    if (sessionLifetime === undefined) return skip("only an administrator's login shows it: give --admin-org");
    const { minutes, of, app } = sessionLifetime;
    if (minutes === undefined) {
      return skip('the app has no timeout of its own, and that of the org is not shown to this administrator');
    }
    const data = { minutes, of };
    const found = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, by the setting ${whose[of]}`;
    if (minutes >= poll) return pass(found, { data });
    const stops = cause(
      'possibly',
      'an older build of the collector, which never logs in a second time, stops collecting'
    );
    const task = `${poll} minutes or more`;
    const mend =
      of === 'org'
        ? `Setup > Session Settings > Timeout Value: ${task}`
        : mendInSetup(app, of === 'app' ? session : ofJwtTokens, task);
    const fix = `ask CyTech Support whether this collector logs in again; if not, ${mend}`;
    return warn([`${found}; the collector polls every ${poll} minutes`, stops].join('\n'), { data, fix });
  },
});
