import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no licence for stored events', {
  set: presets['no-real-time-licence'],
  speaks: { 'data-login-events': 'warn' },
  says: 'the org lacks the licence for these events',
  fix: 'without the licence ask CyTech Support',
  mend: ({ emulator }) => void (emulator.org.facts.licences.realTimeEventMonitoring = true),
});
