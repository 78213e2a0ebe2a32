import check from '../../../src/checks/data/data-api-limit.ts';
import { describeCheck } from '../describe-check.ts';
import { refusal } from '../example-facts.ts';

const left = (remaining: number, max = 100_000) => ({ apiLimit: { remaining, max } });

describeCheck(check, [
  {
    fact: 'passes with many, and counts them',
    given: left(99_000),
    status: 'pass',
    detail: '99000 of 100000 requests in 24 hours are left',
    data: { remaining: 99_000, max: 100_000 },
  },
  { fact: 'passes with just what the collector sends in a day', given: left(1200), status: 'pass' },
  {
    fact: 'warns with one less',
    given: left(1199),
    status: 'warn',
    detail: 'the collector sends about 1200 a day',
  },
  { fact: 'warns with a single one', given: left(1), status: 'warn' },
  { fact: 'fails with none', given: left(0), status: 'fail', detail: '0 of 100000 requests' },
  { fact: 'fails with less than none', given: left(-5), status: 'fail' },
  {
    fact: 'fails when the org refuses because of it',
    given: { apiLimit: refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403) },
    status: 'fail',
    detail: 'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.',
  },
  {
    fact: 'is left out where the user may not see it, which the collector need not, and says what would unlock it',
    given: { apiLimit: refusal('INSUFFICIENT_ACCESS', 'insufficient access rights', 403) },
    status: 'skip',
    detail: /"View Setup and Configuration"[^]*--admin-org/,
  },
  { fact: 'is left out where the org names no such limit', given: { apiLimit: undefined }, status: 'skip' },
]);
