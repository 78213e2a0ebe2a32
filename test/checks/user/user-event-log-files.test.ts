import check from '../../../src/checks/user/user-event-log-files.ts';
import { describeCheck } from '../describe-check.ts';
import { eventLogFiles, refusal, userRights } from '../example-facts.ts';

const none = eventLogFiles({ hourly: 0, daily: 0, sample: undefined });
const lacking = userRights({ viewEventLogFiles: false });

describeCheck(check, [
  {
    fact: 'passes with the permission',
    given: { userRights: userRights(), eventLogFiles: none },
    status: 'pass',
    detail: 'by the permission "View Event Log Files"',
  },
  {
    fact: 'passes with the permission though the query is refused, which is then no matter of permissions',
    given: { userRights: userRights(), eventLogFiles: refusal() },
    status: 'pass',
  },
  {
    fact: 'passes with View All Data instead, and says so',
    given: { userRights: userRights({ viewEventLogFiles: false, viewAllData: true }), eventLogFiles: none },
    status: 'pass',
    detail: 'by the permission "View All Data"',
  },
  {
    fact: 'passes when a log file is listed, whatever the rights say',
    given: { userRights: lacking, eventLogFiles: eventLogFiles({ hourly: 0, daily: 1 }) },
    status: 'pass',
    detail: 'the org lists log files for this user',
  },
  {
    fact: 'passes when a log file is listed and the rights are hidden',
    given: { userRights: refusal(), eventLogFiles: eventLogFiles() },
    status: 'pass',
  },
  {
    fact: 'fails without both permissions when the query is refused',
    given: { userRights: lacking, eventLogFiles: refusal() },
    status: 'fail',
    detail: 'neither "View Event Log Files" nor "View All Data"',
    data: { viewEventLogFiles: false, viewAllData: false },
  },
  {
    fact: 'fails without both permissions when the query lists nothing',
    given: { userRights: lacking, eventLogFiles: none },
    status: 'fail',
  },
  {
    fact: 'is left to data-event-log-files when the rights are hidden and the query is refused',
    given: { userRights: undefined, eventLogFiles: refusal() },
    status: 'skip',
    blockedBy: 'data-event-log-files',
  },
  {
    fact: 'says that nothing tells when the rights are hidden and the query lists nothing',
    given: { userRights: undefined, eventLogFiles: none },
    status: 'skip',
    detail: 'does not show what the user may do',
  },
]);
