import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E4b, the audience is not accepted, as documented', {
  set: scenarios.E4b,
  login: { says: 'invalid_grant: Audience validation failed', action: 'My Domain', causes: ['audience-mismatch'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'likely      the audience',
    fix: 'My Domain',
    mend: ({ emulator }) => void (emulator.switches.documentedAudiences = true),
  },
});
