import { describeFault } from './fault.ts';

describeFault('this clock is ten minutes behind the org', {
  set: ({ faults }) => {
    faults.set({ kind: 'clockOffset', seconds: 600 });
  },
  login: {
    says: 'invalid_grant: expired authorization code',
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
