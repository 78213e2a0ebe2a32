import { scenarios } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('E21, a passing 500', {
  set: scenarios.E21,
  speaks: { 'login-accepted': 'fail' },
  says: 'HTTP 500, an empty answer',
  fix: 'status.salesforce.com',
  mend: () => undefined,
});
