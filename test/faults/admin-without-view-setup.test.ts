import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the administrator may not see Setup', {
  set: presets['admin-without-view-setup'],
  speaks: { 'user-preauthorized': 'unknown' },
  says: 'View Setup and Configuration',
  fix: 'View Setup and Configuration',
  mend: ({ emulator }) => void (emulator.org.user(example.admin)!.permissions.viewSetup = true),
});
