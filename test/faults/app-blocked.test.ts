import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the app is blocked', {
  set: presets['app-blocked'],
  speaks: { 'login-accepted': 'fail' },
  says: 'ruled out   missing approval (the user has it)',
  fix: 'Setup > Login History',
  mend: ({ emulator }) => void (emulator.org.app(example.clientId)!.blocked = false),
});
