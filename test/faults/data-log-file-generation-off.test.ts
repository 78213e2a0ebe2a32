import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no log files are generated', {
  set: presets['event-log-file-generation-off'],
  speaks: { 'data-event-log-files': 'warn' },
  says: 'the org does not generate log files',
  fix: 'switch on "Generate event log files"',
  mend: ({ emulator }) => void (emulator.org.facts.generateEventLogFiles = true),
});
