import { describeFault } from './fault.ts';

describeFault('the connection is reset', {
  set: ({ faults }) => {
    faults.set({ kind: 'reset' });
  },
  login: { code: 'ConnectionLost', says: 'broke before an answer came', action: 'Try again' },
  verify: { speaks: { 'host-reachable': 'fail' }, fix: 'ry again' },
  withAdmin: {
    speaks: { 'host-reachable': 'fail' },
    says: 'broke before an answer came',
    fix: 'ry again',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
