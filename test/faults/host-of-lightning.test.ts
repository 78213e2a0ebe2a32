import { expect } from 'chai';
import { LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

describe('fault in verify: an address of Lightning', () => {
  let loopback: LoopbackVerify;
  before(async () => {
    loopback = await LoopbackVerify.start();
  });
  after(() => loopback.stop());

  it('an address of Lightning: host-url alone fails, and nothing is sent', async () => {
    loopback.login = { ...loopback.login, jwtAudience: 'https://acme.lightning.force.com' };
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-url': 'fail',
      'host-reachable': 'skip by host-url',
      'host-org-id': 'skip by host-url',
      'host-clock': 'skip by host-url',
      'login-accepted': 'skip by host-url',
      ...withoutLogin('host-url'),
    });
    expect(loopback.emulator.calls).to.have.lengthOf(0);
    await mended(loopback);
  });
});
