import { defineCheck, fail, pass } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';
import { usersPlace } from './places.ts';

const words = {
  'admin-approved': 'Admin approved users are pre-authorized',
  'self-authorize': 'All users may self-authorize',
};

export default defineCheck({
  id: 'app-permitted-users',
  title: 'only users approved by an admin may use the app',
  why: 'The collector has no browser in which its user could approve the app, so an admin must have approved the user before.',
  fix: appCreate,
  needs: ['appPolicy', 'app'],
  reads: 'appPolicy',
  judge: ({ appPolicy: { permittedUsers }, app }) => {
    const { detail, data } = settingDetail(app, usersPlace, {
      found: words[permittedUsers],
      wanted: words['admin-approved'],
    });
    if (permittedUsers === 'admin-approved') return pass(detail, { data });
    const task = `first add the profiles and permission sets of all who use the app, then choose "${words['admin-approved']}"`;
    return fail(detail, { data, fix: mend(app, appCreate, usersPlace, task) });
  },
});
