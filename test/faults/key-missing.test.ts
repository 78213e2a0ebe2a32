import { rmSync } from 'node:fs';
import { describeFileFault, withoutKey } from './file-fault.ts';

describeFileFault({
  fact: 'no key file',
  set: ({ login }) => rmSync(login.keyPath ?? ''),
  spoken: withoutKey('key-readable', ['key-unencrypted', 'key-rsa', 'key-first-block', 'key-private-mode']),
  detail: 'There is no private key file',
  fix: 'put the key back at this path\nif the good key lies at another path, log in with it: sf aquila login',
  tokenRequests: 0,
  exit: 1,
});
