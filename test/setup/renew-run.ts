import type { Network } from '../../src/org/http.ts';
import { renew } from '../../src/setup/renew.ts';
import type { RenewResult, RenewTalk } from '../../src/setup/renew-talk.ts';
import { example } from '../emulator/index.ts';

/** Nobody there to ask, and nothing shown. */
const silent: RenewTalk = {
  askAdmin: undefined,
  secrets: { passphrase: () => Promise.resolve(undefined), keystorePassword: () => Promise.resolve('correct horse') },
  showPlan: () => undefined,
  confirm: undefined,
  openStages: () => Promise.resolve({ goTo: () => undefined, end: () => undefined, fail: () => undefined }),
};

/** What is renewed: the certificate alone, the key with it, or the key in a second app. */
export const renewalWays = ['renew', 'rekey', 'side-by-side'] as const;
export type RenewalWay = (typeof renewalWays)[number];

/** The work of `sf aquila cert renew` without the framework around it. */
export async function runRenew(way: RenewalWay, network: Network): Promise<RenewResult> {
  const { result } = await renew(
    {
      ...{ targetOrg: example.username, adminOrg: 'admin', name: undefined, ifNeeded: false, warnDays: 60, days: 365 },
      ...{ rekey: way === 'rekey', sideBySide: way === 'side-by-side', wait: 0, dryRun: false },
    },
    network,
    silent
  );
  return result;
}
