import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { App, Emulator, User } from './index.ts';
import { fixture } from './test-client.ts';

/** An org in which the app of the example may use every grant. */
export async function openFlows(): Promise<{ emulator: Emulator; app: App; user: User }> {
  const emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  presets['all-flows-on'](emulator);
  const app = emulator.org.app(example.clientId) as App;
  return { emulator, app, user: emulator.org.user(example.username) as User };
}
