import { defineCheck, fail, pass } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';

const place = {
  'external-client-app': 'Settings > Basic Information > Contact Email',
  'connected-app': 'Edit > Basic Information > Contact Email',
};
const command = `${appCreate} --contact-email CONTACT_EMAIL`;

/** No proof that mail arrives there: the form of an address, so that a slip of the pen is seen. */
const address = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

export default defineCheck({
  id: 'app-contact-email',
  title: 'app has a contact e-mail address',
  why: 'Salesforce writes to this address when something about the use of the app changes or goes wrong.',
  fix: command,
  needs: ['app'],
  judge: ({ app }) => {
    const email = app.contactEmail?.trim() ?? '';
    const { detail, data } = settingDetail(app, place, {
      found: email === '' ? 'none' : email,
      wanted: 'an e-mail address that somebody reads',
    });
    return address.test(email)
      ? pass(detail, { data })
      : fail(detail, { data, fix: mend(app, command, place, 'enter an address that somebody reads') });
  },
});
