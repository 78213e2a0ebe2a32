import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no Event Monitoring add-on', {
  set: presets['no-event-monitoring'],
  speaks: { 'data-log-interval': 'warn', 'data-login-events': 'warn' },
  says: 'the org lacks the Event Monitoring add-on or Shield',
  fix: 'log_file_interval to Daily',
  mend: ({ emulator }) => void (emulator.org.facts.licences = { eventMonitoring: true, realTimeEventMonitoring: true }),
});
