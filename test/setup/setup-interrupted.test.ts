import { X509Certificate, createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { openNetwork, type Network } from '../../src/org/http.ts';
import type { SetupResult } from '../../src/setup/setup-talk.ts';
import { example, writeTlsCertificate } from '../emulator/index.ts';
import { inHome } from '../org/home.ts';
import { AppOrg } from './app-org.ts';
import { dyingAfter } from './dying-network.ts';
import { ageLocks, isLong, losing, runVictim, sampler, type Victim } from './interrupting.ts';
import { runSetup } from './setup-run.ts';

const sample = sampler(20_261_122);
const victim = fileURLToPath(new URL('setup-killed.ts', import.meta.url));

describe('setup, interrupted and run again', function () {
  this.timeout(isLong ? 0 : 60_000);
  let org: AppOrg;
  let admin: Record<string, string>;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
    for (const name of ['server.key', 'server.crt', 'other.crt']) rmSync(org.path(name));
    admin = org.files();
  });
  afterEach(() => org.close());

  const folder = (): string => org.path('keys');
  const network = (): Network => openNetwork({}, () => new Date());
  /** Each run reads what is stored anew, as a process of its own does. */
  const run = (through = network()): Promise<SetupResult> => {
    StateAggregator.clearInstance();
    return runSetup(org.home, folder(), through);
  };

  /** As before the first run. */
  const empty = (): void => {
    const { org: state, calls } = org.emulator;
    state.apps.length = 0;
    state.permissionSets.clear();
    state.permissionSetRights.clear();
    state.user(example.username)!.permissionSets = [];
    calls.clear();
    rmSync(folder(), { recursive: true, force: true });
    for (const name of Object.keys(org.files())) if (!(name in admin)) rmSync(org.path(name));
    for (const [name, bytes] of Object.entries(admin)) writeFileSync(org.path(name), bytes, 'latin1');
  };

  /** One pair, one app that holds its certificate, one permission set, one login through that app, and a bundle; a third run changes nothing. */
  const expectFinal = async (result: SetupResult, when: string): Promise<void> => {
    const { apps } = org.emulator.org;
    expect(
      apps.map(({ name }) => name),
      when
    ).to.deep.equal(['AQUILA']);
    const { clientId, certificate, enabled, permittedUsers, permissionSets } = org.app();
    const files = org.files();
    const login = JSON.parse(files[`.sfdx/${example.username}.json`] ?? '{}') as Record<string, string>;
    const pem = files['keys/server.crt'] ?? '';
    const key = createPrivateKey(readFileSync(join(folder(), 'server.key')));
    expect(
      {
        ...{ enabled, permittedUsers, permissionSets },
        user: org.emulator.org.user(example.username)?.permissionSets,
        certificate: new X509Certificate(certificate ?? '').fingerprint256,
        pair: new X509Certificate(pem).checkPrivateKey(key),
        login: [login['clientId'], login['privateKey'], login['aquilaKeyPath'], login['aquilaBundle']],
        names: readdirSync(folder()).sort(),
        alias: (JSON.parse(files['.sfdx/alias.json'] ?? '{}') as { orgs: object }).orgs,
        passed: result.verify?.passed,
        report: result.report?.clientId,
        bundle: existsSync(org.path('aquila.zip')),
      },
      when
    ).to.deep.equal({
      ...{ enabled: true, permittedUsers: 'admin-approved', permissionSets: ['AQUILA_Collector'] },
      user: ['AQUILA_Collector'],
      certificate: new X509Certificate(pem).fingerprint256,
      pair: true,
      login: [clientId, join(folder(), 'server.key'), '/etc/aquila/server.pem', org.path('aquila.zip')],
      names: ['server.crt', 'server.csr', 'server.key', 'server.pem'],
      alias: { admin: example.admin, aquila: example.username },
      passed: true,
      report: clientId,
      bundle: true,
    });
    org.requests();
    const third = await run();
    expect(
      third.steps.filter(({ status }) => status !== 'unchanged'),
      when
    ).to.deep.equal([]);
    expect(org.changes(), when).to.deep.equal([]);
  };

  const requestsOfOneRun = async (): Promise<number> => {
    empty();
    await run();
    return org.emulator.calls.length;
  };

  it('killed after any request, the next run ends in the final state', async () => {
    await inHome(org.env, async () => {
      for (const last of sample(await requestsOfOneRun(), 2)) {
        empty();
        const { through, dead } = dyingAfter(network(), last);
        void run(through);
        await dead;
        await expectFinal(await run(), `killed after request ${last}`);
      }
    });
  });

  it('with the answer to any request lost it ends well or with an error, and the next run ends in the final state', async () => {
    await inHome(org.env, async () => {
      for (const lost of sample(await requestsOfOneRun(), 1)) {
        empty();
        await run(losing(network(), lost)).catch(() => undefined);
        await expectFinal(await run(), `answer ${lost} lost`);
      }
    });
  });

  it('killed after any operation on the disk, the next run ends in the final state', async () => {
    const certificate = await writeTlsCertificate(org.emulator.tlsCertificate, org.home);
    admin = org.files();
    const child = (at: number): Promise<Victim> => runVictim(victim, [folder(), String(at)], { org, certificate });
    await inHome(org.env, async () => {
      const { text } = await child(0);
      expect(text).to.match(/^\d+$/);
      const count = Number(text);
      expect(count).to.be.greaterThan(15);
      for (const at of sample(count, 1)) {
        empty();
        const { signal, text: said } = await child(at);
        expect(signal, said).to.equal('SIGKILL');
        ageLocks(org, folder());
        await expectFinal(await run(), `killed after operation ${at}`);
      }
    });
  });
});
