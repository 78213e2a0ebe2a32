import { expect } from 'chai';
import { openNetwork, type Network } from '../../src/org/http.ts';
import type { CreateAppRequest } from '../../src/setup/app-request.ts';
import type { CreateAppTalk } from '../../src/setup/app-talk.ts';
import { createApp, type CreatedApp } from '../../src/setup/create-app.ts';
import { example } from '../emulator/index.ts';
import { inHome } from '../org/home.ts';
import { AppOrg } from './app-org.ts';
import { dyingAfter } from './dying-network.ts';

/** With AQUILA_LONG=1 every request, otherwise the ones behind which the org is in a state of its own. */
const isLong = process.env.AQUILA_LONG === '1';

/** Nobody there to ask, and nothing shown. */
const silent: CreateAppTalk = {
  showPlan: () => undefined,
  askContactEmail: undefined,
  mayChangeForeign: undefined,
  openStages: () => Promise.resolve({ goTo: () => undefined, end: () => undefined, fail: () => undefined }),
};

describe('app create, interrupted and run again, and run twice at once', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open();
    org.emulator.org.user(example.username)!.permissionSets = [];
    org.emulator.switches.policyGrantsAccess = false;
  });
  afterEach(() => org.close());

  const request = (): CreateAppRequest => ({
    targetOrg: 'admin',
    name: 'AQUILA',
    contactEmail: 'soc@acme.com',
    certificateFile: org.path('server.crt'),
    permissionSets: [example.permissionSet],
    profiles: [],
    username: example.username,
    dryRun: false,
    force: false,
    wait: 0,
  });
  const network = (): Network => openNetwork({}, () => new Date());
  const create = (through = network()): Promise<CreatedApp> => createApp(request(), through, silent);

  const expectRight = (app: CreatedApp): void => {
    const { apps } = org.emulator.org;
    expect(apps.map(({ name }) => name)).to.deep.equal(['AQUILA']);
    const { clientId, enabled, permittedUsers, permissionSets } = org.app();
    expect({ clientId, enabled, permittedUsers, permissionSets }).to.deep.equal({
      clientId: app.clientId,
      enabled: true,
      permittedUsers: 'admin-approved',
      permissionSets: [example.permissionSet],
    });
    expect(org.emulator.org.user(example.username)?.permissionSets).to.deep.equal([example.permissionSet]);
  };

  /** As before the first run. */
  const empty = (): void => {
    org.emulator.org.apps.length = 0;
    org.emulator.org.user(example.username)!.permissionSets = [];
    org.emulator.calls.clear();
  };

  it('interrupted at any request and run again, it ends in the right state', async () => {
    await inHome(org.env, async () => {
      empty();
      await create();
      const names = org.requests();
      const points = [...names.keys()].filter((at) => isLong || ['deploy', 'grant'].includes(names[at] ?? ''));
      expect(points.length).to.equal(isLong ? names.length : 3);
      for (const at of points) {
        empty();
        const { through, dead } = dyingAfter(network(), at + 1);
        void create(through);
        await dead;
        for (const { enabled, permittedUsers } of org.emulator.org.apps)
          expect(enabled && permittedUsers === 'self-authorize', `enabled for all after request ${at}`).to.equal(false);
        expectRight(await create());
        org.requests();
        expect((await create()).changes).to.deep.equal([]);
        expect(org.changes()).to.deep.equal([]);
      }
    });
  });

  it('two at once make one app, and both return its client id', async () => {
    await inHome(org.env, async () => {
      const [one, other] = await Promise.all([create(), create()]);
      expect(one.clientId).to.equal(other.clientId);
      expectRight(one);
    });
  });
});
