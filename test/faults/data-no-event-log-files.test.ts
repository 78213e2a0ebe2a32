import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no log files yet', {
  set: presets['no-event-log-files'],
  speaks: { 'data-event-log-files': 'warn' },
  says: '0 hourly and 0 daily log files',
  fix: 'Generate event log files',
  mend: ({ emulator }) => void emulator.org.addEventLogFile({ eventType: 'Login', interval: 'Hourly' }),
});
