import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E15, the app is not installed', {
  set: scenarios.E15,
  login: {
    says: 'invalid_client: app must be installed into org',
    action: 'Approve Uninstalled Connected Apps',
    causes: ['app-not-installed'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'nstall the app' },
});
