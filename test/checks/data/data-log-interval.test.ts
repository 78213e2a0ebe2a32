import check from '../../../src/checks/data/data-log-interval.ts';
import { describeCheck } from '../describe-check.ts';
import { eventLogFiles, refusal } from '../example-facts.ts';

const counted = (hourly: number, daily: number) => ({ eventLogFiles: eventLogFiles({ hourly, daily }) });

describeCheck(check, [
  {
    fact: 'passes with hourly and daily log files',
    given: counted(168, 14),
    status: 'pass',
    detail: 'log_file_interval Hourly, the default, is right',
    data: { logFileInterval: 'Hourly' },
  },
  {
    fact: 'passes with a single hourly one',
    given: counted(1, 14),
    status: 'pass',
    data: { logFileInterval: 'Hourly' },
  },
  { fact: 'passes before the first day has ended', given: counted(3, 0), status: 'pass' },
  {
    fact: 'warns with daily ones only, names the value to set, and what hourly ones possibly need',
    given: counted(0, 14),
    status: 'warn',
    detail: /log_file_interval must be Daily[^]*\npossibly {4}the org lacks the Event Monitoring add-on/,
    data: { logFileInterval: 'Daily' },
  },
  { fact: 'warns with a single daily one', given: counted(0, 1), status: 'warn' },
  { fact: 'recommends nothing where there is no log file', given: counted(0, 0), status: 'skip' },
  {
    fact: 'leaves a refused query to data-event-log-files',
    given: { eventLogFiles: refusal() },
    status: 'skip',
    blockedBy: 'data-event-log-files',
  },
]);
