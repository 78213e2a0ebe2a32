import check from '../../../src/checks/data/data-logout-events.ts';
import { describeCheck } from '../describe-check.ts';
import { refusal, userRights } from '../example-facts.ts';

const lacking = userRights({ viewRealTimeEvents: false });
const [some, none] = [{ rows: 1 }, { rows: 0 }];

describeCheck(check, [
  {
    fact: 'passes with an event',
    given: { loginEvents: some, logoutEvents: some, userRights: userRights() },
    status: 'pass',
  },
  {
    fact: 'passes without one, since nobody need have logged out, and says so',
    given: { loginEvents: some, logoutEvents: none, userRights: userRights() },
    status: 'pass',
    detail: 'there may have been none',
    data: { anyRows: false },
  },
  {
    fact: 'warns for the licence when it alone is refused',
    given: { loginEvents: some, logoutEvents: refusal(), userRights: userRights() },
    status: 'warn',
    detail: 'likely      the org lacks the licence',
    fix: 'Setup > Event Manager > LogoutEvent: select "Enable Storage"',
  },
  {
    fact: 'does not say again what data-login-events says of a missing licence',
    given: { loginEvents: refusal(), logoutEvents: refusal(), userRights: userRights() },
    status: 'skip',
    detail: 'see data-login-events',
  },
  {
    fact: 'speaks for itself when logins are refused for another reason',
    given: {
      loginEvents: refusal('UNKNOWN_EXCEPTION', 'later', 500),
      logoutEvents: refusal(),
      userRights: userRights(),
    },
    status: 'warn',
  },
  {
    fact: 'leaves a refusal to user-real-time-events when the permission is missing',
    given: { loginEvents: refusal(), logoutEvents: refusal(), userRights: lacking },
    status: 'skip',
    blockedBy: 'user-real-time-events',
  },
  {
    fact: 'fails with the words of any other refusal',
    given: { loginEvents: some, logoutEvents: refusal('UNKNOWN_EXCEPTION', 'later', 500), userRights: userRights() },
    status: 'fail',
    detail: 'UNKNOWN_EXCEPTION: later',
  },
]);
