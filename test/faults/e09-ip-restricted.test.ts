import { example, scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E9, the address is restricted', {
  set: scenarios.E9,
  login: { says: 'invalid_grant: ip restricted', action: 'Login IP Ranges', causes: ['ip-restricted', 'login-hours'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login IP Ranges' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'history     Failed: IP Address Not Allowed',
    fix: 'Login IP Ranges',
    mend: ({ emulator }) => void (emulator.org.app(example.clientId)!.ipRestricted = false),
  },
});
