import check from '../../../src/checks/key/key-rsa.ts';
import { describeCheck } from '../describe-check.ts';
import { fixture, keyFile } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with RSA 2048', given: { keyFile: keyFile() }, status: 'pass', data: { bits: 2048 } },
  {
    fact: 'fails with an EC key',
    given: { keyFile: keyFile(fixture('checks/ec.key')) },
    status: 'fail',
    detail: 'elliptic curve',
    data: { code: 'KeyFileIsEc' },
    fix: 'sf aquila cert create',
  },
  {
    fact: 'fails with RSA 1024, and names the bits',
    given: { keyFile: keyFile(fixture('checks/rsa1024.key')) },
    status: 'fail',
    detail: '1024',
    data: { code: 'KeyFileTooShort' },
    fix: 'sf aquila cert create',
  },
  {
    fact: 'leaves an encrypted key to key-unencrypted, since its kind is hidden',
    given: { keyFile: keyFile(fixture('checks/encrypted.key')) },
    status: 'skip',
    blockedBy: 'key-unencrypted',
  },
  {
    fact: 'leaves a file without a key to key-readable',
    given: { keyFile: keyFile(Buffer.from('nothing')) },
    status: 'skip',
    blockedBy: 'key-readable',
  },
]);
