import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the administrator may not read metadata', {
  set: presets['admin-without-modify-metadata'],
  speaks: { 'app-found': 'unknown' },
  says: 'Modify Metadata Through Metadata API Functions',
  fix: 'Modify Metadata Through Metadata API Functions',
  mend: ({ emulator }) => void (emulator.org.user(example.admin)!.permissions.modifyMetadata = true),
});
