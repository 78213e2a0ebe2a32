import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E10, too many logins', {
  set: scenarios.E10,
  login: { says: 'invalid_grant: login rate exceeded', action: 'Login History', causes: ['login-rate'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Login History' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'history     Failed: Get Access Token Limit Exceeded',
    fix: 'wait an hour',
    mend: ({ emulator }) => void (emulator.org.facts.loginLimit = 3600),
  },
});
