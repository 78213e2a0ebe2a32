import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E7, the app is disabled', {
  set: scenarios.E7,
  login: {
    says: 'app_not_found: External client app is not installed in this org',
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME',
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: '' },
  withAdmin: {
    speaks: { 'app-enabled': 'fail' },
    says: 'found      app disabled',
    fix: 'sf aquila app create --target-org admin --name AQUILA',
    mend: 'command',
  },
});
