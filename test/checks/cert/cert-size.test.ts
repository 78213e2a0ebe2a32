import check from '../../../src/checks/cert/cert-size.ts';
import { describeCheck } from '../describe-check.ts';
import { certificate, fixture } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with a usual certificate', given: { certificate: certificate() }, status: 'pass' },
  {
    fact: 'passes with a file of 4096 bytes',
    given: { certificate: certificate(undefined, { size: 4096 }) },
    status: 'pass',
  },
  {
    fact: 'warns with a file of 4097 bytes around a short certificate',
    given: { certificate: certificate(undefined, { size: 4097 }) },
    status: 'warn',
    detail: 'has 4097 bytes, the limit is 4096',
  },
  {
    fact: 'warns with a chain, since the app takes one certificate',
    given: { certificate: certificate(undefined, { chainLength: 3 }) },
    status: 'warn',
    detail: 'holds 3 certificates',
  },
  {
    fact: 'fails when the certificate alone is too long even as DER',
    given: { certificate: certificate(fixture('checks/long.crt')) },
    status: 'fail',
    detail: '4452 bytes even as DER',
  },
]);
