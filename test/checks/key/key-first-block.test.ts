import check from '../../../src/checks/key/key-first-block.ts';
import { describeCheck } from '../describe-check.ts';
import { fixture, keyFile } from '../example-facts.ts';

const key = fixture('keys/rsa2048.key');
const certificate = fixture('keys/rsa2048.crt');

describeCheck(check, [
  {
    fact: 'passes with the key alone',
    given: { keyFile: keyFile() },
    status: 'pass',
    data: { firstBlock: 'PRIVATE KEY' },
  },
  {
    fact: 'passes with the key before the certificate',
    given: { keyFile: keyFile(Buffer.concat([key, certificate])) },
    status: 'pass',
  },
  {
    fact: 'fails with the certificate before the key, which sf would still read',
    given: { keyFile: keyFile(Buffer.concat([certificate, key])) },
    status: 'fail',
    detail: 'begins with the block "CERTIFICATE"',
    data: { firstBlock: 'CERTIFICATE' },
  },
  {
    fact: 'fails behind a byte order mark',
    given: { keyFile: keyFile(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), key])) },
    status: 'fail',
    detail: 'byte order mark',
  },
  {
    fact: 'leaves an encrypted key to key-unencrypted',
    given: { keyFile: keyFile(fixture('checks/encrypted.key')) },
    status: 'skip',
    blockedBy: 'key-unencrypted',
  },
  {
    fact: 'leaves an EC key to key-rsa',
    given: { keyFile: keyFile(fixture('checks/ec.key')) },
    status: 'skip',
    blockedBy: 'key-rsa',
  },
]);
