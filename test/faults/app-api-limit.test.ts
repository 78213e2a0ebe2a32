import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import { describeScene } from './app-scene.ts';
import { skipped, speaking } from './app-setting.ts';

describeScene('fault of an app: the org has no API requests left', (scene) => {
  it('app-found fails in the words of the org, and its fix is to wait for requests, not another administrator', async () => {
    const { limits } = scene().emulator.org.facts;
    const before = structuredClone(limits);
    scene().reset('external-client-app');
    presets['api-limit-exhausted'](scene().emulator);
    const { checks, exitCode } = await scene().check();
    expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{ 'app-found': 'fail' }, 1]);
    expect(skipped(checks, 'app-found')).to.have.length(checks.length - 1);
    expect(checks[0]?.detail).to.include('REQUEST_LIMIT_EXCEEDED');
    expect(checks[0]?.fix).to.match(/^Setup > Company Information > API Requests, Last 24 Hours: .*$/);

    Object.assign(limits, before);
    const again = await scene().check();
    expect(again.checks.filter(({ status }) => status !== 'pass')).to.deep.equal([]);
  });
});
