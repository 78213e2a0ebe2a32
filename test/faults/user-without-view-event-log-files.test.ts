import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the user may not see event log files', {
  set: presets['user-without-view-event-log-files'],
  speaks: { 'user-event-log-files': 'fail' },
  says: 'neither "View Event Log Files" nor "View All Data"',
  fix: 'integration@acme.com > System Permissions: select "View Event Log Files"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.permissions.viewEventLogFiles = true),
});
