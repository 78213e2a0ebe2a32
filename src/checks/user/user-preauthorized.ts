import { settingDetail } from '../app/detail.ts';
import { appCreate } from '../app/mend.ts';
import { defineCheck, fail, pass, skip } from '../define.ts';
import { approvalPlace, approve, granteeName } from './approval.ts';

export default defineCheck({
  id: 'user-preauthorized',
  title: 'user is pre-authorised for the app',
  why: 'An admin approves a user by a profile or permission set of the app; without one the login is refused.',
  fix: `${appCreate} --username <username> --permission-set PERMISSION_SET`,
  needs: ['preauthorisation', 'app'],
  reads: 'preauthorisation',
  judge: ({ preauthorisation: { grantees, user }, app }) => {
    const names = grantees.map(granteeName);
    const through = (user?.through ?? []).map((name) => {
      const grantee = grantees.find((one) => one.name === name);
      return grantee ? granteeName(grantee) : name;
    });
    const all = names.length === 0 ? 'the app has no profile and no permission set' : `the app has ${names.join(', ')}`;
    const { detail, data } = settingDetail(app, approvalPlace, {
      found: user
        ? `${user.username}: ${through.length > 0 ? `approved through ${through.join(', ')}` : `approved by none; ${all}`}`
        : all,
      wanted: user ? 'a profile or permission set of the app that the user has' : 'at least one of them',
    });
    const more = { ...data, grantees: names, username: user?.username ?? null, through };
    if (user ? through.length === 0 : names.length === 0)
      return fail(detail, { data: more, fix: approve(app, grantees) });
    return user
      ? pass(detail, { data: more })
      : skip(`${detail}\nGive --username to see whether the integration user has one of them.`, { data: more });
  },
});
