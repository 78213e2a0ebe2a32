import { example, scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E11, the user is inactive', {
  set: scenarios.E11,
  login: { says: 'invalid_grant: inactive user', action: 'activate or unfreeze', causes: ['user-inactive'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'activate or unfreeze' },
  withAdmin: {
    speaks: { 'user-active': 'fail' },
    says: 'the user is inactive',
    fix: 'integration@acme.com > Edit: select "Active"',
    mend: ({ emulator }) => void (emulator.org.user(example.username)!.active = true),
  },
});
