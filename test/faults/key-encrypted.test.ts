import { describeFileFault, replaceKey, withoutKey } from './file-fault.ts';

describeFileFault({
  fact: 'an encrypted key',
  set: replaceKey('checks/encrypted.key'),
  spoken: withoutKey('key-unencrypted', ['key-rsa', 'key-first-block']),
  detail: 'protected by a passphrase',
  fix: 'openssl pkey -in',
  tokenRequests: 0,
  exit: 1,
});
