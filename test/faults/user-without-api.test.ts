import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the user may not use the API', {
  set: presets['user-without-api'],
  speaks: { 'user-api-enabled': 'fail' },
  says: 'lacks the permission "API Enabled"',
  fix: 'integration@acme.com > System Permissions: select "API Enabled"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.permissions.apiEnabled = true),
});
