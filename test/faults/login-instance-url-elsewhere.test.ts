import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the org has moved to another instance URL', {
  set: presets['instance-url-elsewhere'],
  speaks: { 'login-instance-url': 'fail' },
  says: 'Salesforce names https://127.0.0.1',
  fix: 'sf aquila login --username integration@acme.com',
  mend: (scene) => scene.loginAgain(),
});
