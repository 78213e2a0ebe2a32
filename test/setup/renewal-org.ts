import { X509Certificate, createPrivateKey } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import KeystoreCreate from '../../src/commands/aquila/keystore/create.ts';
import { example } from '../emulator/index.ts';
import { logIn, type CollectorInput } from '../handover/collector-client.ts';
import { runInProcess } from '../in-process.ts';
import { AppOrg } from './app-org.ts';

const fixtures = fileURLToPath(new URL('../fixtures/keys/', import.meta.url));

/** Fingerprint of a certificate in PEM. */
export const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256;

/** An org as `sf aquila setup` leaves it: an app with the certificate of keys/server.key, and a login through it. */
export class RenewalOrg {
  readonly org: AppOrg;
  /** The client id of the first app. */
  readonly clientId: string;

  static async open(): Promise<RenewalOrg> {
    const org = await AppOrg.open('bare');
    mkdirSync(org.path('keys'), { mode: 0o700 });
    for (const [from, to] of [
      ...[
        ['rsa2048.key', 'server.key'],
        ['rsa2048.key', 'server.pem'],
        ['rsa2048.crt', 'server.crt'],
      ],
    ] as Array<[string, string]>) {
      copyFileSync(`${fixtures}${from}`, org.path('keys', to));
      chmodSync(org.path('keys', to), to === 'server.crt' ? 0o644 : 0o600);
    }
    const words = ['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'];
    const paths = ['--output-dir', org.path('keys'), '--key-path', '/etc/aquila/server.pem', '--alias', 'aquila'];
    const run = await org.setup(...words, ...paths);
    if (run.error) throw run.error;
    org.requests();
    return new RenewalOrg(org);
  }

  private constructor(org: AppOrg) {
    this.org = org;
    this.clientId = org.app().clientId;
  }

  /** Makes keystores of the present key beside it. */
  async withKeystores(): Promise<void> {
    this.org.more['SF_AQUILA_KEYSTORE_PASSWORD'] = 'correct horse';
    const words = ['--type', 'p12', '--type', 'jks', '--alias', 'Collector'];
    const run = await runInProcess(KeystoreCreate, ['--key-file', this.path('server.key'), ...words], this.org.env);
    if (run.error) throw run.error;
  }

  close(): Promise<void> {
    return this.org.close();
  }

  path(...names: string[]): string {
    return this.org.path('keys', ...names);
  }

  names(folder = ''): string[] {
    return readdirSync(this.path(folder)).sort();
  }

  text(...names: string[]): string {
    return readFileSync(this.path(...names), 'utf8');
  }

  /** Of the certificate that an app holds. */
  held(name = 'AQUILA'): string {
    return fingerprint(this.org.app(name).certificate ?? '');
  }

  /** Whether a client that is not ours logs in with a key, as the collector does. */
  async logsIn(keyPath: string, clientId = this.clientId): Promise<boolean> {
    const { myDomainUrl: audience, tlsCertificate } = this.org.emulator;
    const input = { ...unread, clientId, username: example.username, keyPath, audience, instanceUrl: audience };
    return logIn(input, { ca: tlsCertificate }).then(
      () => true,
      () => false
    );
  }

  /** The key and the certificate of a folder that belong together, by the certificate's fingerprint; undefined where one is missing. */
  pair(...folder: string[]): string | undefined {
    const [key, certificate] = ['server.key', 'server.crt'].map((name) => this.path(...folder, name));
    if (!existsSync(key!) || !existsSync(certificate!)) return undefined;
    const read = new X509Certificate(readFileSync(certificate!));
    return read.checkPrivateKey(createPrivateKey(readFileSync(key!))) ? read.fingerprint256 : undefined;
  }
}

/** What the client of the tests does not look at where it only logs in. */
const unread: Omit<CollectorInput, 'clientId' | 'username' | 'keyPath' | 'audience' | 'instanceUrl'> = {
  id: 'renewal',
  version: 66,
  methods: [],
};
