import { describeFileFault, replaceKey, withoutKey } from './file-fault.ts';

describeFileFault({
  fact: 'an EC key',
  set: replaceKey('checks/ec.key'),
  spoken: withoutKey('key-rsa', ['key-first-block']),
  detail: 'Salesforce takes RSA keys only',
  fix: 'sf aquila cert create',
  tokenRequests: 0,
  exit: 1,
});
