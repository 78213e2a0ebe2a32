import { defineCheck } from '../define.ts';
import { judgeBlocked } from './blocked-in-org.ts';
import { closeInOrg } from './evidence.ts';

export default defineCheck({
  id: 'flow-username-password',
  title: 'username-password flow is blocked in the org',
  why: 'In this flow an app holds the password of a user, and no second factor is asked for.',
  fix: closeInOrg,
  needs: ['orgOauth', 'flowLogins'],
  reads: 'orgOauth',
  judge: ({ orgOauth, flowLogins }) =>
    judgeBlocked(orgOauth, flowLogins, {
      setting: 'usernamePasswordBlocked',
      flow: 'username-password',
      toggle: 'Allow OAuth Username-Password Flows',
      note: 'AQUILA does not use it. External client apps never can; connected apps can.',
    }),
});
