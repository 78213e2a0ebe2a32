import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E14, client credentials', {
  set: scenarios.E14,
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
    speaks: { 'login-accepted': 'fail' },
    says: 'ruled out   wrong key (the app holds this certificate)',
    fix: 'gateway',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
