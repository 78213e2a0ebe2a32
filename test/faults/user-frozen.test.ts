import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the user is frozen', {
  set: presets['user-frozen'],
  speaks: { 'user-active': 'fail' },
  says: 'the user is frozen',
  fix: 'integration@acme.com: click "Unfreeze"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.frozen = false),
});
