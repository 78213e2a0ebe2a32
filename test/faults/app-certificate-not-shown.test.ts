import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import { speakingOf, VerifyScene } from './verify-scene.ts';

describe('fault in verify: the org does not return the certificate of the app', () => {
  let scene: VerifyScene;
  beforeEach(async () => {
    scene = await VerifyScene.start();
    scene.emulator.switches.certificateOnRetrieve = 'omitted';
  });
  afterEach(() => scene.stop());

  it('is nothing to speak of where the login was accepted, which proves it', async () => {
    const { checks, exitCode } = await scene.verify('--admin-org', 'admin');
    expect([speakingOf(checks), exitCode]).to.deep.equal([[], 0]);
    const found = checks.find(({ id }) => id === 'app-jwt-bearer');
    expect(found?.detail).to.include('Salesforce accepted a login, so it holds one.');
  });

  it('leaves it to login-accepted where the login was refused', async () => {
    presets['wrong-certificate'](scene.emulator);
    const { checks } = await scene.verify('--admin-org', 'admin');
    expect(speakingOf(checks).map(({ id }) => id)).to.deep.equal(['login-accepted']);
    expect(checks.find(({ id }) => id === 'app-jwt-bearer')?.blockedBy).to.equal('login-accepted');
  });
});
