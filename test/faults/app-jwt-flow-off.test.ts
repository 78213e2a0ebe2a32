import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the JWT flow of the app is off', {
  set: presets['jwt-flow-off'],
  speaks: { 'login-accepted': 'fail' },
  says: 'ruled out   wrong key (the app holds this certificate)',
  fix: 'wait ten minutes; if it stays, give the app its certificate again: sf aquila app create --target-org admin --name AQUILA',
  mend: ({ emulator }) => void (emulator.org.app(example.clientId)!.jwtBearer = true),
});
