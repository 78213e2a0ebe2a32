import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E3, the app holds the certificate of another key', {
  set: scenarios.E3,
  login: {
    says: 'invalid_grant: invalid assertion',
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
    causes: ['key-mismatch', 'app-just-edited'],
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
