import { shellWord } from '../../cert/shell.ts';
import { defineCheck, fail, pass } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';

const place = {
  'external-client-app': 'Settings > OAuth Settings > App Settings > Callback URL',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Callback URL',
};

export default defineCheck({
  id: 'app-callback-url',
  title: 'app has the callback URL of the Salesforce CLI',
  why: 'A login in the browser comes back to this address, and Salesforce accepts only what stands in the app.',
  fix: `${appCreate} --callback-url CALLBACK_URL`,
  needs: ['appOauth', 'app', 'sought'],
  judge: ({ appOauth, app, sought: { callbackUrl } }) => {
    const urls = appOauth.callbackUrls.map((url) => url.trim()).filter((url) => url !== '');
    const { detail, data } = settingDetail(app, place, {
      found: urls.length === 0 ? 'none' : urls.join(', '),
      wanted: callbackUrl,
    });
    if (urls.includes(callbackUrl.trim())) return pass(detail, { data });
    const command = `${appCreate} --callback-url ${shellWord(callbackUrl)}`;
    return fail(detail, { data, fix: mend(app, command, place, `add the line ${callbackUrl}`) });
  },
});
