import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { VerifyScene } from './verify-scene.ts';

describe('fault in verify: the session of the app is shorter than the collector polls', () => {
  let scene: VerifyScene;
  before(async () => {
    scene = await VerifyScene.start();
  });
  after(() => scene.stop());

  const check = async (...flags: string[]) => {
    const { checks, exitCode } = await scene.verify(...flags);
    const spoken = checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
    return {
      finding: checks.find(({ id }) => id === 'data-session-lifetime'),
      spoken: spoken.map(({ id }) => id),
      exitCode,
    };
  };

  it("the guide's own 5 minutes are a warning of data-session-lifetime alone, and no failure", async () => {
    const { finding, spoken, exitCode } = await check('--admin-org', 'admin');
    expect([spoken, exitCode]).to.deep.equal([['data-session-lifetime'], 0]);
    expect(finding).to.include({ status: 'warn' });
    expect(finding?.fix).to.match(/^ask CyTech Support .*Session Timeout in Minutes: 60 minutes or more$/);
  });

  it('is silent with 60 minutes, of which only the guide says otherwise', async () => {
    scene.emulator.org.app(example.clientId)!.sessionTimeoutInMinutes = 60;
    const { finding, spoken, exitCode } = await check('--admin-org', 'admin');
    expect([finding?.status, spoken, exitCode]).to.deep.equal(['pass', ['app-session-timeout'], 0]);
  });

  it('says what would show it without an administrator', async () => {
    const { finding, spoken } = await check();
    expect([finding?.status, spoken]).to.deep.equal(['skip', []]);
    expect(finding?.detail).to.include('--admin-org');
  });
});
