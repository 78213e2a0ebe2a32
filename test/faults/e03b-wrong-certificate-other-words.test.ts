import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E3b, the same in other words', {
  set: scenarios.E3b,
  login: {
    says: 'invalid_client: invalid client credentials',
    action: 'upload the certificate that was made with this key',
    causes: ['key-mismatch', 'client-secret'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'upload the certificate' },
});
