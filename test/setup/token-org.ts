import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, type AuthFields } from '@salesforce/core';
import TokenIdentity, { type TokenIdentityResult } from '../../src/commands/aquila/token/identity.ts';
import TokenIntrospect, { type TokenIntrospectResult } from '../../src/commands/aquila/token/introspect.ts';
import TokenRevoke, { type TokenRevokeResult } from '../../src/commands/aquila/token/revoke.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import { fixture } from '../emulator/test-client.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { inHome } from '../org/home.ts';
import { storeAdmin } from '../org/stored-admin.ts';

/**
 * An org, and a home with a login of each kind: `admin` by the browser, `aquila` by its private key, and `alone` with an access token that
 * nothing renews.
 */
export class TokenOrg {
  readonly emulator: Emulator;
  readonly home = mkdtempSync(join(tmpdir(), 'aquila-token-'));
  /** That a request may take: far more than any takes that is answered. */
  seconds = 20;
  readonly #distrust: () => void;

  static async open(): Promise<TokenOrg> {
    const org = new TokenOrg(await startEmulator(exampleOrg(fixture('rsa2048.crt'))));
    const { emulator, home } = org;
    emulator.org.addUser({ username: 'alone@acme.com' });
    await storeAdmin(emulator, example.admin, 'admin', home);
    await storeAdmin(emulator, 'alone@acme.com', 'alone', home, { refreshToken: undefined });
    await storeAdmin(emulator, example.username, 'aquila', home, {
      ...{ refreshToken: undefined, clientId: example.clientId, privateKey: org.path('server.key') },
    });
    // As if the key had made it.
    const app = emulator.org.app(example.clientId)!;
    Object.assign(emulator.org.tokens.at(-1)!, { app, scopes: app.scopes });
    return org;
  }

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.#distrust = trustInProcess(emulator.tlsCertificate);
    writeFileSync(this.path('server.key'), fixture('rsa2048.key'));
    chmodSync(this.path('server.key'), 0o600);
  }

  async close(): Promise<void> {
    this.#distrust();
    await this.emulator.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  path(...names: string[]): string {
    return join(this.home, ...names);
  }

  /** Writes a file into the home, and returns its path. */
  file(text: string, name = 'token.txt'): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  get env(): Record<string, string> {
    return { HOME: this.home, USERPROFILE: this.home, SF_AQUILA_HTTP_TIMEOUT: String(this.seconds) };
  }

  identity(...words: string[]): Promise<Run<TokenIdentityResult>> {
    return runInProcess(TokenIdentity, words, this.env);
  }

  /** @param more environment, such as the variable of the client secret */
  introspect(words: string[], more: Record<string, string> = {}): Promise<Run<TokenIntrospectResult>> {
    return runInProcess(TokenIntrospect, words, { ...this.env, ...more });
  }

  revoke(...words: string[]): Promise<Run<TokenRevokeResult>> {
    return runInProcess(TokenRevoke, words, this.env);
  }

  /** What is stored of a login, decrypted. */
  stored(username: string): Promise<AuthFields> {
    return inHome(this.env, async () => (await AuthInfo.create({ username })).getFields(true));
  }

  /** Changes what is stored of a login. */
  keep(username: string, changes: Partial<AuthFields>): Promise<void> {
    return inHome(this.env, async () => {
      await (await AuthInfo.create({ username })).save(changes);
    });
  }

  /** The auth file of a login, byte for byte. */
  authFile(username: string): string {
    return readFileSync(this.path('.sfdx', `${username}.json`), 'utf8');
  }

  /** What arrived: method and path. */
  get requests(): string[] {
    return this.emulator.calls.map(({ method, path }) => `${method} ${path}`);
  }

  /** Every token and secret that this org has given out, those that stand in a run's output. */
  leaked({ stdout, stderr, error }: Run<unknown>): string[] {
    const { tokens, refreshTokens, apps } = this.emulator.org;
    const secrets = [...tokens, ...refreshTokens].map(({ value }) => value);
    const said = [stdout, stderr, error?.message, error?.stack, JSON.stringify(error?.toObject())].join('\n');
    return [...secrets, ...apps.map(({ clientSecret }) => clientSecret)].filter((secret) => said.includes(secret));
  }
}
