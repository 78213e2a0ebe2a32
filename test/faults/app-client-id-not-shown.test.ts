import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import { speakingOf, VerifyScene } from './verify-scene.ts';

const permission = 'View External Client Apps Consumer Secrets in Metadata';

describe('fault in verify: the org does not return the client ids of its apps', () => {
  let scene: VerifyScene;
  beforeEach(async () => {
    scene = await VerifyScene.start();
    scene.emulator.switches.consumerKeyOnRetrieve = 'omitted';
  });
  afterEach(() => scene.stop());

  it('is nothing to speak of where the login was accepted, and the checks of the app are skipped', async () => {
    const { checks, exitCode } = await scene.verify('--admin-org', 'admin');
    expect([speakingOf(checks), exitCode]).to.deep.equal([[], 0]);
    const found = checks.find(({ id }) => id === 'app-found');
    expect(found).to.include({ status: 'skip' }).and.not.to.have.property('blockedBy');
    expect(found?.detail).to.include('Salesforce accepted a login, so the app is there').and.include(permission);
    expect(checks.filter(({ blockedBy }) => blockedBy === 'app-found').map(({ id }) => id)).to.include('app-scopes');
    expect(checks.find(({ id }) => id === 'data-session-lifetime')?.detail).to.include("which app is this login's");
  });

  it('is unknown where the login was refused, with what would show it', async () => {
    presets['wrong-certificate'](scene.emulator);
    const { checks } = await scene.verify('--admin-org', 'admin');
    expect(speakingOf(checks).map(({ id, status }) => [id, status])).to.deep.equal([
      ['login-accepted', 'fail'],
      ['app-found', 'unknown'],
    ]);
    expect(checks.find(({ id }) => id === 'app-found')?.fix).to.include(permission);
  });
});
