import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the app has lost its certificate', {
  set: presets['no-certificate'],
  speaks: { 'login-accepted': 'fail' },
  says: 'its certificate was cleared by a deployment',
  fix: 'sf aquila app create --target-org admin --name AQUILA --certificate-file ',
  mend: 'command',
});
