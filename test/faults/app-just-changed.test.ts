import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the app was changed a moment ago', {
  set: presets['app-just-changed'],
  speaks: { 'login-accepted': 'fail' },
  says: 'ruled out   wrong client id (an app of the org has it)',
  fix: 'wait ten minutes',
  mend: ({ emulator }) => void (emulator.switches.propagationSeconds = 0),
});
