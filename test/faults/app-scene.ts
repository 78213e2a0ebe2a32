import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import AppCheck, { type AppCheckResult } from '../../src/commands/aquila/app/check.ts';
import AppCreate, { type AppCreateResult } from '../../src/commands/aquila/app/create.ts';
import type { Finding } from '../../src/checks/run.ts';
import { words } from '../contract/command-lines.ts';
import {
  example,
  exampleOrg,
  startEmulator,
  trustInProcess,
  type App,
  type Emulator,
  type User,
} from '../emulator/index.ts';
import { defaultSwitches } from '../emulator/switches.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { shortenPauses } from '../pauses.ts';

export const kinds = ['external-client-app', 'connected-app'] as const;
export type Kind = (typeof kinds)[number];

/** A fixture certificate as PEM, by its path below test/fixtures, in the form in which an org keeps it. */
export const fixtureCertificate = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').trim();

const right = fixtureCertificate('keys/rsa2048.crt');

/** A loopback org, an admin's login, and a folder with certificates, for many runs of `app check`. */
export class AppScene {
  readonly emulator: Emulator;
  /** With a blank in its name, so that a command that was not quoted falls apart. */
  readonly folder: string;
  /** As they were at the start. */
  readonly #users: User[];
  readonly #distrust: () => void;
  readonly #slowDown: () => void;

  private constructor(emulator: Emulator, folder: string) {
    this.emulator = emulator;
    this.folder = folder;
    this.#users = structuredClone(emulator.org.users);
    this.#distrust = trustInProcess(emulator.tlsCertificate);
    this.#slowDown = withoutFirstPause();
    mkdirSync(join(folder, 'next'));
    writeFileSync(join(folder, 'next', 'server.crt'), fixtureCertificate('keys/other2048.crt'));
  }

  static async start(): Promise<AppScene> {
    const scene = new AppScene(await startEmulator(), mkdtempSync(join(tmpdir(), 'aquila app-')));
    await storeAdmin(scene.emulator, undefined, undefined, scene.folder);
    return scene;
  }

  async stop(): Promise<void> {
    this.#slowDown();
    this.#distrust();
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The org of the guide, with this kind of app and its certificate, whatever was there before. */
  reset(kind: Kind, certificate = right): App {
    const { org, switches, faults } = this.emulator;
    Object.assign(switches, defaultSwitches(), { metadataPolls: 0 });
    faults.clear();
    org.apps.length = 0;
    org.permissionSetGroups.clear();
    for (const [at, user] of org.users.entries()) Object.assign(user, structuredClone(this.#users[at]));
    const { apps = [] } = exampleOrg(certificate);
    const profiles = ['System Administrator'];
    for (const app of apps) org.addApp({ ...app, kind, profiles, description: 'Log collection, managed by sf aquila' });
    writeFileSync(join(this.folder, 'server.crt'), certificate);
    this.emulator.calls.clear();
    return this.app;
  }

  /** The version that sf has noted of the org, which decides what a retrieval shows; left out, none. */
  noteVersion(instanceApiVersion?: string): void {
    const file = join(this.folder, '.sfdx', `${example.admin}.json`);
    const login = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...login, instanceApiVersion }));
  }

  get app(): App {
    const app = this.emulator.org.app(example.clientId);
    if (!app) throw new Error('the org has lost its app');
    return app;
  }

  /** `app check` with all that it can compare, unless told otherwise; what it says comes from its JSON. */
  async check({ flags = this.flags('server.crt') } = {}): Promise<{ checks: Finding[]; exitCode: number }> {
    const run = await runInProcess<AppCheckResult>(AppCheck, [...flags, '--json'], this.#env);
    expect(run.error?.message).to.equal(undefined);
    for (const { value } of this.emulator.org.tokens) expect(run.stdout + run.stderr).not.to.include(value);
    const { result } = JSON.parse(run.stdout) as { result: AppCheckResult };
    return { checks: result.checks, exitCode: run.exitCode };
  }

  flags(certificateFile: string): string[] {
    const who = ['--target-org', 'admin', '--name', 'AQUILA', '--username', example.username];
    return [...who, '--certificate-file', join(this.folder, certificateFile)];
  }

  /** Runs a command line `sf aquila app create …` as a person would who has read its fix. */
  async create(line: string): Promise<Run<AppCreateResult>> {
    const known = line
      .replace('CONTACT_EMAIL', 'soc@acme.com')
      .replace('PERMISSION_SET', example.permissionSet)
      .replace('USERNAME', example.username)
      .replace('next/server.crt', `"${join(this.folder, 'next', 'server.crt')}"`);
    const [sf, topic, app, create, ...argv] = words(known);
    expect([sf, topic, app, create]).to.deep.equal(['sf', 'aquila', 'app', 'create']);
    return runInProcess<AppCreateResult>(AppCreate, [...argv, '--force', '--no-prompt'], this.#env);
  }

  get #env(): Record<string, string> {
    return { HOME: this.folder, USERPROFILE: this.folder };
  }
}

/**
 * Lets the commands ask at once how far a retrieval or deployment is: this org is always done by then, and a hundred pauses of 200 ms would
 * be most of the time of these tests. Another length of the pause makes them slower, nothing else.
 */
export const withoutFirstPause = (): (() => void) =>
  shortenPauses((milliseconds) => (milliseconds === 200 ? 0 : milliseconds));

/** Runs tests that share one loopback org; each begins with `reset`. */
export function describeScene(name: string, tests: (scene: () => AppScene) => void): void {
  describe(name, () => {
    let scene: AppScene;
    before(async () => {
      scene = await AppScene.start();
    });
    after(() => scene.stop());
    tests(() => scene);
  });
}
