import { expect } from 'chai';
import { speakingOf, VerifyScene } from './verify-scene.ts';

describe('fault in verify: the certificate of key and app expires soon', () => {
  let scene: VerifyScene;
  before(async () => {
    scene = await VerifyScene.start();
  });
  after(() => scene.stop());

  it('cert-expires-later alone warns, since the app holds the same one', async () => {
    const { checks } = await scene.verify('--admin-org', 'admin', '--warn-days', '100000');
    expect(speakingOf(checks).map(({ id, status }) => `${status} ${id}`)).to.deep.equal(['warn cert-expires-later']);
    expect(checks.find(({ id }) => id === 'app-certificate')?.detail).to.include('it ends in ');
  });

  it('app-certificate warns itself in a run about the app alone', async () => {
    const { checks } = await scene.verify('--admin-org', 'admin', '--warn-days', '100000', '--only', 'app');
    expect(speakingOf(checks).map(({ id, status }) => `${status} ${id}`)).to.deep.equal(['warn app-certificate']);
    expect(scene.emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });
});
