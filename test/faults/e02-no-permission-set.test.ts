import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E2, the permission set is not assigned', {
  set: scenarios.E2,
  login: {
    says: 'invalid_app_access: user is not admin approved to access this app',
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
    causes: ['not-pre-authorised'],
  },
  verify: {
    speaks: { 'login-accepted': 'fail' },
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
  },
  withAdmin: {
    speaks: { 'user-preauthorized': 'fail' },
    says: 'approved by none; the app has permission set AQUILA',
    fix: 'sf aquila app create --target-org admin --name AQUILA --username integration@acme.com --permission-set AQUILA',
    mend: 'command',
  },
});
