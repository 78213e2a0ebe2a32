import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E3, the app holds the certificate of another key', {
  set: scenarios.E3,
  login: {
    says: 'invalid_grant: invalid assertion',
    action: 'upload the certificate that was made with this key',
    causes: ['key-mismatch', 'app-just-edited'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'upload the certificate' },
});
