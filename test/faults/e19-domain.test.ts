import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E19, not supported on this domain', {
  set: scenarios.E19,
  login: { says: 'invalid_grant: request not supported on this domain', action: 'My Domain', causes: ['wrong-host'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login History' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'ruled out   wrong host',
    fix: 'Login History',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
