import {
  copyFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AquilaVerify, { type AquilaVerifyResult } from '../../src/commands/aquila/verify.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { inHome } from '../org/home.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { shortenPauses } from '../pauses.ts';

const key = (name: string): string => fileURLToPath(new URL(`../fixtures/keys/${name}`, import.meta.url));

/** A home with stored logins, each of another user of one loopback org: for the commands they are several orgs. */
export class Fleet {
  readonly emulator: Emulator;
  readonly home = mkdtempSync(join(tmpdir(), 'aquila-fleet-'));
  readonly #distrust: () => void;
  readonly #aliases: Record<string, string> = {};
  readonly #silent: Server[] = [];

  static async open(): Promise<Fleet> {
    return new Fleet(await startEmulator(exampleOrg(readFileSync(key('rsa2048.crt'), 'utf8'))));
  }

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.#distrust = trustInProcess(emulator.tlsCertificate);
    emulator.switches.metadataPolls = 0;
    mkdirSync(this.path('.sfdx'));
    copyFileSync(key('rsa2048.key'), this.path('server.key'));
    copyFileSync(key('rsa2048.crt'), this.path('server.crt'));
    chmodSync(this.path('server.key'), 0o600);
  }

  async close(): Promise<void> {
    this.#distrust();
    for (const server of this.#silent) server.close();
    await this.emulator.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  path(...names: string[]): string {
    return join(this.home, ...names);
  }

  get env(): Record<string, string> {
    return { HOME: this.home, USERPROFILE: this.home, SF_AQUILA_HTTP_TIMEOUT: '6' };
  }

  /**
   * Stores a login of a user whom the org knows, as `sf aquila login` leaves it.
   *
   * @param changes of the auth file; what is undefined is left out
   * @returns the username
   */
  add(alias: string, changes: Record<string, string | undefined> = {}): string {
    const { org } = this.emulator;
    const username = `${alias}@acme.com`;
    if (!org.user(username)) org.addUser({ ...integrationUser, username });
    const url = changes['url'] ?? this.emulator.myDomainUrl;
    const login: Record<string, string | undefined> = {
      ...{ username, orgId: org.id, accessToken: 'not decrypted by this command', clientId: example.clientId },
      ...{ privateKey: this.path('server.key'), aquilaKeyPath: '/etc/aquila/server.pem' },
      ...{ instanceUrl: url, loginUrl: url, jwtAudience: url },
      ...changes,
    };
    delete login['url'];
    writeFileSync(this.path('.sfdx', `${username}.json`), JSON.stringify(login));
    this.alias(alias, username);
    return username;
  }

  alias(alias: string, username: string): void {
    const file = this.path('.sfdx', 'alias.json');
    const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { orgs: object }).orgs : {};
    writeFileSync(file, JSON.stringify({ orgs: { ...known, ...this.#aliases, [alias]: username } }));
    this.#aliases[alias] = username;
  }

  /** As `sf org login web` leaves it, with the alias admin. */
  addAdmin(): Promise<void> {
    return storeAdmin(this.emulator, example.admin, 'admin', this.home);
  }

  /** The address of something that takes connections and says nothing. */
  async silentHost(): Promise<string> {
    const server = createServer((socket) => socket.on('error', () => undefined).unref());
    this.#silent.push(server.unref());
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  }

  /** Pauses of half a minute are over at once, after a call back. */
  skipPauses(onPause: () => void): () => void {
    return shortenPauses((milliseconds) => {
      if (milliseconds !== 30_000) return milliseconds;
      onPause();
      return 0;
    });
  }

  /** Every file of the home, by its path in it. */
  files(): Record<string, string> {
    const entries = readdirSync(this.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(this.home.length + 1), readFileSync(path, 'latin1')]));
  }

  /** Runs a part of the product outside a command, with this home. */
  inside<Result>(work: () => Promise<Result>): Promise<Result> {
    return inHome(this.env, work);
  }

  verify(...words: string[]): Promise<Run<AquilaVerifyResult>> {
    return runInProcess(AquilaVerify, words, this.env);
  }
}

const integrationUser = {
  permissionSets: [example.permissionSet],
  permissions: { apiEnabled: true, viewEventLogFiles: true, viewRealTimeEventMonitoring: true },
};
