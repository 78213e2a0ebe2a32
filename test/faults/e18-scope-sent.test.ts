import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E18, something adds a scope', {
  set: scenarios.E18,
  login: { says: 'invalid_request: scope parameter not supported', action: 'proxy', causes: ['scope-sent'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'proxy' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'a scope was sent',
    fix: 'proxy',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
