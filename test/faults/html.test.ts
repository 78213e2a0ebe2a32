import { describeFault } from './fault.ts';

describeFault('a page answers with 200', {
  set: ({ faults }) => {
    faults.set({ kind: 'html', status: 200, body: '<html><title>Log in to the hotel network</title></html>' });
  },
  login: { says: 'Log in to the hotel network', causes: ['not-a-token-endpoint', 'maintenance'], action: 'My Domain' },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'Log in to the hotel network',
    fix: 'My Domain',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
