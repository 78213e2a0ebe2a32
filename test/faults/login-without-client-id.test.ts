import { expect } from 'chai';
import { found, LoopbackVerify, spoken } from './loopback-verify.ts';

describe('fault in verify: a login that names neither client id nor key', () => {
  let loopback: LoopbackVerify;
  before(async () => {
    loopback = await LoopbackVerify.start();
  });
  after(() => loopback.stop());

  it('a login without a client id or key: handover-complete alone fails, and names both', async () => {
    loopback.login = { ...loopback.login, clientId: undefined, keyPath: undefined, aquilaKeyPath: undefined };
    const result = await loopback.run();
    const { 'handover-complete': handover, ...others } = spoken(result);
    expect(handover).to.equal('fail');
    expect(new Set(Object.values(others))).to.deep.equal(new Set(['skip by handover-complete']));
    expect(found(result, 'handover-complete')?.fix).to.match(
      /^sf aquila login --username integration@acme.com --client-id CLIENT_ID/
    );
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(0);
  });
});
