import { describeFault } from './fault.ts';

describeFault('a success without a token', {
  set: ({ faults }) => {
    faults.set({ kind: 'missingKeys', keys: ['access_token'], path: '/services/oauth2/token' });
  },
  login: { says: 'HTTP 200, without an error code', causes: [], action: 'Login History' },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login History' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'the answer is no whole grant',
    fix: 'Login History',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
