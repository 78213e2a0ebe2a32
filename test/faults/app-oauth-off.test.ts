import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('OAuth of the app is off', {
  set: presets['app-oauth-off'],
  speaks: { 'app-enabled': 'fail' },
  says: 'OAuth off',
  fix: 'sf aquila app create --target-org admin --name AQUILA --certificate-file ',
  mend: 'command',
});
