import check from '../../../src/checks/key/key-private-mode.ts';
import { describeCheck } from '../describe-check.ts';
import { keyFile } from '../example-facts.ts';

const key = undefined;

describeCheck(check, [
  {
    fact: 'passes with 0600',
    given: { keyFile: keyFile(key, 0o600), posix: true },
    status: 'pass',
    data: { mode: '0600' },
  },
  { fact: 'passes with 0400', given: { keyFile: keyFile(key, 0o400), posix: true }, status: 'pass' },
  {
    fact: 'warns with 0644, and names file and mode',
    given: { keyFile: keyFile(key, 0o644), posix: true },
    status: 'warn',
    detail: '/home/you/aquila/server.key has mode 0644',
    data: { mode: '0644' },
  },
  { fact: 'warns when the group may write', given: { keyFile: keyFile(key, 0o620), posix: true }, status: 'warn' },
  { fact: 'is skipped on Windows', given: { keyFile: keyFile(key, 0o666), posix: false }, status: 'skip' },
  {
    fact: 'judges the mode of a file without a key too',
    given: { keyFile: keyFile(Buffer.from('nothing'), 0o644), posix: true },
    status: 'warn',
  },
]);
