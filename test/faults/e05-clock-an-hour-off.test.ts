import { scenarios } from '../emulator/index.ts';
import { describeFault } from './fault.ts';

describeFault('E5, this clock is an hour behind the org', {
  set: scenarios.E5,
  login: {
    says: 'The clock of this machine is 60 min behind the clock of the host.',
    causes: ['clock'],
    action: 'Set the clock',
  },
  verify: { speaks: { 'host-clock': 'fail' }, fix: 'clock' },
  withAdmin: {
    speaks: { 'host-clock': 'fail' },
    says: 'behind the clock of the host',
    fix: 'set the clock of this machine by a time service',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
