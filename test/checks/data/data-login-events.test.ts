import check from '../../../src/checks/data/data-login-events.ts';
import { describeCheck } from '../describe-check.ts';
import { refusal, userRights } from '../example-facts.ts';

const lacking = userRights({ viewRealTimeEvents: false });
const hidden = userRights({ viewRealTimeEvents: undefined });
const [some, none] = [{ rows: 1 }, { rows: 0 }];

describeCheck(check, [
  {
    fact: 'passes with an event',
    given: { loginEvents: some, logoutEvents: none, userRights: userRights() },
    status: 'pass',
    data: { anyRows: true },
  },
  {
    fact: 'warns without one, since this login is one: possibly nothing is stored',
    given: { loginEvents: none, logoutEvents: none, userRights: userRights() },
    status: 'warn',
    detail: 'possibly    the storage of these events is switched off',
  },
  {
    fact: 'speaks of nothing stored once only, where the permission is missing',
    given: { loginEvents: none, logoutEvents: none, userRights: lacking },
    status: 'skip',
  },
  {
    fact: 'leaves a refusal to user-real-time-events when the permission is missing',
    given: { loginEvents: refusal(), logoutEvents: refusal(), userRights: lacking },
    status: 'skip',
    blockedBy: 'user-real-time-events',
    detail: 'INVALID_TYPE',
  },
  {
    fact: 'warns when the query is refused though the user has the permission: then it is the licence',
    given: { loginEvents: refusal(), logoutEvents: refusal(), userRights: userRights() },
    status: 'warn',
    detail: /\nlikely {6}the org lacks the licence for these events[^]*\npossibly {4}the storage/,
    fix: 'without the licence ask CyTech Support to switch the object method off',
  },
  {
    fact: 'warns for the licence when logouts are shown, whatever the rights say',
    given: { loginEvents: refusal(), logoutEvents: some, userRights: lacking },
    status: 'warn',
    detail: 'likely      the org lacks the licence',
  },
  {
    fact: 'warns with both causes in order when the rights are hidden',
    given: { loginEvents: refusal('INSUFFICIENT_ACCESS', 'no', 403), logoutEvents: refusal(), userRights: hidden },
    status: 'warn',
    detail: /\nlikely {6}the user lacks "View Real-Time Event Monitoring Data"\nor {10}the org lacks the licence/,
  },
  {
    fact: 'fails with the words of any other refusal',
    given: {
      loginEvents: refusal('MALFORMED_QUERY', 'unexpected token'),
      logoutEvents: some,
      userRights: userRights(),
    },
    status: 'fail',
    detail: /^Salesforce answered 400 MALFORMED_QUERY: unexpected token$/,
  },
]);
