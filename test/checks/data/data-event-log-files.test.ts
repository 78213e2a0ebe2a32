import check from '../../../src/checks/data/data-event-log-files.ts';
import { describeCheck } from '../describe-check.ts';
import { eventLogFiles, refusal, userRights } from '../example-facts.ts';

const none = eventLogFiles({ hourly: 0, daily: 0, sample: undefined });
const lacking = userRights({ viewEventLogFiles: false });

describeCheck(check, [
  {
    fact: 'passes with log files, and counts them by interval',
    given: { eventLogFiles: eventLogFiles(), userRights: userRights() },
    status: 'pass',
    detail: '168 hourly and 14 daily log files of logins and logouts in the last 7 days',
    data: { hourly: 168, daily: 14 },
  },
  {
    fact: 'passes with a single daily one',
    given: { eventLogFiles: eventLogFiles({ hourly: 0, daily: 1 }), userRights: undefined },
    status: 'pass',
  },
  {
    fact: 'warns with none for a user who may see them, since a new org has none yet',
    given: { eventLogFiles: none, userRights: userRights() },
    status: 'warn',
    detail: 'possibly    the org does not generate log files\npossibly    the org is new',
  },
  {
    fact: 'warns with none when the rights are hidden',
    given: { eventLogFiles: none, userRights: refusal() },
    status: 'warn',
  },
  {
    fact: 'leaves an empty list to user-event-log-files when the permission is missing',
    given: { eventLogFiles: none, userRights: lacking },
    status: 'skip',
    blockedBy: 'user-event-log-files',
  },
  {
    fact: 'leaves a refusal to user-event-log-files when the permission is missing',
    given: { eventLogFiles: refusal(), userRights: lacking },
    status: 'skip',
    blockedBy: 'user-event-log-files',
    detail: 'Salesforce answered 400 INVALID_TYPE: sObject type is not supported.',
  },
  {
    fact: 'fails when the query is refused though the user has the permission, and names the licence',
    given: { eventLogFiles: refusal(), userRights: userRights() },
    status: 'fail',
    detail: 'possibly    the edition or the licences of the org',
    fix: 'Setup > Company Information',
  },
  {
    fact: 'fails with the words of the org alone, where those repeat the query and point into it',
    given: {
      eventLogFiles: refusal(
        'INVALID_TYPE',
        "\nSELECT Id FROM EventLogFile\n               ^\nERROR at Row:1:Column:16\nsObject type 'EventLogFile' is not supported."
      ),
      userRights: userRights(),
    },
    status: 'fail',
    detail: /^Salesforce answered 400 INVALID_TYPE: sObject type 'EventLogFile' is not supported\.\npossibly/,
  },
  {
    fact: 'fails with both causes in order when the rights are hidden',
    given: { eventLogFiles: refusal('INSUFFICIENT_ACCESS', 'no access', 403), userRights: undefined },
    status: 'fail',
    detail:
      'likely      the user lacks "View Event Log Files"\nor          the edition or the licences of the org do not include event log files',
    fix: 'select "View Event Log Files"\nSetup > Company Information',
  },
  {
    fact: 'fails with the words of any other refusal, and blames no permission',
    given: { eventLogFiles: refusal('UNKNOWN_EXCEPTION', 'try later', 500), userRights: lacking },
    status: 'fail',
    detail: /^Salesforce answered 500 UNKNOWN_EXCEPTION: try later$/,
  },
]);
