import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E8, the app lacks the refresh_token scope', {
  set: scenarios.E8,
  login: {
    says: 'invalid_request: refresh_token scope is required',
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME',
    causes: ['scope-missing', 'not-pre-authorised'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'sf aquila app create --target-org ADMIN --name APP_NAME' },
  withAdmin: {
    speaks: { 'app-scopes': 'fail' },
    says: 'missing    refresh_token',
    fix: 'sf aquila app create --target-org admin --name AQUILA',
    mend: 'command',
  },
});
