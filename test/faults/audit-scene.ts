import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentSet, MetadataApiDeploy } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import Audit, { type AuditResult } from '../../src/commands/aquila/audit.ts';
import type { VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import { example, presets, type App } from '../emulator/index.ts';
import { connect } from '../emulator/metadata/client.ts';
import { changeSettings } from '../emulator/metadata/store.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { temporaryHome } from '../org/home.ts';
import { AppScene, kinds, type Kind } from './app-scene.ts';
import { speaking } from './app-setting.ts';

/** A loopback org in which nothing is open without need, and what `audit` says of it. */
export class AuditScene {
  readonly app: AppScene;

  private constructor(app: AppScene) {
    this.app = app;
  }

  static async start(): Promise<AuditScene> {
    return new AuditScene(await AppScene.start());
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  get #env(): Record<string, string> {
    return { HOME: this.app.folder, USERPROFILE: this.app.folder };
  }

  get emulator(): AppScene['emulator'] {
    return this.app.emulator;
  }

  /** The org of the guide with this kind of app, and every flow closed that AQUILA does not need. */
  reset(kind: Kind): App {
    const app = this.app.reset(kind);
    const { org } = this.emulator;
    app.profiles = [];
    org.loginHistory.length = 0;
    presets['org-flows-closed'](this.emulator);
    presets['sign-on-closed'](this.emulator);
    changeSettings(org, 'ConnectedApp', { enableAdminApprovedAppsOnly: 'false' });
    return app;
  }

  /** One run as a person would start it; what it says comes from its JSON. */
  async audit(...words: string[]): Promise<{ result: AuditResult; exitCode: number }> {
    const run = await this.run('--username', example.username, ...words, '--json');
    expect(run.error?.message).to.equal(undefined);
    const { result } = JSON.parse(run.stdout) as { result: AuditResult };
    return { result, exitCode: run.exitCode };
  }

  run(...words: string[]): Promise<Run<AuditResult>> {
    const named = words.includes('--name') || words.includes('--client-id') ? [] : ['--name', 'AQUILA'];
    return this.#run(['--target-org', 'admin', ...named, ...words], this.#env);
  }

  /** The same of the default org. */
  runOfDefault(...words: string[]): Promise<Run<AuditResult>> {
    return this.#run(['--name', 'AQUILA', ...words], { ...this.#env, SF_TARGET_ORG: 'admin' });
  }

  async #run(argv: string[], env: Record<string, string>): Promise<Run<AuditResult>> {
    const run = await runInProcess<AuditResult>(Audit, argv, env);
    const { tokens, apps } = this.emulator.org;
    for (const { value } of tokens) expect(run.stdout + run.stderr).not.to.include(value);
    for (const { clientSecret } of apps) expect(run.stdout + run.stderr).not.to.include(clientSecret);
    return run;
  }

  /** Deploys the source below a folder, as `sf project deploy start` does. */
  async deploy(folder: string): Promise<void> {
    const { leave } = temporaryHome();
    try {
      const connection = await connect(this.emulator);
      const components = ComponentSet.fromSource({ fsPaths: [folder] });
      const job = new MetadataApiDeploy({ usernameOrConnection: connection, components });
      await job.start();
      const { response } = await job.pollStatus(1, 60);
      expect([response.status, response.numberComponentsDeployed]).to.deep.equal(['Succeeded', components.size]);
    } finally {
      leave();
    }
  }

  /** A folder that is not there yet. */
  folder(name: string): string {
    return join(this.app.folder, name);
  }

  /** Every file below a folder, with its content. */
  files(folder: string): Record<string, string> {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(folder, name)).isFile()).sort();
    return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  }
}

/** One thing in an org that is open without need, or broken. */
export type AuditFault = {
  spoil: (scene: AuditScene, app: App) => void;
  /** Both, unless one of them does not have the setting. */
  kinds?: readonly Kind[];
  speaks: Record<string, VerdictStatus>;
  /** What the detail of the first of them says was found. */
  found: string;
  /** What the detail names as evidence. */
  by?: string | Record<Kind, string>;
  /** What the fix holds. */
  fix: string | Record<Kind, string>;
  /** What a person does who follows the fix, after which nothing speaks. */
  mend: (scene: AuditScene, app: App, fix: string) => Promise<void> | void;
};

/** Follows the fix of what settings of the org close: writes them, looks at them, deploys them. */
export async function closeInOrg(scene: AuditScene, fix: string): Promise<void> {
  const [, folder = ''] = /sf aquila audit --target-org admin --name AQUILA --output-dir (\S+)$/m.exec(fix) ?? [];
  const path = scene.folder(folder);
  rmSync(path, { recursive: true, force: true });
  const { result } = await scene.audit('--output-dir', path);
  expect(result.written?.files).not.to.deep.equal([]);
  await scene.deploy(path);
}

/** The faults of one flow: each makes exactly its check speak, with its evidence, and following its fix turns it green. */
export function describeAuditFaults(flow: string, faults: Record<string, AuditFault>): void {
  describe(`audit of ${flow}`, () => {
    let scene: AuditScene;
    before(async () => {
      scene = await AuditScene.start();
    });
    after(() => scene.stop());
    for (const [name, fault] of Object.entries(faults)) {
      for (const kind of fault.kinds ?? kinds) {
        it(`${name}: ${Object.keys(fault.speaks).join()} of the ${kind.replaceAll('-', ' ')}`, async () => {
          await tryFault(scene, kind, fault);
        });
      }
    }
  });
}

/** For what has nothing to do with the kind of AQUILA's app. */
export const onlyExternal = { kinds: ['external-client-app'] } as const;

/** An org that uses something as it should. */
export type CleanOrg = { make: (scene: AuditScene) => void; check: string; found: string; by: string };

/** Orgs in which no check speaks; each has a check that says what it saw. */
export function describeCleanOrgs(what: string, orgs: Record<string, CleanOrg>): void {
  describe(`audit of ${what}, as it should be`, () => {
    let scene: AuditScene;
    before(async () => {
      scene = await AuditScene.start();
    });
    after(() => scene.stop());
    for (const [name, { make, check, found, by }] of Object.entries(orgs)) {
      it(`${name}: no check speaks`, async () => {
        scene.reset('external-client-app');
        make(scene);
        const { result, exitCode } = await scene.audit();
        expect(spoken(scene, result.checks, 'external-client-app')).to.deep.equal({});
        expect(exitCode).to.equal(0);
        const { detail } = result.checks.find(({ id }) => id === check)!;
        expect(detail).to.include(found);
        expect(detail).to.include(by);
      });
    }
  });
}

async function tryFault(scene: AuditScene, kind: Kind, fault: AuditFault): Promise<void> {
  const app = scene.reset(kind);
  const whole = await scene.audit();
  expect(spoken(scene, whole.result.checks, kind)).to.deep.equal({});
  expect(whole.exitCode).to.equal(exitCodeOf(kind, []));
  fault.spoil(scene, app);
  const { result, exitCode } = await scene.audit();
  expect(spoken(scene, result.checks, kind, fault.speaks)).to.deep.equal(fault.speaks);
  expect(exitCode).to.equal(exitCodeOf(kind, Object.values(fault.speaks)));
  const [first] = Object.keys(fault.speaks);
  const finding = result.checks.find(({ id }) => id === first);
  const ofKind = (text: string | Record<Kind, string>): string => (typeof text === 'string' ? text : text[kind]);
  expect(finding?.detail).to.include(fault.found);
  expect(finding?.detail).to.include(ofKind(fault.by ?? ''));
  expect(finding?.fix).to.include(ofKind(fault.fix));
  await fault.mend(scene, app, finding?.fix ?? '');
  const again = await scene.audit();
  expect(spoken(scene, again.result.checks, kind)).to.deep.equal({});
}

const exitCodeOf = (kind: Kind, spoke: readonly VerdictStatus[]): number =>
  [...spoke, ...Object.values(standing[kind])].some((status) => status === 'fail' || status === 'unknown') ? 1 : 0;

/** What stands of every connected app: its metadata does not show the device flow, and it may have an initial access token. */
const standing: Record<Kind, Record<string, VerdictStatus>> = {
  'external-client-app': {},
  'connected-app': { 'flow-device': 'unknown', 'flow-dynamic-registration': 'warn' },
};

/** What stands wherever the org trusts an identity provider: there is no switch for the flow. */
const samlAssertion = 'flow-saml-assertion';

/** Every check that is neither pass nor skip, but for what stands of this org whatever a test is about. */
function spoken(
  { emulator: { org } }: AuditScene,
  checks: readonly Finding[],
  kind: Kind,
  about: object = {}
): Record<string, VerdictStatus> {
  const all = speaking(checks, kind);
  expect(all).to.deep.include(standing[kind]);
  const stands = (id: string): boolean =>
    id in standing[kind] || (id === samlAssertion && org.samlConfigs.length > 0 && all[id] === 'warn');
  return Object.fromEntries(Object.entries(all).filter(([id]) => id in about || !stands(id)));
}
