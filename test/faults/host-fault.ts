import { expect } from 'chai';
import { openNetwork } from '../../src/org/http.ts';
import type { Fault } from '../emulator/index.ts';
import { exit, found, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

const unreachable = {
  'host-reachable': 'fail',
  'host-org-id': 'skip by host-reachable',
  'host-clock': 'skip by host-reachable',
  'login-accepted': 'skip by host-reachable',
  ...withoutLogin('host-reachable'),
};

/** The suite of one way in which a host gives no answer. */
export function describeHostFault(fact: string, fault: Fault, code: string): void {
  describe(`fault in verify: ${fact}`, () => {
    let loopback: LoopbackVerify;
    before(async () => {
      loopback = await LoopbackVerify.start();
    });
    after(() => loopback.stop());

    it(`host-reachable alone fails with ${code}, and nothing more is sent`, async () => {
      loopback.emulator.faults.set(fault);
      const limit = fault.kind === 'hang' ? { SF_AQUILA_HTTP_TIMEOUT: '1' } : {};
      const result = await loopback.run([], [], { network: openNetwork(limit, () => new Date()) });
      expect(spoken(result)).to.deep.equal(unreachable);
      expect(found(result, 'host-reachable')?.data).to.deep.equal({ code });
      expect(found(result, 'host-reachable')?.fix).not.to.equal(undefined);
      expect(exit(result)).to.equal(1);
      expect(loopback.emulator.calls).to.have.lengthOf(1);
      await mended(loopback);
    });
  });
}
