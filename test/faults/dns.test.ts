import { findNoInvalidNames } from '../org/invalid-names.ts';
import { describeFault } from './fault.ts';

describe('a name below .invalid', () => {
  let undo: () => void;
  before(() => {
    undo = findNoInvalidNames();
  });
  after(() => undo());

  describeFault('the name of the host is not known', {
    set: () => undefined,
    instanceUrl: () => 'https://no-such-org.invalid',
    login: { code: 'HostNotFound', says: 'no-such-org.invalid', action: 'My Domain' },
    verify: { speaks: { 'host-reachable': 'fail' }, fix: 'My Domain' },
    withAdmin: {
      speaks: { 'host-reachable': 'fail' },
      says: 'no-such-org.invalid',
      fix: 'My Domain',
      mend: (scene) => scene.moveLogin('https://no-such-org.invalid', scene.emulator.myDomainUrl),
    },
  });
});
