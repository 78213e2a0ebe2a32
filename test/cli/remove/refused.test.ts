import { expect } from 'chai';
import { example, presets } from '../../emulator/index.ts';
import type { AppOrg } from '../../setup/app-org.ts';
import { all, kindsOf, RemoveScene } from './scene.ts';

describe('sf aquila remove, refused by the org', () => {
  let scene: RemoveScene;
  let org: AppOrg;
  beforeEach(async () => {
    scene = await RemoveScene.open();
    ({ org } = scene);
  });
  afterEach(() => org.close());

  it('an org that does not let the app go keeps everything, with its words and what may help', async () => {
    const before = [org.files(), org.state()];
    presets['admin-without-app-developer'](org.emulator);
    const run = await scene.named('--files');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['RemoveRefused', 1]);
    expect(run.error?.message)
      .to.include('The org refused to remove AQUILA')
      .and.include('You need the permission to create, edit, and delete external client apps.');
    const said = run.error?.actions?.join('\n') ?? '';
    expect(said)
      .to.include('Removed: nothing.')
      .and.include('Not removed: external client app AQUILA')
      .and.include(`--username ${example.username}`);
    expect([org.files(), org.state()]).to.deep.equal(before);
    Object.assign(org.emulator.org.user(example.admin)!.permissions, { externalClientAppDeveloper: true });
    const again = await scene.named();
    expect([again.exitCode, kindsOf(again)]).to.deep.equal([0, all]);
  });

  it('a whole request that is refused says so in the words of the org', async () => {
    org.before('deploy', () =>
      org.emulator.faults.set({
        ...{ kind: 'status', path: '/services/data/v66.0/metadata/deployRequest', status: 403, times: 1 },
        body: JSON.stringify([
          { errorCode: 'API_DISABLED_FOR_ORG', message: 'API is not enabled for this Organization' },
        ]),
      })
    );
    const run = await scene.named();
    expect([run.error?.name, scene.hasLogin(), org.emulator.org.apps.length]).to.deep.equal(['RemoveRefused', true, 1]);
    expect(run.error?.message).to.include('API_DISABLED_FOR_ORG: API is not enabled for this Organization');
  });

  it('says what is gone and what is left when the org refuses, and goes on from there', async () => {
    const { permissions } = org.emulator.org.user(example.admin)!;
    org.before('delete PermissionSetAssignment', () => void (permissions.modifyMetadata = false));
    const run = await scene.named();
    permissions.modifyMetadata = true;
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'RemoveRefused']);
    const said = run.error?.actions?.at(-1) ?? '';
    expect(said).to.include('Removed: external client app AQUILA').and.include(`--username ${example.username}`);
    expect(said).to.match(/Not removed: .*stored login of integration@acme\.com/);
    expect(scene.hasLogin()).to.equal(true);
    const again = await scene.named();
    expect([again.exitCode, kindsOf(again).at(-1), scene.hasLogin()]).to.deep.equal([0, 'login', false]);
    expect(kindsOf(again)).not.to.include('app');
  });
});
