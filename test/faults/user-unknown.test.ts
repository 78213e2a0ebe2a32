import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('nobody has the username', {
  set: presets['user-unknown'],
  speaks: { 'user-active': 'fail' },
  says: 'Nobody in the org has the username',
  fix: 'Or find it: sf data query --target-org admin',
  mend: ({ emulator }) => void (emulator.org.user('somebody.else@acme.com')!.username = example.username),
});
