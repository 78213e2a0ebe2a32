import { expect } from 'chai';
import type { VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import type { App, Emulator } from '../emulator/index.ts';
import { describeScene, kinds, type AppScene, type Kind } from './app-scene.ts';

/** The checks that another one stands in the way of, in the order of the registry. */
export const skipped = (checks: readonly Finding[], by: string): string[] =>
  checks.filter(({ blockedBy }) => blockedBy === by).map(({ id }) => id);

/** Every check that is neither pass nor skip, with its status; what every connected app is told is left out. */
export const speaking = (checks: readonly Finding[], kind: Kind): Record<string, VerdictStatus> =>
  Object.fromEntries(
    checks
      .filter(({ id, status }) => status !== 'pass' && status !== 'skip' && !isKindItself(id, kind))
      .map(({ id, status }) => [id, status])
  );

const isKindItself = (id: string, kind: Kind): boolean => kind === 'connected-app' && id === 'app-kind';

/** One setting of an app that is not as the guide has it. */
export type AppFault = {
  spoil: (app: App, emulator: Emulator) => void;
  /** Both, unless one of them does not have the setting. */
  kinds?: readonly Kind[];
  /** What the app held before; the file that is compared with it is the same. */
  certificate?: string;
  /** The version of the org, where it matters to what a retrieval shows. */
  apiVersion?: string;
  speaks: Record<string, VerdictStatus>;
  /** What the detail says was found, or how it begins; an object where the kinds differ. */
  found: string | Record<Kind, string>;
  wanted: string | Record<Kind, string>;
  /** What else stands in the detail. */
  says?: string;
  /** What follows `sf aquila app create --target-org admin --name AQUILA` in the fix. */
  fix: string;
  /** What the fix says for a connected app behind `Setup > App Manager > AQUILA > `. */
  inSetup: string;
  /** Where the command leaves the app otherwise than it was before it was spoiled. */
  leaves?: Partial<App>;
  /** The certificate file that the app is compared with afterwards. */
  comparedWith?: string;
};

/** The faults of one setting: each makes exactly its check speak, for both kinds of app, and its fix mends it. */
export function describeAppFaults(setting: string, faults: Record<string, AppFault>): void {
  describeScene(`fault of an app: ${setting}`, (scene) => {
    for (const [name, fault] of Object.entries(faults)) {
      for (const kind of fault.kinds ?? kinds) {
        it(`${name}: ${Object.keys(fault.speaks).join()} of the ${kind.replaceAll('-', ' ')}`, async () => {
          await tryFault(scene(), kind, fault);
        });
      }
    }
  });
}

async function tryFault(scene: AppScene, kind: Kind, fault: AppFault): Promise<void> {
  const before = settingsOf(scene.reset(kind, fault.certificate));
  scene.noteVersion(fault.apiVersion);
  fault.spoil(scene.app, scene.emulator);
  const { checks, exitCode } = await scene.check();
  expect(speaking(checks, kind)).to.deep.equal(fault.speaks);
  const stands = Object.values(fault.speaks).some((status) => status === 'fail' || status === 'unknown');
  expect(exitCode).to.equal(stands ? 1 : 0);
  for (const { status, blockedBy = '' } of checks)
    if (status === 'skip') expect(fault.speaks).to.have.property(blockedBy);

  const finding = checks.find(({ id }) => id in fault.speaks);
  const [found, wanted] = [fault.found, fault.wanted].map((text) => (typeof text === 'string' ? text : text[kind]));
  expect(finding?.detail)
    .to.match(/^found {6}/)
    .and.include(`found      ${found}`);
  expect(finding?.detail)
    .to.include(`\nwanted     ${wanted}`)
    .and.include(fault.says ?? '\nin Setup   ');
  const fix = finding?.fix ?? '';
  if (kind === 'connected-app') {
    expect(fix).to.include(`Setup > App Manager > AQUILA > ${fault.inSetup}`);
    expect(fix).not.to.include('app create');
    return;
  }
  const line = /sf aquila app create .*$/m.exec(fix)?.[0] ?? '';
  const plain = line.replaceAll(`${scene.folder}/`, '').replaceAll('"', '');
  expect(plain).to.equal(`sf aquila app create --target-org admin --name AQUILA${fault.fix}`);
  const mended = await scene.create(line);
  expect(mended.error?.message).to.equal(undefined);
  const again = await scene.check({ flags: scene.flags(fault.comparedWith ?? 'server.crt') });
  expect(again.checks.filter(({ status }) => status !== 'pass')).to.deep.equal([]);
  expect(again.exitCode).to.equal(0);
  expect(settingsOf(scene.app)).to.deep.equal({ ...before, ...fault.leaves });
}

/** All that an app is, but when it was last changed, and labels of parts that nobody sees. */
const settingsOf = (app: App): Partial<App> => ({ ...structuredClone(app), changedAt: 0, otherMetadata: {} });
