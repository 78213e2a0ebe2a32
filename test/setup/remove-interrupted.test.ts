import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { openNetwork, type Network } from '../../src/org/http.ts';
import type { RemoveResult } from '../../src/setup/remove.ts';
import { example, writeTlsCertificate } from '../emulator/index.ts';
import { commit, draftOf } from '../emulator/metadata/store.ts';
import { inHome } from '../org/home.ts';
import { AppOrg } from './app-org.ts';
import { dyingAfter } from './dying-network.ts';
import { ageLocks, isLong, runVictim, sampler, type Victim } from './interrupting.ts';
import { runRemove } from './remove-run.ts';

const sample = sampler(20_261_123);
const otherKey = fileURLToPath(new URL('../fixtures/keys/other2048.key', import.meta.url));
const victim = fileURLToPath(new URL('remove-killed.ts', import.meta.url));

describe('remove, interrupted and run again', function () {
  this.timeout(isLong ? 0 : 60_000);
  let org: AppOrg;
  let certificate: string;
  let restore: () => void;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
    const { org: state } = org.emulator;
    state.addApp({ clientId: 'theirs', name: 'SIEM' });
    state.permissionSets.add('SIEM');
    certificate = await writeTlsCertificate(org.emulator.tlsCertificate, org.home);
    const run = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home, '--alias', 'aquila', '--bundle', org.path('aquila.zip')]
    );
    expect(run.exitCode).to.equal(0);
    copyFileSync(org.path('server.key'), org.path('server.pem'));
    writeFileSync(org.path('server.csr'), 'of somebody else');
    mkdirSync(backup());
    for (const name of ['server.key', 'server.pem']) copyFileSync(otherKey, join(backup(), name));
    copyFileSync(org.path('other.crt'), join(backup(), 'server.crt'));
    const [draft, files] = [draftOf(state), org.files()];
    restore = () => {
      commit(state, draft, 0);
      org.emulator.calls.clear();
      mkdirSync(backup(), { recursive: true });
      for (const [name, bytes] of Object.entries(files)) writeFileSync(org.path(name), bytes, 'latin1');
    };
  });
  afterEach(() => org.close());

  /** What a renewal with a new key keeps. */
  const backup = (): string => org.path('server.backup-2026-01-02');
  const network = (): Network => openNetwork({}, () => new Date());
  /** Each run reads what is stored anew, as a process of its own does. */
  const run = (through = network()): Promise<RemoveResult> => {
    StateAggregator.clearInstance();
    return runRemove(through);
  };

  /** What we made is gone, what others made is there, and a third run finds nothing to do. */
  const expectFinal = async (when: string): Promise<void> => {
    const { apps, permissionSets } = org.emulator.org;
    const files = org.files();
    expect(
      {
        apps: apps.map(({ name }) => name),
        sets: [...permissionSets].sort(),
        user: org.emulator.org.user(example.username)?.permissionSets,
        files: Object.keys(files).filter((name) => /^(?:server|other|aquila)\b/.test(name)),
        logins: Object.keys(files).filter((name) => /^\.sfdx\/.*@.*\.json$/.test(name)),
        alias: (JSON.parse(files['.sfdx/alias.json'] ?? '{}') as { orgs: object }).orgs,
      },
      when
    ).to.deep.equal({
      ...{ apps: ['SIEM'], sets: ['SIEM'], user: [] },
      files: ['other.crt', 'server.csr'],
      logins: [`.sfdx/${example.admin}.json`],
      alias: { admin: example.admin },
    });
    org.requests();
    expect((await run()).removed, when).to.deep.equal([]);
    expect(org.changes(), when).to.deep.equal([]);
  };

  it('killed after any request, the next run ends in the final state', async () => {
    await inHome(org.env, async () => {
      restore();
      await run();
      const { length } = org.emulator.calls;
      await expectFinal('not interrupted');
      for (const last of sample(length, 2)) {
        restore();
        const { through, dead } = dyingAfter(network(), last);
        void run(through);
        await dead;
        await run();
        await expectFinal(`killed after request ${last}`);
      }
    });
  });

  it('killed after any operation on the disk, the next run ends in the final state', async () => {
    const child = (at: number): Promise<Victim> => runVictim(victim, [String(at)], { org, certificate });
    await inHome(org.env, async () => {
      const { text } = await child(0);
      expect(text).to.match(/^\d+$/);
      const count = Number(text);
      expect(count).to.be.greaterThan(4);
      for (const at of sample(count, 2)) {
        restore();
        const { signal, text: said } = await child(at);
        expect(signal, said).to.equal('SIGKILL');
        ageLocks(org);
        await run();
        await expectFinal(`killed after operation ${at} of ${count}`);
      }
    });
  });
});
