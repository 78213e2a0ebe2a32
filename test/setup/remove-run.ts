import type { Network } from '../../src/org/http.ts';
import { remove, type RemoveResult } from '../../src/setup/remove.ts';
import { example } from '../emulator/index.ts';

/** The work of `sf aquila remove --files --no-prompt` without the framework around it. */
export function runRemove(network: Network): Promise<RemoveResult> {
  return remove(
    {
      ...{ targetOrg: 'admin', name: 'AQUILA', username: example.username, files: true },
      ...{ keystorePassword: 'changeit', dryRun: false, noPrompt: true },
    },
    network,
    { showPlan: () => undefined, confirm: undefined, onInterruption: () => () => undefined }
  );
}
