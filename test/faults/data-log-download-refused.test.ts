import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('downloads need View All Data', {
  set: presets['log-file-download-refused'],
  speaks: { 'data-log-download': 'fail' },
  says: '403 INSUFFICIENT_ACCESS',
  fix: 'integration@acme.com > System Permissions: select "View All Data"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.permissions.viewAllData = true),
});
