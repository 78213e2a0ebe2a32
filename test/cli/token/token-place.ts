import { chmodSync, writeFileSync } from 'node:fs';
import { example, exampleOrg, startEmulator } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { OrgPlace } from '../org-place.ts';
import type { Outcome } from '../process.ts';

/** An org and a place with two logins: `admin` by the browser, `aquila` by its private key. */
export class TokenPlace extends OrgPlace {
  static override async open(): Promise<TokenPlace> {
    const place = await new TokenPlace(await startEmulator(exampleOrg(fixture('rsa2048.crt')))).ready();
    place.env['SF_LOG_LEVEL'] = 'trace';
    writeFileSync(place.path('server.key'), fixture('rsa2048.key'));
    chmodSync(place.path('server.key'), 0o600);
    await storeAdmin(place.emulator, example.username, 'aquila', place.folder, {
      ...{ refreshToken: undefined, clientId: example.clientId, privateKey: place.path('server.key') },
    });
    return place;
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
