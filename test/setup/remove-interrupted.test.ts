import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { openNetwork, type Network } from '../../src/org/http.ts';
import type { RemoveResult } from '../../src/setup/remove.ts';
import { randomNumbers } from '../cli/cert/killing.ts';
import { example, writeTlsCertificate } from '../emulator/index.ts';
import { commit, draftOf } from '../emulator/metadata/store.ts';
import { inHome } from '../org/home.ts';
import { AppOrg } from './app-org.ts';
import { dyingAfter } from './dying-network.ts';
import { runRemove } from './remove-run.ts';

/** With AQUILA_LONG=1 every request and every operation on the disk, otherwise some of them: the same in each run. */
const isLong = process.env.AQUILA_LONG === '1';
const random = randomNumbers(20_261_123);
const sample = (count: number, most: number): number[] => {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  return isLong ? all : all.sort(() => random() - 0.5).slice(0, most);
};

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
    const [draft, files] = [draftOf(state), org.files()];
    restore = () => {
      commit(state, draft, 0);
      org.emulator.calls.clear();
      for (const [name, bytes] of Object.entries(files)) writeFileSync(org.path(name), bytes, 'latin1');
    };
  });
  afterEach(() => org.close());

  const network = (): Network => openNetwork({}, () => new Date());
  /** Each run reads what is stored anew, as a process of its own does. */
  const run = (through = network()): Promise<RemoveResult> => {
    StateAggregator.clearInstance();
    return runRemove(through);
  };

  /** A process that was killed can't take its locks away; core takes one over that is old enough. */
  const ageLocks = (): void => {
    for (const name of readdirSync(org.path('.sfdx')).filter((one) => one.endsWith('.lock')))
      utimesSync(org.path('.sfdx', name), 0, 0);
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
    const child = (at: number): Promise<{ signal: NodeJS.Signals | null; text: string }> => {
      const process_ = spawn(process.execPath, [victim, String(at)], {
        env: {
          ...{ PATH: process.env.PATH, HOME: org.home, USERPROFILE: org.home, NODE_EXTRA_CA_CERTS: certificate },
          ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true' },
          ...{ NO_PROXY: 'localhost', no_proxy: 'localhost' },
        },
      });
      let text = '';
      for (const stream of [process_.stdout, process_.stderr])
        stream.on('data', (chunk: Buffer) => (text += String(chunk)));
      return new Promise((resolve) => process_.once('close', (_code, signal) => resolve({ signal, text })));
    };
    await inHome(org.env, async () => {
      const { text } = await child(0);
      expect(text).to.match(/^\d+$/);
      const count = Number(text);
      expect(count).to.be.greaterThan(4);
      for (const at of sample(count, 2)) {
        restore();
        const { signal, text: said } = await child(at);
        expect(signal, said).to.equal('SIGKILL');
        ageLocks();
        await run();
        await expectFinal(`killed after operation ${at} of ${count}`);
      }
    });
  });
});
