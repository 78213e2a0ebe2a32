import { describeFault } from './fault.ts';

describeFault('the org sends the request on to another origin', {
  set: ({ faults, loginUrl }) => {
    faults.set({ kind: 'redirect', to: loginUrl, status: 307, face: 'my-domain' });
  },
  login: { code: 'RedirectRefused', says: 'A login is never redirected', action: 'My Domain' },
  verify: { speaks: { 'host-reachable': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'host-reachable': 'fail' },
    says: 'A login is never redirected',
    fix: 'My Domain',
    mend: ({ emulator }) => emulator.faults.clear(),
  },
});
