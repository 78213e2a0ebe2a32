import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E20, a page in place of an answer', {
  set: scenarios.E20,
  login: {
    says: 'Data Not Available',
    action: 'status.salesforce.com',
    causes: ['maintenance', 'not-a-token-endpoint'],
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'status.salesforce.com' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'Data Not Available',
    fix: 'status.salesforce.com',
    mend: ({ emulator }) => void (emulator.org.facts.maintenance = false),
  },
});
