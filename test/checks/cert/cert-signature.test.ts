import check from '../../../src/checks/cert/cert-signature.ts';
import { describeCheck } from '../describe-check.ts';
import { certificate, fixture } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes with SHA-256',
    given: { certificate: certificate() },
    status: 'pass',
    data: { signatureAlgorithm: 'sha256WithRSAEncryption' },
  },
  {
    fact: 'warns with SHA-384, which nobody documents',
    given: { certificate: certificate(fixture('checks/sha384.crt')) },
    status: 'warn',
    detail: 'sha384WithRSAEncryption',
  },
  {
    fact: 'fails with SHA-1',
    given: { certificate: certificate(fixture('checks/sha1.crt')) },
    status: 'fail',
    detail: 'sha1WithRSAEncryption',
  },
]);
