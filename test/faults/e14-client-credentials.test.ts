import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E14, client credentials', {
  set: scenarios.E14,
  login: {
    says: 'invalid_client: invalid client credentials',
    action: 'upload the certificate',
    causes: ['key-mismatch', 'client-secret'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'upload the certificate' },
});
