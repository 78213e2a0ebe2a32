import { example, scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E15, the app is not installed', {
  set: scenarios.E15,
  login: {
    says: 'invalid_client: app must be installed into org',
    action: 'Approve Uninstalled Connected Apps',
    causes: ['app-not-installed'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'nstall the app' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'history     Package for this consumer is not installed',
    fix: 'install the app',
    mend: ({ emulator }) => void (emulator.org.app(example.clientId)!.installed = true),
  },
});
