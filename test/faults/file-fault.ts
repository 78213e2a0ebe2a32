import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { exit, found, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

export const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

/** Other bytes in the key file, whose mode stays. */
export const replaceKey =
  (...names: string[]) =>
  ({ login }: LoopbackVerify): void =>
    writeFileSync(login.keyPath ?? '', Buffer.concat(names.map(fixture)));

/** What is left of the checks when the key can't sign, and the check that says so. */
export const withoutKey = (speaker: string, skipped: string[]): Record<string, string> => ({
  [speaker]: 'fail',
  ...Object.fromEntries([...skipped, 'cert-matches-key', 'login-accepted'].map((id) => [id, `skip by ${speaker}`])),
  ...withoutLogin(speaker),
});

type FileFault = {
  fact: string;
  set: (loopback: LoopbackVerify) => void;
  spoken: Record<string, string>;
  /** What detail and fix of the failing or warning check must hold. */
  detail: string;
  fix: string;
  tokenRequests: 0 | 1;
  exit: 0 | 1;
};

/** The suite of one fault in the files of this machine: its check alone speaks, and nothing when it is mended. */
export function describeFileFault(fault: FileFault): void {
  describe(`fault in verify: ${fault.fact}`, () => {
    let loopback: LoopbackVerify;
    before(async () => {
      loopback = await LoopbackVerify.start();
    });
    after(() => loopback.stop());

    const speaker =
      Object.entries(fault.spoken).find(([, status]) => status === 'fail' || status === 'warn')?.[0] ?? '';
    it(`${speaker} alone speaks, and nothing when it is mended`, async () => {
      fault.set(loopback);
      const result = await loopback.run();
      expect(spoken(result)).to.deep.equal(fault.spoken);
      expect(found(result, speaker)?.detail).to.include(fault.detail);
      expect(found(result, speaker)?.fix).to.include(fault.fix);
      expect(exit(result)).to.equal(fault.exit);
      expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(fault.tokenRequests);
      await mended(loopback);
    });
  });
}
