import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E22, activation', {
  set: scenarios.E22,
  login: { says: 'invalid_grant: activation secret invalid', action: 'browser', causes: ['activation'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'browser' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'activation',
    fix: 'log in once with the browser',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
