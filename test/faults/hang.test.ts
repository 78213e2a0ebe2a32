import { describeFault } from './fault.ts';

describeFault('the org never answers', {
  set: ({ faults }) => {
    faults.set({ kind: 'hang' });
  },
  seconds: 1,
  login: { code: 'RequestTimedOut', says: 'did not answer within 1 seconds', action: 'SF_AQUILA_HTTP_TIMEOUT' },
  verify: { speaks: { 'host-reachable': 'fail' }, fix: 'status.salesforce.com' },
  withAdmin: {
    speaks: { 'host-reachable': 'fail' },
    says: 'did not answer within 1 seconds',
    fix: 'status.salesforce.com',
    mend: (scene) => {
      scene.emulator.faults.clear();
      scene.seconds = undefined;
    },
  },
});
