import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E1, users authorise themselves and this one never did', {
  set: scenarios.E1,
  login: {
    says: "invalid_grant: user hasn't approved this consumer",
    action: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
    causes: ['not-pre-authorised', 'not-replicated', 'wrong-host', 'approvals-gone', 'scope-missing', 'wrong-username'],
  },
  verify: {
    speaks: { 'login-accepted': 'fail' },
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
  },
  withAdmin: {
    speaks: { 'app-permitted-users': 'fail' },
    says: 'found      All users may self-authorize',
    fix: 'sf aquila app create --target-org admin --name AQUILA',
    mend: 'command',
  },
});
