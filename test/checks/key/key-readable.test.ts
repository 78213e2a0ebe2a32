import check from '../../../src/checks/key/key-readable.ts';
import { describeCheck } from '../describe-check.ts';
import { fixture, keyFile } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with a PKCS#8 key', given: { keyFile: keyFile() }, status: 'pass' },
  {
    fact: 'passes with an encrypted key, of which key-unencrypted speaks',
    given: { keyFile: keyFile(fixture('checks/encrypted.key')) },
    status: 'pass',
  },
  {
    fact: 'passes with an EC key, of which key-rsa speaks',
    given: { keyFile: keyFile(fixture('checks/ec.key')) },
    status: 'pass',
  },
  {
    fact: 'fails with the certificate in place of the key, and names the file',
    given: { keyFile: keyFile(fixture('keys/rsa2048.crt')) },
    status: 'fail',
    detail: '/home/you/aquila/server.key holds a certificate',
    data: { code: 'KeyFileIsCertificate' },
    fix: 'Give the private key',
  },
  {
    fact: 'fails with an empty file',
    given: { keyFile: keyFile(Buffer.alloc(0)) },
    status: 'fail',
    detail: 'is empty',
    data: { code: 'KeyFileEmpty' },
  },
  {
    fact: 'fails with a key that was saved in UTF-16',
    given: { keyFile: keyFile(Buffer.from(`\uFEFF${fixture('keys/rsa2048.key').toString()}`, 'utf16le')) },
    status: 'fail',
    detail: 'UTF-16',
    data: { code: 'KeyFileUtf16' },
  },
]);
