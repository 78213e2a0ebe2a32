import { example, scenarios } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('E9 in the older words', {
  set: scenarios['E9-older'],
  speaks: { 'login-accepted': 'fail' },
  says: 'history     Failed: IP Address Not Allowed',
  fix: 'Login IP Ranges',
  mend: ({ emulator }) => void (emulator.org.app(example.clientId)!.ipRestricted = false),
});
