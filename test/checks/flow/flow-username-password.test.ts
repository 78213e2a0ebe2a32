import check from '../../../src/checks/flow/flow-username-password.ts';
import { describeCheck } from '../describe-check.ts';
import { flowLogins, orgOauth } from '../flow-facts.ts';

describeCheck(check, [
  {
    fact: 'passes where the org blocks it',
    given: { orgOauth: orgOauth(), flowLogins: flowLogins() },
    status: 'pass',
    detail:
      /^found {6}blocked for every app\nby {9}OauthOidc.blockOAuthUnPwFlow is true\nin Setup [^]*Username-Password Flows$/,
    data: { 'OauthOidc.blockOAuthUnPwFlow': true },
  },
  {
    fact: 'warns where it is open, and tells who still uses it and what closes it',
    given: {
      orgOauth: orgOauth({ usernamePasswordBlocked: false }),
      flowLogins: flowLogins({ 'username-password': { logins: 7, users: 2 } }),
    },
    status: 'warn',
    detail: 'in use     7 logins by 2 users in the last 30 days\n',
    data: { 'OauthOidc.blockOAuthUnPwFlow': false, closedBy: ['OauthOidc.blockOAuthUnPwFlow=true'] },
  },
  {
    fact: 'counts one login of one user as one',
    given: {
      orgOauth: orgOauth({ usernamePasswordBlocked: false }),
      flowLogins: flowLogins({ 'username-password': { logins: 1, users: 1 } }),
    },
    status: 'warn',
    detail: '1 login by 1 user in',
  },
  {
    fact: 'warns with "at least" where the history is longer than what was read',
    given: {
      orgOauth: orgOauth({ usernamePasswordBlocked: false }),
      flowLogins: { ...flowLogins({ 'username-password': { logins: 7, users: 2 } }), complete: false },
    },
    status: 'warn',
    detail: 'at least 7 logins',
  },
  {
    fact: 'warns without the logins where the administrator may not see them',
    given: { orgOauth: orgOauth({ usernamePasswordBlocked: false }), flowLogins: undefined },
    status: 'warn',
    detail: 'with "Manage Users" the Login History would tell',
  },
  {
    fact: 'is unknown where the org does not return the setting',
    given: { orgOauth: orgOauth({ usernamePasswordBlocked: undefined }), flowLogins: flowLogins() },
    status: 'unknown',
    detail: 'OauthOidc.blockOAuthUnPwFlow is not shown',
    fix: 'look in Setup > OAuth and OpenID Connect Settings > Allow OAuth Username-Password Flows',
  },
]);
