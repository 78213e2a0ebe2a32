import { join } from 'node:path';
import { example, exampleOrg, startEmulator, writeTlsCertificate } from '../../test/emulator/index.ts';
import { storeAdmin } from '../../test/org/stored-admin.ts';
import { newFolder, run, workshop } from './run.ts';
import type { Bench, Target } from './section.ts';
import { emptyPlugin } from './start.ts';

const root = join(import.meta.dirname, '..', '..');

/** What an admin's commands for the app take, against the loopback org, by the start of a command which does nothing. */
export async function app({ measure, pairs }: Bench): Promise<Target[]> {
  const empty = await emptyPlugin();
  const emulator = await startEmulator({ ...exampleOrg(), apps: [] });
  try {
    const { org, calls } = emulator;
    org.permissionSets.add(example.permissionSet);
    await storeAdmin(emulator, example.admin, 'admin', workshop);
    const env = {
      NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, newFolder()),
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      NO_PROXY: 'localhost',
    };
    const sf = (plugin: string, ...words: string[]): Promise<void> =>
      run(process.execPath, [join(plugin, 'bin', 'run.js'), 'aquila', ...words], { cwd: workshop, env });

    const certificate = ['--certificate-file', join(root, 'test', 'fixtures', 'keys', 'rsa2048.crt')];
    const user = ['--target-org', 'admin', '--username', example.username, ...certificate];
    const wish = [...user, '--contact-email', 'soc@acme.com', '--permission-set', example.permissionSet];
    const create = (): Promise<void> => sf(root, 'app', 'create', ...wish);
    const createAnew = (): Promise<void> => {
      org.apps.length = 0;
      return create();
    };
    // In this order: each finds the org as the one before it has left it.
    const cases: Array<[what: string, work: () => Promise<void>]> = [
      ['sf aquila app create, a new app', createAnew],
      ['sf aquila app create, nothing to do', create],
      ['sf aquila app check', () => sf(root, 'app', 'check', ...user)],
    ];
    for (const [what, work] of cases) {
      calls.clear();
      await work();
      const requests = calls.length;
      await measure(`${what}, ${requests} requests`, 'an empty command', [work, () => sf(empty, 'empty')], pairs(11));
    }
    return [];
  } finally {
    await emulator.stop();
  }
}
