import { expect } from 'chai';
import { example, presets, type PresetName } from '../../emulator/index.ts';
import { AppOrg } from '../../setup/app-org.ts';

describe('sf aquila app create, where the org does not let it through', () => {
  let org: AppOrg;
  let before: unknown;
  beforeEach(async () => {
    org = await AppOrg.open();
    org.emulator.org.user(example.username)!.permissionSets = [];
    before = org.state();
  });
  afterEach(() => org.close());
  const create = (): ReturnType<AppOrg['create']> => org.create(...org.newApp, '--username', example.username);

  const denied: ReadonlyArray<[PresetName, string, RegExp, RegExp]> = [
    ['admin-without-modify-metadata', 'AppDeployRefused', /INSUFFICIENT_ACCESS|Modify ?Metadata/, /Modify Metadata/],
    ['admin-without-app-developer', 'AppDeployRefused', /./, /Create, edit, and delete External Client Apps/],
    ['admin-without-app-permissions', 'OrgRefused', /INVALID_TYPE/, /External Client Apps/],
    ['admin-without-assign-permission-sets', 'AppUserNotAssigned', /INSUFFICIENT_ACCESS/, /Permission Set Assignments/],
    ['admin-without-view-setup', 'OrgRefused', /SetupEntityAccess/, /View Setup and Configuration/],
    ['external-client-apps-off', 'OrgRefused', /INVALID_TYPE/, /External Client Apps/],
  ];
  for (const [preset, code, says, action] of denied) {
    it(`${preset}: ${code}, and the org is as it was`, async () => {
      presets[preset](org.emulator);
      const run = await create();
      expect([run.error?.name, run.exitCode]).to.deep.equal([code, 1]);
      expect(run.error?.message).to.match(says);
      expect(run.error?.actions?.join('\n')).to.match(action);
      expect(org.state()).to.deep.equal(before);
    });
  }

  it('an org that deploys nothing without tests decides itself which to run', async () => {
    org.emulator.org.facts.testsRequired = true;
    const run = await create();
    // Nothing here is Apex: left to itself the org runs no tests.
    expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
  });

  it('a deployment that is refused takes the assignment back', async () => {
    org.onRequest((name) => {
      if (name === 'deploy') org.emulator.org.facts.externalClientApps = false;
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    org.emulator.org.facts.externalClientApps = true;
    expect(org.state()).to.deep.equal(before);
    expect(org.changes()).to.deep.equal(['assign', 'deploy', 'delete PermissionSetAssignment']);
  });

  it('a second stage that is refused takes everything back, the app included', async () => {
    let deploys = 0;
    org.onRequest((name) => {
      if (name !== 'deploy') return;
      deploys += 1;
      org.emulator.org.user(example.admin)!.permissions.externalClientAppAdmin = deploys !== 2;
      org.emulator.org.user(example.admin)!.permissions.externalClientAppDeveloper = deploys !== 2;
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(run.error?.actions?.join('\n')).not.to.include('put back');
    expect(org.changes()).to.deep.equal(['assign', 'deploy', 'deploy', 'deploy', 'delete PermissionSetAssignment']);
    expect(org.state()).to.deep.equal(before);
  });

  it('an app that another run has made meanwhile is not removed', async () => {
    let deploys = 0;
    org.onRequest((name) => {
      if (name !== 'deploy') return;
      deploys += 1;
      const { permissions } = org.emulator.org.user(example.admin)!;
      permissions.externalClientAppAdmin = deploys !== 2;
      permissions.externalClientAppDeveloper = deploys !== 2;
      if (deploys > 1) return;
      const parts = { oauthPolicy: 'AQUILA_oauth_defaultPolicy', policy: 'AQUILA_defaultPolicy' };
      org.emulator.org.addApp({ clientId: example.clientId, name: 'AQUILA', parts });
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(run.error?.actions?.at(-1)).to.include('Not all that had been changed could be put back');
    expect(org.emulator.org.apps.map(({ clientId }) => clientId)).to.deep.equal([example.clientId]);
    expect((await create()).result?.clientId).to.equal(example.clientId);
  });

  it('says so where not all could be put back', async () => {
    let deploys = 0;
    org.onRequest((name) => {
      if (name !== 'deploy') return;
      deploys += 1;
      if (deploys === 2) org.emulator.org.user(example.admin)!.permissions.modifyMetadata = false;
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(run.error?.actions?.at(-1)).to.include('Not all that had been changed could be put back');
    org.emulator.org.user(example.admin)!.permissions.modifyMetadata = true;
    expect((await create()).exitCode).to.equal(0);
    expect(org.app().enabled).to.equal(true);
  });

  it('an assignment that can not be taken back is told', async () => {
    org.onRequest((name) => {
      if (name !== 'deploy') return;
      Object.assign(org.emulator.org.user(example.admin)!.permissions, {
        assignPermissionSets: false,
        modifyMetadata: false,
      });
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(run.error?.actions?.at(-1)).to.include('Not all that had been changed could be put back');
  });

  describe('with a permission set that is not called as the app', () => {
    const named = [/\bLog_Readers\b/, /\bAQUILA\b/] as const;
    beforeEach(() => {
      org.emulator.org.permissionSets.add('Log_Readers');
    });
    const createFor = (): ReturnType<AppOrg['create']> =>
      org.create(
        ...['--contact-email', 'soc@acme.com', '--certificate-file', org.path('server.crt')],
        ...['--permission-set', 'Log_Readers', '--username', example.username]
      );

    it('an assignment that is refused names the permission set and the user, and not the app', async () => {
      presets['admin-without-assign-permission-sets'](org.emulator);
      const { error } = await createFor();
      expect(error?.name).to.equal('AppUserNotAssigned');
      expect(error?.message).to.include(example.username).and.match(named[0]).and.not.match(named[1]);
      const actions = error?.actions?.join('\n');
      expect(actions).to.include(example.username).and.match(named[0]).and.not.match(named[1]);
    });

    it('a row of access that is refused names the permission set, and not the app', async () => {
      org.emulator.switches.policyGrantsAccess = false;
      org.onRequest((name) => {
        org.emulator.org.user(example.admin)!.permissions.assignPermissionSets = name !== 'grant';
      });
      const { error } = await createFor();
      expect(error?.name).to.equal('AppAccessNotGranted');
      expect(error?.message).to.match(named[0]).and.not.match(named[1]);
    });
  });

  it('a row of access that is refused takes everything back', async () => {
    org.emulator.switches.policyGrantsAccess = false;
    org.onRequest((name) => {
      if (name === 'grant') org.emulator.org.user(example.admin)!.permissions.assignPermissionSets = false;
      if (name === 'deploy') org.emulator.org.user(example.admin)!.permissions.assignPermissionSets = true;
    });
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppAccessNotGranted', 1]);
    expect(run.error?.message).to.include('INSUFFICIENT_ACCESS');
    expect(org.emulator.org.apps).to.deep.equal([]);
  });

  it('of two rows of access the one that was made is taken back when the other is refused', async () => {
    org.emulator.switches.policyGrantsAccess = false;
    await create();
    const [app] = org.emulator.org.apps;
    const existing = org.state();
    org.emulator.org.permissionSets.add('Second').add('Third');
    let grants = 0;
    org.onRequest((name) => {
      if (name === 'grant') grants += 1;
      org.emulator.org.user(example.admin)!.permissions.assignPermissionSets = grants !== 2 || name !== 'grant';
    });
    const run = await org.create('--permission-set', 'Second', '--permission-set', 'Third');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppAccessNotGranted', 1]);
    expect([app?.permissionSets, org.state()]).to.deep.equal([[example.permissionSet], existing]);
  });

  it('the network that is lost while the org deploys: it says that the outcome is unknown, and a second run ends well', async () => {
    org.before('poll', () => org.emulator.faults.set({ kind: 'reset', path: '/services' }));
    const run = await create();
    expect([run.error?.name, run.exitCode]).to.deep.equal(['MetadataOutcomeUnknown', 1]);
    expect(run.error?.actions?.at(-1)).to.include('Not all that had been changed could be put back');
    org.emulator.faults.clear();
    const again = await create();
    expect([again.error?.message, again.exitCode]).to.deep.equal([undefined, 0]);
    expect([org.emulator.org.apps.length, org.app().enabled, org.app().clientId]).to.deep.equal([
      ...[1, true],
      again.result?.clientId,
    ]);
  });

  it('the network that is lost for a moment while the org deploys does no harm', async () => {
    org.before('poll', () => org.emulator.faults.set({ kind: 'reset', path: '/services/data', times: 2 }));
    const run = await create();
    expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
    expect(org.changes()).to.deep.equal(['assign', 'deploy', 'deploy']);
  });

  it('an expired session of the admin is renewed', async () => {
    org.emulator.org.expireTokens();
    expect((await create()).exitCode).to.equal(0);
    expect(org.emulator.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200]);
  });
});
