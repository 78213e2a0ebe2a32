import { defineCheck, fail, pass } from '../define.ts';
import { settingDetail } from './detail.ts';
import { uploadCommand } from './held-certificate.ts';
import { appCreate, mend } from './mend.ts';

const oauthSwitch = {
  'external-client-app': 'Settings > OAuth Settings > Enable OAuth',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Enable OAuth Settings',
};
const appSwitch = { ...oauthSwitch, 'external-client-app': 'Policies' };

export default defineCheck({
  id: 'app-enabled',
  title: 'app is enabled, and OAuth with it',
  why: 'Salesforce gives no token to an app that is switched off or has no OAuth settings.',
  fix: appCreate,
  needs: ['appState', 'app'],
  reads: 'appState',
  judge: ({ appState: { enabled, oauth }, app }) => {
    const legacy = app.kind === 'connected-app';
    const oauthWords = `OAuth ${oauth ? 'on' : 'off'}`;
    // A connected app has no switch of its own: with OAuth settings it is on.
    const place = enabled || legacy ? oauthSwitch : appSwitch;
    const { detail, data } = settingDetail(app, place, {
      found: legacy ? oauthWords : `app ${enabled ? 'enabled' : 'disabled'}, ${oauthWords}`,
      wanted: legacy ? 'OAuth on' : 'app enabled, OAuth on',
    });
    return oauth && (enabled || legacy)
      ? pass(detail, { data })
      : fail(detail, { data, fix: mend(app, oauth ? appCreate : uploadCommand, place, 'select it') });
  },
});
