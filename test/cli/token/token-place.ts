import { chmodSync, writeFileSync } from 'node:fs';
import { example, exampleOrg, startEmulator, writeTlsCertificate, type Emulator } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { Place, type Outcome } from '../process.ts';

/** An org and a place with two logins: `admin` by the browser, `aquila` by its private key. */
export class TokenPlace extends Place {
  readonly emulator: Emulator;
  readonly env: Record<string, string>;

  static async open(): Promise<TokenPlace> {
    const emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    const place = new TokenPlace(emulator);
    place.env['NODE_EXTRA_CA_CERTS'] = await writeTlsCertificate(emulator.tlsCertificate, place.folder);
    writeFileSync(place.path('server.key'), fixture('rsa2048.key'));
    chmodSync(place.path('server.key'), 0o600);
    await storeAdmin(emulator, example.admin, 'admin', place.folder);
    await storeAdmin(emulator, example.username, 'aquila', place.folder, {
      ...{ refreshToken: undefined, clientId: example.clientId, privateKey: place.path('server.key') },
    });
    return place;
  }

  private constructor(emulator: Emulator) {
    super();
    this.emulator = emulator;
    this.env = { SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_LOG_LEVEL: 'trace' };
  }

  async close(): Promise<void> {
    await this.emulator.stop();
    this.remove();
  }

  /** Runs `sf aquila token …` in this place, with every log of sf. */
  token(words: string[], input?: string): Promise<Outcome> {
    return this.run(['token', ...words], { env: this.env, ...(input !== undefined && { input }) });
  }

  /** Tokens and secrets that the org has given out, those that stand in an output or in a file of the place, logs included. */
  leaked(): string[] {
    const { tokens, refreshTokens, apps } = this.emulator.org;
    const found = this.everything();
    const secrets = [
      ...[...tokens, ...refreshTokens].map(({ value }) => value),
      ...apps.map((app) => app.clientSecret),
    ];
    return secrets.filter((secret) => found.includes(secret));
  }
}
