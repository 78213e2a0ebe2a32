import { X509Certificate } from 'node:crypto';
import check from '../../../src/checks/cert/cert-in-validity.ts';
import { describeCheck } from '../describe-check.ts';
import { certificate, fixture } from '../example-facts.ts';

const { validFromDate, validToDate } = new X509Certificate(fixture('keys/rsa2048.crt'));
const seconds = (date: Date, count: number): Date => new Date(date.getTime() + count * 1000);
const at = (now: Date) => ({ certificate: certificate(undefined, {}, now), now });

describeCheck(check, [
  { fact: 'passes at notBefore', given: at(validFromDate), status: 'pass' },
  { fact: 'passes at notAfter', given: at(validToDate), status: 'pass' },
  {
    fact: 'fails one second after notAfter, and does not claim that Salesforce refuses it',
    given: at(seconds(validToDate, 1)),
    status: 'fail',
    detail: 'it ended at 2126-10-28T19:58:00Z; whether Salesforce still accepts it is not certain',
  },
  {
    fact: 'fails one second before notBefore, where the clock may be the reason',
    given: at(seconds(validFromDate, -1)),
    status: 'fail',
    detail: 'or the clock of this machine is behind',
  },
]);
