import { expect } from 'chai';
import { exit, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

describe('fault in verify: the clock of this machine is ten minutes off', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  it('a clock ten minutes behind: host-clock alone fails', async () => {
    loopback.emulator.faults.set({ kind: 'clockOffset', seconds: 600 });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-clock': 'fail',
      'login-accepted': 'skip by host-clock',
      ...withoutLogin('login-accepted'),
    });
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });

  it('a clock ten minutes ahead: host-clock warns, and the login is accepted', async () => {
    loopback.emulator.faults.set({ kind: 'clockOffset', seconds: -600 });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({ 'host-clock': 'warn' });
    expect(exit(result)).to.equal(0);
    await mended(loopback);
  });
});
