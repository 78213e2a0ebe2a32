import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('daily log files only', {
  set: presets['no-hourly-log-files'],
  speaks: { 'data-log-interval': 'warn' },
  says: 'log_file_interval must be Daily',
  fix: 'CyTech Support',
  mend: ({ emulator }) => void emulator.org.addEventLogFile({ eventType: 'Login', interval: 'Hourly' }),
});
