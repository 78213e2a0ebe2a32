import check from '../../../src/checks/key/key-unencrypted.ts';
import { describeCheck } from '../describe-check.ts';
import { fixture, keyFile } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with a plain key', given: { keyFile: keyFile() }, status: 'pass' },
  { fact: 'passes with a plain EC key', given: { keyFile: keyFile(fixture('checks/ec.key')) }, status: 'pass' },
  {
    fact: 'fails with a key under a passphrase, and says how to write a plain copy',
    given: { keyFile: keyFile(fixture('checks/encrypted.key')) },
    status: 'fail',
    detail: 'protected by a passphrase',
    data: { code: 'KeyFileEncrypted' },
    fix: 'openssl pkey -in /home/you/aquila/server.key',
  },
  {
    fact: 'leaves a file without a key to key-readable',
    given: { keyFile: keyFile(Buffer.from('nothing')) },
    status: 'skip',
    blockedBy: 'key-readable',
  },
]);
