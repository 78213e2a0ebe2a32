import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E11, the user is inactive', {
  set: scenarios.E11,
  login: { says: 'invalid_grant: inactive user', action: 'activate or unfreeze', causes: ['user-inactive'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'activate or unfreeze' },
});
