import { expect } from 'chai';
import { exit, found, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

describe('fault in verify: a host of another org than that of the login', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  it('a login of another org that is granted: host-org-id alone fails', async () => {
    loopback.login = { ...loopback.login, orgId: '00D5g00000Other1EAB' };
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({ 'host-org-id': 'fail' });
    expect(exit(result)).to.equal(1);
    await mended(loopback);
  });

  it('a login of another org that is refused: host-org-id alone fails, and login-accepted still shows the words', async () => {
    loopback.login = { ...loopback.login, orgId: '00D5g00000Other1EAB' };
    loopback.emulator.faults.set({ kind: 'oauthError', row: 'E1' });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-org-id': 'fail',
      'login-accepted': 'skip by host-org-id',
      ...withoutLogin('login-accepted'),
    });
    expect(found(result, 'login-accepted')?.detail).to.include("user hasn't approved this consumer");
  });
});
