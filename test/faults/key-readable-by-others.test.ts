import { chmodSync } from 'node:fs';
import { describeFileFault } from './file-fault.ts';

// Windows has no such modes.
if (process.platform !== 'win32') {
  describeFileFault({
    fact: 'a key that others may read',
    set: ({ login }) => chmodSync(login.keyPath ?? '', 0o644),
    spoken: { 'key-private-mode': 'warn' },
    detail: 'has mode 0644',
    fix: 'chmod 600 ',
    tokenRequests: 1,
    exit: 0,
  });
}
