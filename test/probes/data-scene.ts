import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { roomOf } from '../../src/checks/define.ts';
import type { Identity } from '../../src/checks/facts.ts';
import { registry } from '../../src/checks/index.ts';
import { runChecks, type Finding, type Reading } from '../../src/checks/run.ts';
import { report, type CheckReport } from '../../src/checks/summary.ts';
import { readKeyFrom } from '../../src/files/private-key.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { AppReader } from '../../src/org/app-reader.ts';
import { openNetwork } from '../../src/org/http.ts';
import { once } from '../../src/org/once.ts';
import { openSession } from '../../src/org/session.ts';
import { makeAppReaders } from '../../src/probes/app-readers.ts';
import { readAppWitness } from '../../src/probes/app-witness.ts';
import { asReading, tryLogin } from '../../src/probes/attempt.ts';
import { makeDataReaders } from '../../src/probes/data.ts';
import { readHost } from '../../src/probes/host.ts';
import { readIdentity } from '../../src/probes/identity.ts';
import { readKeyFile } from '../../src/probes/key-file.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import { temporaryHome } from '../org/home.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { callbackUrl } from '../checks/example-facts.ts';

const key = (name: string): string => fileURLToPath(new URL(`../fixtures/keys/${name}`, import.meta.url));

/** The checks of the rooms user and data, as far as they need no choice of a user by name. */
const checks = registry.filter(({ id }) => ['user', 'data'].includes(roomOf(id)) && id !== 'user-preauthorized');

/** The loopback org, with the readers of the rooms user and data as a command would put them together. */
export class DataScene {
  readonly emulator: Emulator;
  readonly #leave: () => void;

  private constructor(emulator: Emulator, leave: () => void) {
    this.emulator = emulator;
    this.#leave = leave;
  }

  static async open(): Promise<DataScene> {
    const emulator = await startEmulator(exampleOrg(readFileSync(key('rsa2048.crt'), 'utf8')));
    const undo = trustInProcess(emulator.tlsCertificate);
    const { leave } = temporaryHome();
    await storeAdmin(emulator);
    return new DataScene(emulator, () => {
      leave();
      undo();
    });
  }

  async close(): Promise<void> {
    this.#leave();
    await this.emulator.stop();
  }

  get login(): StoredLogin {
    const url = this.emulator.myDomainUrl;
    return {
      username: example.username,
      clientId: example.clientId,
      keyPath: key('rsa2048.key'),
      instanceUrl: url,
      loginUrl: url,
      jwtAudience: url,
      orgId: this.emulator.org.id,
    };
  }

  async readers(withAdmin: boolean, login = this.login) {
    const network = openNetwork({}, () => new Date(this.emulator.org.now()));
    const tried = once(() =>
      tryLogin(
        login,
        network,
        once(() => readKeyFile(login))
      )
    );
    const identity: () => Promise<Reading<Identity>> = once(async () => readIdentity(network, await tried()));
    const attempt = async () => asReading(await tried());
    const host = async () => readHost(login, network, await tried());
    const own = { attempt, identity, host };
    const data = { login, network, tried, identity };
    if (!withAdmin) return { ...own, ...makeDataReaders(data), appWitness: async () => ({ value: undefined }) };
    const session = await openSession('admin', network, readKeyFrom);
    const apps = makeAppReaders(new AppReader(session), { admin: 'admin', name: 'AQUILA', callbackUrl });
    const appPolicy = once(apps.appPolicy);
    const admin = { session, app: apps.app, appPolicy };
    const more = makeDataReaders({ ...data, admin });
    const appWitness = once(() => readAppWitness(tried, { ...apps, userState: more.userState }, {}));
    return { ...own, ...apps, appPolicy, ...more, appWitness };
  }

  /** What the checks find; one of another room that stands in the way comes with them. */
  async check({ withAdmin = false, login = this.login } = {}): Promise<CheckReport> {
    const given = { now: new Date(this.emulator.org.now()), warnDays: 60, posix: true, login };
    const selection = { run: checks, deselected: [], forbidden: [] };
    return report(await runChecks(selection, given, await this.readers(withAdmin, login), registry));
  }
}

/** The checks that say something is wrong, and how. */
export const speaking = (found: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(
    found.flatMap(({ id, status }) => (status === 'pass' || status === 'skip' ? [] : [[id, status] as const]))
  );
