import { example, exampleOrg, startEmulator, writeTlsCertificate, type Emulator } from '../emulator/index.ts';
import { fixture } from '../emulator/test-client.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { Place } from './process.ts';

/** A loopback org, and a place whose commands trust it and have its administrator's login under the alias `admin`. */
export class OrgPlace extends Place {
  readonly emulator: Emulator;
  /** For every command that runs here. */
  readonly env: Record<string, string> = { SF_USE_GENERIC_UNIX_KEYCHAIN: 'true' };

  /** With the app of the example, which holds the certificate of rsa2048.key. */
  static async open(): Promise<OrgPlace> {
    return new OrgPlace(await startEmulator(exampleOrg(fixture('rsa2048.crt')))).ready();
  }

  /** As before a setup: no app, and nothing that lets the integration user in. */
  static async beforeSetup(): Promise<OrgPlace> {
    const place = await new OrgPlace(await startEmulator({ ...exampleOrg(), apps: [] })).ready();
    place.emulator.org.user(example.username)!.permissionSets = [];
    return place;
  }

  protected constructor(emulator: Emulator) {
    super();
    this.emulator = emulator;
    emulator.switches.metadataPolls = 0;
  }

  protected async ready(): Promise<this> {
    this.env['NODE_EXTRA_CA_CERTS'] = await writeTlsCertificate(this.emulator.tlsCertificate, this.folder);
    await storeAdmin(this.emulator, example.admin, 'admin', this.folder);
    return this;
  }

  async close(): Promise<void> {
    await this.emulator.stop();
    this.remove();
  }
}
