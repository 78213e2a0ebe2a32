import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the administrator may not see apps', {
  set: presets['admin-without-app-permissions'],
  speaks: { 'app-found': 'unknown' },
  says: 'View all External Client Apps',
  fix: 'View all External Client Apps',
  mend: ({ emulator }) => void (emulator.org.user(example.admin)!.permissions.externalClientAppViewer = true),
});
