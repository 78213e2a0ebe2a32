import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E2, the permission set is not assigned', {
  set: scenarios.E2,
  login: {
    says: 'invalid_app_access: user is not admin approved to access this app',
    action: 'permission set',
    causes: ['not-pre-authorised'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'permission set' },
});
