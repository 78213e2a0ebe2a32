import { existsSync, readFileSync, rmSync, writeFileSync, mkdirSync, chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { settleFolderOf } from '../../src/files/settle.ts';
import { openNetwork, type Network } from '../../src/org/http.ts';
import type { RenewResult } from '../../src/setup/renew-talk.ts';
import { example, writeTlsCertificate } from '../emulator/index.ts';
import { commit, draftOf } from '../emulator/metadata/store.ts';
import { inHome } from '../org/home.ts';
import { dyingAfter } from './dying-network.ts';
import { ageLocks, isLong, losing, runVictim, sampler } from './interrupting.ts';
import { RenewalOrg } from './renewal-org.ts';
import { renewalWays, runRenew, type RenewalWay } from './renew-run.ts';

const sample = sampler(20_261_122);
const program = fileURLToPath(new URL('renew-killed.ts', import.meta.url));
const backup = `server.backup-${new Date().toISOString().slice(0, 10)}`;

describe('cert renew, interrupted and run again', function () {
  this.timeout(isLong ? 0 : 60_000);
  let scene: RenewalOrg;
  let certificate: string;
  let restore: () => void;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
    await scene.withKeystores();
    const { org } = scene;
    certificate = await writeTlsCertificate(org.emulator.tlsCertificate, org.home);
    const [draft, files] = [draftOf(org.emulator.org), org.files()];
    restore = () => {
      commit(org.emulator.org, draft, 0);
      org.emulator.calls.clear();
      for (const name of Object.keys(org.files())) rmSync(org.path(name));
      for (const folder of [backup, 'server.renewal', 'AQUILA_2'])
        rmSync(scene.path(folder), { recursive: true, force: true });
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(org.path(name)), { recursive: true });
        writeFileSync(org.path(name), bytes, 'latin1');
        if (!name.endsWith('.crt')) chmodSync(org.path(name), 0o600);
      }
    };
  });
  afterEach(() => scene.close());

  const network = (): Network => openNetwork({}, () => new Date());
  /** Each run reads what is stored anew, as a process of its own does. */
  const run = (way: RenewalWay, through = network()): Promise<RenewResult> => {
    StateAggregator.clearInstance();
    return runRenew(way, through);
  };

  /** The key of the pair whose certificate the app holds is on the disk, logs in, and a note says that there are two. */
  const expectWorking = async (when: string): Promise<void> => {
    const held = scene.held();
    const inPlace = scene.pair() === held;
    if (!inPlace) {
      const note = scene.text('server.renewal', 'README.txt');
      expect(note, when).to.include(held).and.to.include('To finish: sf aquila cert renew');
    }
    const isRekey = existsSync(scene.path('server.renewal', 'server.key'));
    if (!inPlace && isRekey) expect(scene.pair('server.renewal'), when).to.equal(held);
    const key = inPlace || !isRekey ? scene.path('server.key') : scene.path('server.renewal', 'server.key');
    expect(await scene.logsIn(key), when).to.equal(true);
  };

  const stored = (): Record<string, string> =>
    JSON.parse(readFileSync(scene.org.path('.sfdx', `${example.username}.json`), 'utf8')) as Record<string, string>;

  /** What the folder of the renewal holds; killed at the very end, it may be there and empty. */
  const waiting = (): string[] => (existsSync(scene.path('server.renewal')) ? scene.names('server.renewal') : []);

  /** Nothing was left to do when the run ended: one more would renew once more. */
  const isDone = (way: RenewalWay): boolean =>
    way === 'side-by-side'
      ? stored()['clientId'] !== scene.clientId
      : existsSync(scene.path(backup)) && waiting().length === 0;

  const expectFinal = async (way: RenewalWay, when: string): Promise<void> => {
    const login = stored();
    const set = ['keystore.p12', 'server.crt', 'server.key', 'server.pem', 'servercert.jks'];
    if (way === 'side-by-side') {
      const { clientId } = scene.org.app('AQUILA 2');
      expect(
        scene.org.emulator.org.apps.map(({ name }) => name),
        when
      ).to.deep.equal(['AQUILA', 'AQUILA 2']);
      expect([scene.names(), scene.names('AQUILA_2')], when).to.deep.equal([['AQUILA_2', ...set], set]);
      expect([scene.pair('AQUILA_2'), scene.pair()], when).to.deep.equal([scene.held('AQUILA 2'), scene.held()]);
      expect([login['clientId'], login['privateKey']], when).to.deep.equal([
        clientId,
        scene.path('AQUILA_2', 'server.key'),
      ]);
      expect(await scene.logsIn(scene.path('AQUILA_2', 'server.key'), clientId), when).to.equal(true);
      expect(await scene.logsIn(scene.path('server.key')), when).to.equal(true);
      return;
    }
    expect(waiting(), when).to.deep.equal([]);
    const names = scene.names().filter((name) => name !== 'server.renewal');
    expect(names, when).to.deep.equal([...set.slice(0, 1), backup, ...set.slice(1)].sort());
    expect(scene.names(backup), when).to.deep.equal(way === 'rekey' ? set : [set[0], 'server.crt', set[4]]);
    expect(scene.pair(), when).to.equal(scene.held());
    expect([login['clientId'], login['privateKey']], when).to.deep.equal([scene.clientId, scene.path('server.key')]);
    expect(await scene.logsIn(scene.path('server.key')), when).to.equal(true);
    expect(scene.text('server.pem') === scene.text('server.key'), when).to.equal(true);
  };

  const requestsOfOneRun = async (way: RenewalWay): Promise<number> => {
    restore();
    await run(way);
    const { length } = scene.org.emulator.calls;
    await expectFinal(way, 'not interrupted');
    return length;
  };

  for (const way of renewalWays) {
    it(`${way}: killed after any request, a working pair is there, and the next run ends in the final state`, async () => {
      await inHome(scene.org.env, async () => {
        for (const last of sample(await requestsOfOneRun(way), 2)) {
          restore();
          const { through, dead } = dyingAfter(network(), last);
          void run(way, through);
          await dead;
          await expectWorking(`killed after request ${last}`);
          await run(way);
          await expectFinal(way, `killed after request ${last}`);
        }
      });
    });

    it(`${way}: with the answer to any request lost a working pair is there, and the next run ends in the final state`, async () => {
      await inHome(scene.org.env, async () => {
        for (const lost of sample(await requestsOfOneRun(way), 2)) {
          restore();
          const ended = await run(way, losing(network(), lost)).then(
            () => true,
            () => false
          );
          await expectWorking(`answer ${lost} lost`);
          if (!ended) await run(way);
          await expectFinal(way, `answer ${lost} lost`);
        }
      });
    });

    it(`${way}: killed after any operation on the disk, a working pair is there, and the next run ends in the final state`, async () => {
      const child = (at: number): ReturnType<typeof runVictim> =>
        runVictim(program, [way, String(at)], { org: scene.org, certificate });
      await inHome(scene.org.env, async () => {
        restore();
        const { text } = await child(0);
        expect(text, text).to.match(/^\d+$/);
        expect(Number(text)).to.be.greaterThan(10);
        for (const at of sample(Number(text), 1)) {
          restore();
          const { signal, text: said } = await child(at);
          expect(signal, said).to.equal('SIGKILL');
          ageLocks(scene.org, ...['', 'server.renewal', 'AQUILA_2'].map((name) => scene.path(name)));
          // As any command does that reads a file there.
          settleFolderOf(scene.path('server.key'));
          await expectWorking(`killed after operation ${at}`);
          if (!isDone(way)) await run(way);
          await expectFinal(way, `killed after operation ${at}`);
        }
      });
    });
  }
});
