import { describeHostFault } from './host-fault.ts';

describeHostFault(
  'a redirect to another origin',
  { kind: 'redirect', to: 'https://evil.example.com' },
  'RedirectRefused'
);
