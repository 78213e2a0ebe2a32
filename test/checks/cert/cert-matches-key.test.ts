import check from '../../../src/checks/cert/cert-matches-key.ts';
import { describeCheck } from '../describe-check.ts';
import { certificate, fixture, keyFile } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes with the pair',
    given: { certificate: certificate(), keyFile: keyFile() },
    status: 'pass',
  },
  {
    fact: 'fails with the certificate of another key, and names both files',
    given: { certificate: certificate(fixture('keys/other2048.crt'), { belongsToKey: false }), keyFile: keyFile() },
    status: 'fail',
    detail: '/home/you/aquila/server.crt was made with another key than /home/you/aquila/server.key',
  },
  {
    fact: 'leaves an encrypted key to key-unencrypted',
    given: {
      certificate: certificate(undefined, { belongsToKey: undefined }),
      keyFile: keyFile(fixture('checks/encrypted.key')),
    },
    status: 'skip',
    blockedBy: 'key-unencrypted',
  },
]);
