import { describeFileFault, replaceKey, withoutKey } from './file-fault.ts';

describeFileFault({
  fact: 'the certificate in place of the key',
  set: replaceKey('keys/rsa2048.crt'),
  spoken: withoutKey('key-readable', ['key-unencrypted', 'key-rsa', 'key-first-block']),
  detail: 'holds a certificate',
  fix: 'Give the private key',
  tokenRequests: 0,
  exit: 1,
});
