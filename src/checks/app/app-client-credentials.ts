import { defineCheck, fail, pass, warn } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';

const inSettings = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement > Enable Client Credentials Flow',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Enable Client Credentials Flow',
};
const inPolicy = {
  ...inSettings,
  'external-client-app': 'Policies > OAuth Policies > Enable Client Credentials Flow > Run As',
};
const withUser = `${appCreate} --client-credentials-user USERNAME`;

export default defineCheck({
  id: 'app-client-credentials',
  title: 'client credentials flow is enabled in the settings',
  why: 'The guide of the vendor asks for this switch, though the collector is not known to use the flow.',
  fix: appCreate,
  needs: ['appOauth', 'appPolicy', 'app'],
  judge: ({ appOauth, appPolicy: { clientCredentials: allowed, clientCredentialsUser: user }, app }) => {
    const on = appOauth.clientCredentials;
    const runsAs = user === undefined ? 'without a user to run as' : `runs as ${user}`;
    // A connected app has one switch for both, and the guide asks for the switch alone.
    const legacy = app.kind === 'connected-app';
    const nobody = !legacy && allowed && user === undefined;
    const place = on && nobody ? inPolicy : inSettings;
    const policy = `, in the policy ${allowed ? `on, ${runsAs}` : 'off'}`;
    const { detail, data } = settingDetail(app, place, {
      found: `in the settings ${on ? 'on' : 'off'}${legacy ? (on ? `, ${runsAs}` : '') : policy}`,
      wanted: `in the settings on${nobody ? ', and in the policy a user to run as' : ''}`,
    });
    const more = { ...data, policy: allowed, runAs: user ?? null };
    if (!on) return fail(detail, { data: more, fix: mend(app, appCreate, place, 'select it') });
    return nobody
      ? warn(`${detail}\nWithout a user to run as, Salesforce gives no token by this flow.`, {
          data: more,
          fix: withUser,
        })
      : pass(detail, { data: more });
  },
});
