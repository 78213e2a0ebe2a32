import { X509Certificate } from 'node:crypto';
import check from '../../../src/checks/cert/cert-expires-later.ts';
import { describeCheck } from '../describe-check.ts';
import { certificate, fixture } from '../example-facts.ts';

const { validToDate } = new X509Certificate(fixture('keys/rsa2048.crt'));
const day = 86_400_000;
const before = (milliseconds: number, warnDays = 60) => {
  const now = new Date(validToDate.getTime() - milliseconds);
  return { certificate: certificate(undefined, {}, now), now, warnDays };
};

describeCheck(check, [
  { fact: 'passes with exactly 60 days left', given: before(60 * day), status: 'pass', data: { daysLeft: 60 } },
  {
    fact: 'warns one second later, with date and days',
    given: before(60 * day - 1000),
    status: 'warn',
    detail: 'expires on 2126-10-28, in 59 days',
    data: { daysLeft: 59, warnDays: 60, notAfter: '2126-10-28T19:58:00Z' },
  },
  { fact: 'counts a single day in the singular', given: before(day), status: 'warn', detail: 'in 1 day,' },
  { fact: 'passes to the last second with --warn-days 0', given: before(1000, 0), status: 'pass' },
  { fact: 'warns earlier with --warn-days 90', given: before(80 * day, 90), status: 'warn', data: { warnDays: 90 } },
  {
    fact: 'leaves a certificate that has ended to cert-in-validity',
    given: before(-1000),
    status: 'skip',
    blockedBy: 'cert-in-validity',
  },
]);
