import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the user may not see real-time events', {
  set: presets['user-without-real-time-events'],
  speaks: { 'user-real-time-events': 'fail' },
  says: 'the user lacks "View Real-Time Event Monitoring Data"',
  fix: 'integration@acme.com > System Permissions: select "View Real-Time Event Monitoring Data"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.permissions.viewRealTimeEventMonitoring = true),
});
