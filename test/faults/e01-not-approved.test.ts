import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E1, users authorise themselves and this one never did', {
  set: scenarios.E1,
  login: {
    says: "invalid_grant: user hasn't approved this consumer",
    action: 'Permitted Users',
    causes: ['not-pre-authorised', 'not-replicated', 'wrong-host', 'approvals-gone', 'scope-missing', 'wrong-username'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Permitted Users' },
});
