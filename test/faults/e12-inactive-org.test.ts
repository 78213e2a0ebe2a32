import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E12, the org is inactive', {
  set: scenarios['E12-org'],
  login: { says: 'inactive_org', action: 'Salesforce support', causes: ['org-inactive'] },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'Salesforce support' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'the org is inactive or locked',
    fix: 'Salesforce support',
    mend: ({ emulator }) => void (emulator.org.facts.active = true),
  },
});
