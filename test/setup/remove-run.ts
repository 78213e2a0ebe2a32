import type { Network } from '../../src/org/http.ts';
import { remove, type RemoveResult } from '../../src/setup/remove.ts';
import { example } from '../emulator/index.ts';

/** The work of `sf aquila remove --files --no-prompt` without the framework around it. */
export async function runRemove(network: Network): Promise<RemoveResult> {
  const { result } = await remove(
    {
      ...{ targetOrg: 'admin', name: 'AQUILA', username: example.username, files: true },
      ...{ dryRun: false, noPrompt: true },
    },
    network,
    {
      ...{ showPlan: () => undefined, confirm: undefined, onInterruption: () => () => undefined },
      keystorePassword: () => Promise.resolve('changeit'),
      openStages: () => Promise.resolve({ goTo: () => undefined, end: () => undefined, fail: () => undefined }),
    }
  );
  return result;
}
