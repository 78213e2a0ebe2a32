import { join } from 'node:path';
import { verifyOne } from '../../src/probes/verify.ts';
import type { Network } from '../../src/org/http.ts';
import { setup } from '../../src/setup/setup.ts';
import type { SetupResult, SetupTalk } from '../../src/setup/setup-talk.ts';
import { example } from '../emulator/index.ts';

/** Nobody there to ask, and nothing shown. */
const silent: SetupTalk = {
  questions: undefined,
  showPlan: () => undefined,
  confirm: undefined,
  mayChangeForeign: undefined,
  keystoreChoice: (types) => Promise.resolve({ types, alias: 'aquila', password: 'changeit', compat: false }),
  openStages: () => Promise.resolve({ goTo: () => undefined, end: () => undefined, fail: () => undefined }),
  onInterruption: () => () => undefined,
};

/** The work of `sf aquila setup` without the framework around it, in a home with an administrator's login. */
export async function runSetup(home: string, folder: string, network: Network): Promise<SetupResult> {
  const proof = {
    verify: (target: { username: string; adminOrg: string; certificateFile: string }) =>
      verifyOne({ ...target, wait: 0, network, platform: process.platform }),
    diagnosis: () => 'the diagnosis of a test',
  };
  const { result } = await setup(
    {
      ...{ targetOrg: 'admin', username: example.username, name: 'AQUILA', contactEmail: 'soc@acme.com' },
      ...{
        permissionSets: [],
        profiles: [],
        sessionTimeout: undefined,
        createPermissionSet: true,
        subject: undefined,
        outputDir: folder,
      },
      ...{ keyFile: undefined, certificateFile: undefined, keystores: undefined, clientId: undefined },
      ...{
        alias: 'aquila',
        keyPath: '/etc/aquila/server.pem',
        bundle: join(home, 'aquila.zip'),
        wait: 0,
        dryRun: false,
      },
    },
    network,
    silent,
    proof
  );
  return result;
}
