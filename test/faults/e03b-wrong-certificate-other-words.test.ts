import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E3b, the same in other words', {
  set: scenarios.E3b,
  login: {
    says: 'invalid_client: invalid client credentials',
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
    causes: ['key-mismatch', 'client-secret'],
  },
  verify: {
    speaks: { 'login-accepted': 'fail' },
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
  },
  withAdmin: {
    speaks: { 'app-certificate': 'fail' },
    says: 'other2048',
    fix: 'sf aquila app create --target-org admin --name AQUILA --certificate-file ',
    mend: 'command',
  },
});
