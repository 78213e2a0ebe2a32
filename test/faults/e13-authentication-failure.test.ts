import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E13, authentication failure', {
  set: scenarios.E13,
  login: {
    says: 'invalid_grant: authentication failure',
    action: 'Login History',
    causes: ['password-or-lock', 'wrong-username'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login History' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'ruled out   wrong username (a user of the org has it)',
    fix: 'Login History',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
