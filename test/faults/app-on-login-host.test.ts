import { describeFault } from './fault.ts';

describeFault('E7, an external client app asked for through the login host', {
  set: () => undefined,
  instanceUrl: ({ loginUrl }) => loginUrl,
  otherHost: true,
  login: {
    says: 'app_not_found: External client app is not installed in this org',
    action: 'My Domain',
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'ruled out',
    fix: 'My Domain',
    mend: (scene) => scene.moveLogin(scene.emulator.loginUrl, scene.emulator.myDomainUrl),
  },
});
