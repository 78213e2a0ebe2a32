import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E17, retry your request', {
  set: scenarios.E17,
  login: {
    says: 'unknown_error: retry your request',
    action: 'Try again',
    causes: ['transient', 'not-a-token-endpoint'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'ry again' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'Salesforce could not answer just now',
    fix: 'try again in a minute',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
