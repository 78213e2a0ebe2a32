import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AppCheck, { type AppCheckResult } from '../../src/commands/aquila/app/check.ts';
import AppCreate, { type AppCreateResult } from '../../src/commands/aquila/app/create.ts';
import CertRenew, { type CertRenewResult } from '../../src/commands/aquila/cert/renew.ts';
import AquilaSetup, { type AquilaSetupResult } from '../../src/commands/aquila/setup.ts';
import type { VerdictStatus } from '../../src/checks/define.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type App, type Emulator } from '../emulator/index.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { shortenPauses } from '../pauses.ts';

const fixtures = fileURLToPath(new URL('../fixtures/keys/', import.meta.url));

/** A pause between two questions about a job, which is 2 seconds at most; the org of the tests is never long at work. */
const hurried = (milliseconds: number): number => (milliseconds > 2000 ? milliseconds : milliseconds / 50);

/**
 * An org without apps, an administrator's login in a home of its own, and key and certificate beside each other: what a person has who
 * runs `sf aquila app create` for the first time.
 */
export class AppOrg {
  readonly emulator: Emulator;
  readonly home = mkdtempSync(join(tmpdir(), 'aquila-app-'));
  readonly certificate = readFileSync(`${fixtures}rsa2048.crt`, 'utf8');
  readonly #undo: Array<() => void> = [];

  /** @param apps as the example org has them, or none; `bare` has an integration user besides who may do nothing, and no permission set */
  static async open(apps: 'none' | 'guide' | 'bare' = 'none'): Promise<AppOrg> {
    const options = exampleOrg(readFileSync(`${fixtures}rsa2048.crt`, 'utf8'));
    if (apps === 'bare') {
      const [admin] = options.users ?? [];
      options.users = [...(admin ? [admin] : []), bareUser];
    }
    const emulator = await startEmulator({ ...options, ...(apps !== 'guide' && { apps: [] }) });
    const org = new AppOrg(emulator);
    if (apps === 'bare') emulator.org.permissionSets.clear();
    await storeAdmin(emulator, example.admin, 'admin', org.home);
    return org;
  }

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    emulator.switches.metadataPolls = 0;
    emulator.org.permissionSets.add(example.permissionSet);
    copyFileSync(`${fixtures}rsa2048.key`, this.path('server.key'));
    copyFileSync(`${fixtures}rsa2048.crt`, this.path('server.crt'));
    copyFileSync(`${fixtures}other2048.crt`, this.path('other.crt'));
    this.#undo.push(trustInProcess(emulator.tlsCertificate), shortenPauses(hurried));
  }

  async close(): Promise<void> {
    for (const undo of this.#undo) undo();
    await this.emulator.stop();
    // sf may still be at its own files there when the command has ended.
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  path(...names: string[]): string {
    return join(this.home, ...names);
  }

  /** What makes an app in an empty org, with everything that a person has to give. */
  get newApp(): string[] {
    return [
      ...['--contact-email', 'soc@acme.com', '--certificate-file', this.path('server.crt')],
      ...['--permission-set', example.permissionSet],
    ];
  }

  create(...words: string[]): Promise<Run<AppCreateResult>> {
    return runInProcess(AppCreate, ['--target-org', 'admin', ...words], this.env);
  }

  /** Without `--target-org`. */
  createFrom(...words: string[]): Promise<Run<AppCreateResult>> {
    return runInProcess(AppCreate, words, this.env);
  }

  /** Without a question; the login waits for nothing. */
  setup(...words: string[]): Promise<Run<AquilaSetupResult>> {
    return runInProcess(AquilaSetup, ['--target-org', 'admin', '--wait', '0', ...words], this.env);
  }

  /** Without `--target-org`. */
  setupFrom(...words: string[]): Promise<Run<AquilaSetupResult>> {
    return runInProcess(AquilaSetup, words, this.env);
  }

  /** Without a question, for the login of the integration user. */
  renew(...words: string[]): Promise<Run<CertRenewResult>> {
    const orgs = ['--target-org', example.username, '--admin-org', 'admin'];
    return runInProcess(CertRenew, [...orgs, ...words], this.env);
  }

  check(...words: string[]): Promise<Run<AppCheckResult>> {
    return runInProcess(AppCheck, ['--target-org', 'admin', ...words], this.env);
  }

  /** Further variables of the environment. */
  readonly more: Record<string, string> = {};

  get env(): Record<string, string> {
    return { HOME: this.home, USERPROFILE: this.home, ...this.more };
  }

  /** The only app, or the one with this name. */
  app(name?: string): App {
    const { apps } = this.emulator.org;
    const app = name === undefined ? apps[0] : apps.find((one) => one.name === name);
    if (!app) throw new Error(`the org has no app ${name ?? ''}`);
    return app;
  }

  /** Everything about apps and their users that a command could change, but for clocks and for labels that nobody sees. */
  state(): unknown {
    const { apps, users } = this.emulator.org;
    const withoutLabels = ({ otherMetadata }: App): unknown[] =>
      Object.entries(otherMetadata).flatMap(([type, { label: _label, ...rest }]) =>
        Object.keys(rest).length === 0 ? [] : [[type, rest]]
      );
    return structuredClone({
      apps: apps.map((app) => ({
        ...app,
        changedAt: 0,
        certificate: app.certificate?.trimEnd(),
        otherMetadata: withoutLabels(app),
      })),
      users: users.map(({ username, permissionSets }) => ({ username, permissionSets })),
    });
  }

  /** What was asked of the org since the last call, shortest: `deploy`, `validate`, `assign`, `grant`, `query ExternalClientApplication` … */
  requests(): string[] {
    const { calls } = this.emulator;
    const asked = calls.map(({ method, path, query, body }) => requestName(method, path, query['q'], body));
    calls.clear();
    return asked;
  }

  /** Those of the requests that change something, or might. */
  changes(): string[] {
    return this.requests().filter((one) => /^(?:deploy|validate|assign|grant|delete)\b/.test(one));
  }

  /** Calls back before the org answers the next request of this name, once. */
  before(name: string, act: () => void): void {
    this.onRequest((asked, stop) => {
      if (asked !== name) return;
      stop();
      act();
    });
  }

  /** Calls back before the org answers each request. */
  onRequest(act: (name: string, stop: () => void) => void): void {
    const { calls } = this.emulator;
    const push = calls.push.bind(calls);
    const stop = (): void => void (calls.push = push);
    calls.push = (...items) => {
      const count = push(...items);
      for (const { method, path, query, body } of items) act(requestName(method, path, query['q'], body), stop);
      return count;
    };
  }

  /** Every file of the home, by its path in it. */
  files(): Record<string, string> {
    const entries = readdirSync(this.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(this.home.length + 1), readFileSync(path, 'latin1')]));
  }
}

/** A request in one or two words. */
function requestName(method: string, path: string, soql: string | undefined, body: string): string {
  if (path.endsWith('/deployRequest')) return /"checkOnly":\s*true/.test(body) ? 'validate' : 'deploy';
  if (path.includes('/deployRequest/')) return 'poll';
  if (path.includes('/Soap/'))
    return /<(?:\w+:)?(listMetadata|retrieve|checkRetrieveStatus)\b/.exec(body)?.[1] ?? 'soap';
  if (path.endsWith('/query')) return `query ${/FROM (\w+)/.exec(soql ?? '')?.[1] ?? ''}`;
  if (method === 'POST' && path.endsWith('/PermissionSetAssignment')) return 'assign';
  if (method === 'POST' && path.endsWith('/SetupEntityAccess')) return 'grant';
  if (method === 'DELETE') return `delete ${path.split('/').at(-2) ?? ''}`;
  return path.replace(/^\/services\//, '');
}

/** A user as Salesforce makes one for an integration: nothing but the API of its licence, and not even that here. */
const bareUser = {
  username: example.username,
  firstName: 'AQUILA',
  lastName: 'Integration',
  profile: 'Minimum Access - API Only Integrations',
  permissions: { apiEnabled: false },
};

/** The statuses of a report's checks, by id. */
export const statuses = ({ checks }: AppCheckResult): Record<string, VerdictStatus | 'blocked'> =>
  Object.fromEntries(checks.map((check) => [check.id, 'status' in check ? check.status : 'blocked']));
