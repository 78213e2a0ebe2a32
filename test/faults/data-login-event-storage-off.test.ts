import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no storage of LoginEvent', {
  set: presets['login-event-storage-off'],
  speaks: { 'data-login-events': 'warn' },
  says: 'storage of these events is switched off',
  fix: 'Setup > Event Manager > LoginEvent: select "Enable Storage"',
  mend: ({ emulator }) => void (emulator.org.facts.eventStorage.LoginEvent = true),
});
