import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E12, the user is inactive, as documented', {
  set: scenarios.E12,
  login: { says: 'inactive_user', action: 'activate or unfreeze', causes: ['user-inactive'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'activate or unfreeze' },
});
