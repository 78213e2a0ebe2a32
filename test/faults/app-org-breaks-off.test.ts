import { expect } from 'chai';
import { describeScene, kinds } from './app-scene.ts';
import { skipped, speaking } from './app-setting.ts';

describeScene('fault of the org while an app is read', (scene) => {
  for (const kind of kinds) {
    it(`no more requests today: the org's own words, and no talk of permissions (${kind})`, async () => {
      scene().reset(kind);
      const body = JSON.stringify([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
      scene().emulator.faults.set({ kind: 'status', status: 403, body, path: '/services/data/v66.0/query' });
      const { checks, exitCode } = await scene().check();
      expect([speaking(checks, kind), exitCode]).to.deep.equal([{ 'app-found': 'fail' }, 1]);
      expect(checks[0]?.detail).to.include('REQUEST_LIMIT_EXCEEDED').and.include('TotalRequests Limit exceeded.');
      expect(skipped(checks, 'app-found')).to.have.length(checks.length - 1);
    });
  }

  it('the Metadata API breaks off: what it shows fails once, and the rest is judged', async () => {
    scene().reset('external-client-app').sessionTimeoutInMinutes = 120;
    scene().emulator.faults.set({ kind: 'reset', path: '/services/Soap' });
    const { checks, exitCode } = await scene().check();
    expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{ 'app-jwt-bearer': 'fail' }, 1]);
    expect(skipped(checks, 'app-jwt-bearer')).to.include.members(['app-certificate', 'app-session-timeout']);
    expect(checks.find(({ id }) => id === 'app-permitted-users')?.status).to.equal('pass');
  });
});
