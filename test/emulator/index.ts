import { CallLog } from './calls.ts';
import { exampleOrg } from './example.ts';
import { FaultBox } from './faults.ts';
import type { AuditEntry, LoginEvent, NewEventLogFile, StoredEvent } from './event-data.ts';
import type { World } from './http.ts';
import { FaceServer } from './server.ts';
import { OrgState } from './state.ts';
import type { NewApp, NewUser, OrgFacts } from './state.ts';
import { defaultSwitches } from './switches.ts';
import type { Answers, Switches } from './switches.ts';
import { makeTlsPair } from './tls.ts';
import { issueRefreshToken, issueToken } from './tokens.ts';

export { example, exampleOrg } from './example.ts';
export { csv, loginLog } from './event-data.ts';
export type { LoginEvent, NewEventLogFile, StoredEvent } from './event-data.ts';
export type { Fault } from './faults.ts';
export type { Face } from './http.ts';
export { presets, scenarios } from './scenarios.ts';
export type { PresetName, ScenarioName } from './scenarios.ts';
export type { App, User } from './state.ts';
export type { Switches } from './switches.ts';
export { trustInProcess, writeTlsCertificate } from './tls.ts';

export type EmulatorOptions = {
  org: Partial<OrgFacts>;
  users: NewUser[];
  apps: NewApp[];
  eventLogFiles: NewEventLogFile[];
  loginEvents: LoginEvent[];
  logoutEvents: StoredEvent[];
  setupAuditTrail: AuditEntry[];
  switches: Partial<Omit<Switches, 'answers'>> & { answers?: Partial<Answers> };
  /** 0 or left out: any free port. */
  portMyDomain: number;
  portLogin: number;
};

/** What `sf org login web` has in hand once the person has logged in. */
export type WebLogin = { accessToken: string; refreshToken: string; clientId: 'PlatformCLI' };

export type Emulator = {
  /** `https://localhost:PORT`, no slash: My Domain host and instance URL. */
  readonly myDomainUrl: string;
  /** `https://localhost:PORT`, no slash: the login.salesforce.com of this org. */
  readonly loginUrl: string;
  /** PEM of the self-signed server certificate. */
  readonly tlsCertificate: string;
  readonly org: OrgState;
  readonly switches: Switches;
  readonly faults: FaultBox;
  readonly calls: CallLog;
  /** TCP connections accepted by both faces, so that a test can show that nothing was even connected. */
  readonly connections: number;
  /** A web login of stock sf by this user, without the browser; for tests that need an admin. */
  login(username: string): WebLogin;
  stop(): Promise<void>;
};

/**
 * Starts a loopback org on two free ports. Without options it is `exampleOrg()`; `users` and `apps`, when given, are the only ones.
 */
export async function startEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const wanted = { ...exampleOrg(), ...options };
  const { org: facts, users, apps, switches: changed, portMyDomain, portLogin } = wanted;
  const { eventLogFiles, loginEvents, logoutEvents, setupAuditTrail } = wanted;
  const org = new OrgState(facts);
  for (const user of users ?? []) org.addUser(user);
  for (const app of apps ?? []) org.addApp(app);
  for (const file of eventLogFiles ?? []) org.addEventLogFile(file);
  org.loginEvents.push(...(loginEvents ?? []));
  org.logoutEvents.push(...(logoutEvents ?? []));
  org.setupAuditTrail.push(...(setupAuditTrail ?? []));
  const defaults = defaultSwitches();
  const switches: Switches = {
    ...{ ...defaults, ...changed },
    answers: { ...defaults.answers, ...changed?.answers },
    loginStatuses: { ...defaults.loginStatuses, ...changed?.loginStatuses },
  };
  const faults = new FaultBox();
  const calls = new CallLog();
  const tls = makeTlsPair();
  const world: World = { org, switches, urls: { 'my-domain': '', login: '' } };
  const shared = { world, faults, calls, tls };
  const servers = { 'my-domain': new FaceServer('my-domain', shared), login: new FaceServer('login', shared) };
  const stop = async (): Promise<void> => {
    await Promise.all([servers['my-domain'].stop(), servers.login.stop()]);
  };
  try {
    world.urls['my-domain'] = `https://localhost:${await servers['my-domain'].listen(portMyDomain ?? 0)}`;
    world.urls.login = `https://localhost:${await servers.login.listen(portLogin ?? 0)}`;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    myDomainUrl: world.urls['my-domain'],
    loginUrl: world.urls.login,
    tlsCertificate: tls.certificate,
    org,
    switches,
    faults,
    calls,
    get connections() {
      return servers['my-domain'].connections + servers.login.connections;
    },
    login: (username) => {
      const user = org.user(username);
      if (!user) throw new Error(`the org has no user ${username}`);
      const access = issueToken(world, user, org.cli, org.now());
      const refresh = issueRefreshToken(world, user, org.cli);
      access.refreshToken = refresh;
      return { accessToken: access.value, refreshToken: refresh.value, clientId: 'PlatformCLI' };
    },
    stop,
  };
}
