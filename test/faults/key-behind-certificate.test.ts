import { describeFileFault, replaceKey } from './file-fault.ts';

describeFileFault({
  fact: 'certificate and key in one file, which sf reads and the collector does not',
  set: replaceKey('keys/rsa2048.crt', 'keys/rsa2048.key'),
  spoken: { 'key-first-block': 'fail' },
  detail: 'begins with the block "CERTIFICATE"',
  fix: 'openssl pkey -in',
  tokenRequests: 1,
  exit: 1,
});
