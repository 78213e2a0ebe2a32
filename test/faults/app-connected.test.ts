import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the app is of the older kind', {
  set: presets['name-of-a-connected-app'],
  speaks: { 'app-kind': 'warn' },
  says: 'connected app, the older kind',
  fix: 'Migrate to External Client App',
  mend: ({ emulator }) =>
    void Object.assign(emulator.org.app(example.clientId)!, {
      kind: 'external-client-app',
      id: emulator.org.newId('0xI'),
    }),
});
