import check from '../../../src/checks/user/user-real-time-events.ts';
import { describeCheck } from '../describe-check.ts';
import { refusal, userRights } from '../example-facts.ts';

const lacking = userRights({ viewRealTimeEvents: false });
const hidden = userRights({ viewRealTimeEvents: undefined });
const [some, none] = [{ rows: 1 }, { rows: 0 }];

describeCheck(check, [
  {
    fact: 'passes with the permission',
    given: { userRights: userRights(), loginEvents: none, logoutEvents: none },
    status: 'pass',
    data: { viewRealTimeEvents: true },
  },
  {
    fact: 'passes with the permission though both queries are refused, which is then a matter of licences',
    given: { userRights: userRights(), loginEvents: refusal(), logoutEvents: refusal() },
    status: 'pass',
  },
  {
    fact: 'passes when an event is shown, whatever the rights say',
    given: { userRights: lacking, loginEvents: refusal(), logoutEvents: some },
    status: 'pass',
    detail: 'the org shows events to this user',
  },
  {
    fact: 'fails without the permission when a query is refused, and says what a missing licence would mean',
    given: { userRights: lacking, loginEvents: refusal(), logoutEvents: none },
    status: 'fail',
    detail:
      /^the user lacks "View Real-Time Event Monitoring Data"\npossibly {4}Setup offers it only[^]*object method off/,
  },
  {
    fact: 'fails without the permission when the other query is refused',
    given: { userRights: lacking, loginEvents: none, logoutEvents: refusal() },
    status: 'fail',
  },
  {
    fact: 'warns without the permission when both queries are answered, with nothing',
    given: { userRights: lacking, loginEvents: none, logoutEvents: none },
    status: 'warn',
    detail: 'the user lacks',
  },
  {
    fact: 'says that nothing tells when the org has no such column',
    given: { userRights: hidden, loginEvents: refusal(), logoutEvents: refusal() },
    status: 'skip',
    data: { viewRealTimeEvents: null },
  },
]);
