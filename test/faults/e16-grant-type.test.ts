import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E16, not a token endpoint for this grant', {
  set: scenarios.E16,
  login: {
    says: 'unsupported_grant_type: grant type not supported',
    action: 'My Domain',
    causes: ['not-a-token-endpoint'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login History' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'ruled out   not a token endpoint',
    fix: 'Login History',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
