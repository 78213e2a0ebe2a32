import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import { speakingOf, VerifyScene } from './verify-scene.ts';

describe('fault in verify: certificate file and app agree, and the key is another', () => {
  let scene: VerifyScene;
  before(async () => {
    scene = await VerifyScene.start();
    const other = readFileSync(new URL('../fixtures/keys/other2048.crt', import.meta.url));
    writeFileSync(join(scene.home, 'server.crt'), other);
    presets['wrong-certificate'](scene.emulator);
  });
  after(() => scene.stop());

  it("the wrong key is not ruled out, and app-certificate does not take the file for the key's own", async () => {
    const { checks } = await scene.verify('--admin-org', 'admin');
    expect(speakingOf(checks).map(({ id }) => id)).to.deep.equal(['cert-matches-key']);
    const accepted = checks.find(({ id }) => id === 'login-accepted');
    expect(accepted).to.include({ status: 'skip', blockedBy: 'cert-matches-key' });
    expect(accepted?.data).to.deep.include({ causes: ['key-mismatch', 'app-just-edited'], ruledOut: [] });
  });
});
