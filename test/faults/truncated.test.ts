import { describeFault } from './fault.ts';

describeFault('the answer of the org is half of one', {
  set: ({ faults }) => {
    faults.set({ kind: 'truncated', path: '/services/oauth2/token' });
  },
  login: { says: 'an answer that is not JSON', causes: ['not-a-token-endpoint', 'maintenance'], action: 'My Domain' },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'an answer that is not JSON',
    fix: 'My Domain',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
