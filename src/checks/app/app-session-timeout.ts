import { defineCheck, pass, warn } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';
import { sessionNotes } from './session-notes.ts';

const ofSession = {
  'external-client-app': 'Policies > OAuth Policies > App Authorization > Session Timeout in Minutes',
  'connected-app': 'Manage > Edit Policies > Session Policies > Timeout Value',
};
/** Named, since the command leaves a session alone that outlasts the collector's poll. */
const fix = `${appCreate} --session-timeout 5`;

const ofJwtTokens = { ...ofSession, 'external-client-app': 'Policies > OAuth Policies > App Authorization' };

export default defineCheck({
  id: 'app-session-timeout',
  title: 'session of the app ends after 1 to 5 minutes',
  why: 'The guide of the vendor asks for 1 to 5 minutes, which decides how long a token stays of use.',
  fix,
  needs: ['appPolicy', 'appOauth', 'app'],
  judge: ({ appPolicy, appOauth: { jwtAccessTokens }, app }) => {
    // Tokens in JWT format have a timeout of their own: docs/reference/external-client-apps.md §1.2.
    const minutes = jwtAccessTokens ? appPolicy.jwtTimeout : appPolicy.sessionTimeout;
    const place = jwtAccessTokens ? ofJwtTokens : ofSession;
    const none = jwtAccessTokens
      ? "none of its own, so the user's session setting holds"
      : "none, so the org's session setting holds";
    const { detail, data } = settingDetail(
      app,
      place,
      {
        found: minutes === undefined ? none : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
        wanted: '1 to 5 minutes',
      },
      ...(jwtAccessTokens ? ['The app issues access tokens in JWT format, for which this timeout holds.'] : []),
      ...sessionNotes(minutes)
    );
    const more = { ...data, minutes: minutes ?? null, jwtAccessTokens };
    if (minutes !== undefined && minutes >= 1 && minutes <= 5) return pass(detail, { data: more });
    return warn(detail, {
      data: more,
      fix: mend(app, fix, place, 'choose a time within 1 to 5 minutes, if it is offered'),
    });
  },
});
