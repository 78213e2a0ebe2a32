import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E4, the audience is not accepted', {
  set: scenarios.E4,
  login: { says: 'invalid_grant: audience is invalid', action: 'My Domain', causes: ['audience-mismatch'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'likely      the audience',
    fix: 'My Domain',
    mend: ({ emulator }) => void (emulator.switches.documentedAudiences = true),
  },
});
