import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { VerdictStatus } from '../../src/checks/define.ts';
import { example, type Emulator, type Face } from '../emulator/index.ts';
import { silent, speakingOf, VerifyScene, type Verdict } from './verify-scene.ts';

/** One fault of the org, and what each command says of it. */
export type FaultExpectation = {
  set: (emulator: Emulator) => void;
  /** Other address than the org's own, for hosts that can't be reached. */
  instanceUrl?: (emulator: Emulator) => string;
  /** Without trust, the org's TLS certificate is unknown to this process. */
  untrusted?: true;
  /** How long a request may take, where the fault is that it takes longer. */
  seconds?: number;
  /** The login host is what is asked, so that it sees the assertion. */
  otherHost?: true;
  login: {
    /** Name of the error; LoginRefused unless given. */
    code?: string;
    /** Salesforce's own words, or what the message must hold. */
    says: string;
    /** Causes in the error's data, in order. */
    causes?: string[];
    /** What one of the actions must hold. */
    action: string;
  };
  verify: {
    /** Every check that neither passes nor is skipped, with its status. */
    speaks: Record<string, VerdictStatus>;
    /** What the fix of the first of them must hold. */
    fix: string;
  };
  /** The same with an administrator's session, which may know better what is wrong. */
  withAdmin: Verdict;
};

/**
 * Sets a fault and runs `login` and `verify` against it: one clear error, the right check, one token request, and neither assertion nor
 * token at another host or in anything that was printed. Then `verify` with an administrator's session, and once more when what it says
 * was done.
 */
export function describeFault(name: string, expected: FaultExpectation): void {
  describe(`fault: ${name}`, () => {
    let scene: VerifyScene;

    before(async () => {
      scene = await VerifyScene.start();
      const { emulator } = scene;
      if (expected.instanceUrl) scene.moveLogin(emulator.myDomainUrl, expected.instanceUrl(emulator));
      expected.set(emulator);
      scene.seconds = expected.seconds;
      if (expected.untrusted) scene.distrust();
    });
    beforeEach(() => scene.emulator.calls.clear());
    after(() => scene.stop());

    it(`login says "${expected.login.says}", and the earlier login stays as it was`, async () => {
      const { emulator, home } = scene;
      const before = stored(home);
      expect(Object.keys(before).join()).to.include(`${example.username}.json`);
      const run = await scene.login(expected.instanceUrl?.(emulator) ?? emulator.myDomainUrl);
      expect(run.error?.name).to.equal(expected.login.code ?? 'LoginRefused');
      expect(run.exitCode).to.equal(1);
      expect(run.error?.message).to.include(expected.login.says);
      expect(run.error?.actions?.join('\n')).to.include(expected.login.action);
      if (expected.login.causes) expect(run.error?.data).to.have.deep.property('causes', expected.login.causes);
      expect(run.error?.cause).to.equal(undefined);
      expect(stored(home)).to.deep.equal(before);
      sentOnce(emulator, expected.otherHost ? 'login' : 'my-domain');
      silent(run.stdout + run.stderr + JSON.stringify(run.error), emulator);
    });

    it(`verify lets ${Object.keys(expected.verify.speaks).join(' and ')} speak, and nothing else`, async () => {
      const { emulator } = scene;
      const { checks, exitCode, printed } = await scene.verify();
      const speaking = speakingOf(checks);
      const statuses = Object.fromEntries(speaking.map(({ id, status }) => [id, status]));
      expect(statuses).to.deep.equal(expected.verify.speaks);
      expect(exitCode).to.equal(Object.values(expected.verify.speaks).includes('fail') ? 1 : 0);
      expect(speaking[0]?.fix).to.include(expected.verify.fix);
      sentOnce(emulator, expected.otherHost ? 'login' : 'my-domain');
      silent(printed, emulator);
    });

    it(`verify --admin-org lets ${Object.keys(expected.withAdmin.speaks).join(' and ')} speak, and nothing when that is mended`, async () => {
      await scene.meets(expected.withAdmin);
    });
  });
}

/** Every file under the home folder, byte for byte, without the log of sf, which comes when it likes. */
const stored = (home: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.log'))
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'latin1')])
  );

function sentOnce({ calls }: Emulator, face: Face): void {
  expect(calls.tokenRequests().length, 'token requests').to.be.at.most(1);
  expect(calls.filter((call) => call.face !== face).length, 'requests at another host').to.equal(0);
}
