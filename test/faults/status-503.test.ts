import { describeFault } from './fault.ts';

describeFault('the org answers 503 without a body', {
  set: ({ faults }) => {
    faults.set({ kind: 'status', status: 503 });
  },
  login: { says: 'HTTP 503, an empty answer', causes: ['maintenance', 'not-a-token-endpoint'], action: 'My Domain' },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'status.salesforce.com' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'HTTP 503, an empty answer',
    fix: 'status.salesforce.com',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
