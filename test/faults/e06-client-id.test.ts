import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E6, the app was deleted', {
  set: scenarios.E6,
  login: {
    says: 'invalid_client_id: client identifier invalid',
    action: 'Copy the consumer key again',
    causes: ['wrong-client-id', 'wrong-host', 'not-replicated'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'opy the consumer key' },
  withAdmin: {
    speaks: { 'app-found': 'fail' },
    says: 'no app with this client id',
    fix: '--client-id CLIENT_ID',
    mend: (scene) => scene.loginWithNewApp(),
  },
});
