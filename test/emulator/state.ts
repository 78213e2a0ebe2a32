import { IdMint, to18 } from './ids.ts';
import { makeApp } from './app-state.ts';
import type { App, NewApp } from './app-state.ts';
import { makeEventLogFile } from './event-data.ts';
import type { AuditEntry, EventLogFile, LoginAttempt, LoginEvent, NewEventLogFile, StoredEvent } from './event-data.ts';
import { makeSamlConfig } from './saml-configs.ts';
import type { NewSamlConfig, SamlConfig } from './saml-configs.ts';
import { makeAuthProvider, makeOrgCertificate } from './sign-on.ts';
import type { AuthProvider, LoginPage, NewAuthProvider, NewOrgCertificate, OrgCertificate } from './sign-on.ts';
import { tables } from './tables.ts';
import type { Table } from './tables.ts';
import type { RefreshToken, Token } from './tokens.ts';

export type { App, AppFlows, NewApp, PartNames } from './app-state.ts';

export type Permissions = {
  apiEnabled: boolean;
  viewEventLogFiles: boolean;
  viewRealTimeEventMonitoring: boolean;
  viewSetup: boolean;
  manageUsers: boolean;
  viewAllData: boolean;
  modifyAllData: boolean;
  /** Deploys and retrieves through the Metadata API: Modify Metadata Through Metadata API Functions, with Customize Application. */
  modifyMetadata: boolean;
  /** Create, edit, and delete External Client Apps. */
  externalClientAppDeveloper: boolean;
  /** View all External Client Apps, view their settings, and edit their policies. */
  externalClientAppAdmin: boolean;
  /** View all External Client Apps. */
  externalClientAppViewer: boolean;
  assignPermissionSets: boolean;
  viewClientSecret: boolean;
  /** API Only User: logs in by the API alone. */
  apiOnly: boolean;
  /** Manage Auth. Providers. */
  manageAuthProviders: boolean;
};

export type User = {
  id: string;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  /** What an identity provider calls the user; empty: nothing. */
  federationId: string;
  active: boolean;
  frozen: boolean;
  passwordExpired: boolean;
  /** Outside the login IP ranges or login hours of the profile. */
  ipRestricted: boolean;
  permissions: Permissions;
  profile: string;
  permissionSets: string[];
};

export type NewUser = Partial<Omit<User, 'id' | 'permissions'>> & {
  username: string;
  permissions?: Partial<Permissions>;
};
/** The records of a query that did not fit on one page, and whose they are. */
export type Cursor = { user: User; records: object[] };

export type OrgFacts = {
  /** 18 characters. */
  id: string;
  name: string;
  kind: 'production' | 'sandbox' | 'scratch';
  organizationType: string;
  instanceName: string;
  active: boolean;
  /** Every path answers with the page "Data Not Available". */
  maintenance: boolean;
  devHub: boolean;
  /** False for orgs (such as GovCloud) that the login host does not know. */
  servedByLoginHost: boolean;
  highAssurance: boolean;
  /** Logins per hour and user. */
  loginLimit: number;
  /** The feature External Client Apps; without it neither their metadata nor their objects exist. */
  externalClientApps: boolean;
  /** Connected apps can no longer be created, but for orgs that Support has exempted. */
  connectedAppCreation: boolean;
  /** Deployments need Apex tests: NoTestRun is refused. */
  testsRequired: boolean;
  /** Allow access to the client credentials in the REST API. */
  clientSecretInRestApi: boolean;
  /** Event Monitoring (or Shield): all types of log files, also hourly. Its part for stored real-time events stands apart. */
  licences: { eventMonitoring: boolean; realTimeEventMonitoring: boolean };
  /** Event Monitoring Settings, "Generate event log files"; off hides every file. */
  generateEventLogFiles: boolean;
  /** Event Manager, "Enable Storage". */
  eventStorage: { LoginEvent: boolean; LogoutEvent: boolean };
  /** Session Settings, for apps without a timeout of their own. */
  sessionTimeoutInMinutes: number;
  /** What `/limits` shows. */
  limits: Record<string, { Max: number; Remaining: number }>;
};

const noPermissions: Permissions = {
  apiEnabled: false,
  viewEventLogFiles: false,
  viewRealTimeEventMonitoring: false,
  viewSetup: false,
  manageUsers: false,
  viewAllData: false,
  modifyAllData: false,
  modifyMetadata: false,
  externalClientAppDeveloper: false,
  externalClientAppAdmin: false,
  externalClientAppViewer: false,
  assignPermissionSets: false,
  viewClientSecret: false,
  apiOnly: false,
  manageAuthProviders: false,
};

/** The org: its facts, users, apps and tokens. Everything may be changed while the servers run. */
export class OrgState {
  readonly users: User[] = [];
  readonly apps: App[] = [];
  /** The identity providers that the org trusts, in the order of SAML Single Sign-On Settings. */
  readonly samlConfigs: SamlConfig[] = [];
  /** Certificate and Key Management. */
  readonly certificates: OrgCertificate[] = [];
  readonly authProviders: AuthProvider[] = [];
  /** By the id of an app: the certificates that it had before, the first one first, and when each was replaced. */
  readonly formerCertificates = new Map<string, Array<{ pem: string | undefined; replacedAt: number }>>();
  readonly loginPage: LoginPage = { usernamePassword: true, certificate: false, services: [] };
  readonly tokens: Token[] = [];
  readonly refreshTokens: RefreshToken[] = [];
  /** Salesforce's own app, through which stock sf logs in: every org knows it, and none lists it among its apps. */
  readonly cli: App;
  /** Times of counted logins in milliseconds, by user id, for the limit of logins per hour. */
  readonly logins = new Map<string, number[]>();
  readonly assertionsSeen = new Set<string>();
  /** Permission sets and profiles that exist although nobody has them yet, by name. */
  readonly permissionSets = new Set<string>();
  /** What deployed permission sets let their users do, by name. */
  readonly permissionSetRights = new Map<string, Array<keyof Permissions>>();
  /** Permission set groups and the permission sets in each. A user has one by its name among `permissionSets`. */
  readonly permissionSetGroups = new Map<string, string[]>();
  readonly profiles = new Set<string>(['System Administrator', 'Standard User']);
  /** What SOQL can read. A test may add objects. */
  readonly tables: Record<string, Table> = { ...tables };
  /** What is left of long answers to queries, by the locator in `nextRecordsUrl`. */
  readonly cursors = new Map<string, Cursor>();
  readonly eventLogFiles: EventLogFile[] = [];
  readonly loginEvents: LoginEvent[] = [];
  readonly logoutEvents: StoredEvent[] = [];
  readonly setupAuditTrail: AuditEntry[] = [];
  /** Written by each JWT login that names a user of the org. */
  readonly loginHistory: LoginAttempt[] = [];
  readonly facts: OrgFacts;
  #clockOffset = 0;
  readonly #mint = new IdMint();
  readonly #named = new Map<string, string>();

  constructor(facts: Partial<OrgFacts> = {}) {
    this.facts = {
      id: to18('00D5g00000Acme1'),
      name: 'Acme',
      kind: 'production',
      organizationType: 'Enterprise Edition',
      instanceName: 'NA224',
      active: true,
      maintenance: false,
      devHub: false,
      servedByLoginHost: true,
      highAssurance: false,
      loginLimit: 3600,
      externalClientApps: true,
      connectedAppCreation: false,
      testsRequired: false,
      clientSecretInRestApi: false,
      limits: {
        DailyApiRequests: { Max: 100_000, Remaining: 99_000 },
        DailyStreamingApiEvents: { Max: 10_000, Remaining: 10_000 },
      },
      generateEventLogFiles: true,
      sessionTimeoutInMinutes: 120,
      ...facts,
      licences: { eventMonitoring: true, realTimeEventMonitoring: true, ...facts.licences },
      eventStorage: { LoginEvent: true, LogoutEvent: true, ...facts.eventStorage },
    };
    const name = 'Salesforce CLI';
    this.cli = makeApp(
      {
        clientId: 'PlatformCLI',
        name,
        kind: 'connected-app',
        permittedUsers: 'self-authorize',
      },
      to18('0H45g00000PlCLI')
    );
  }

  get id(): string {
    return this.facts.id;
  }

  /** Adds a user; what is left out makes an active user with API Enabled and nothing else. */
  addUser({ permissions, ...given }: NewUser): User {
    if (this.user(given.username)) throw new Error(`the org already has a user ${given.username}`);
    const user: User = {
      id: this.#mint.next('005'),
      firstName: '',
      lastName: given.username.split('@')[0] ?? '',
      email: given.username,
      federationId: '',
      active: true,
      frozen: false,
      passwordExpired: false,
      ipRestricted: false,
      profile: 'Standard User',
      permissionSets: [],
      ...given,
      permissions: { ...noPermissions, apiEnabled: true, ...permissions },
    };
    this.users.push(user);
    return user;
  }

  /** Adds an app; what is left out makes an admin-approved external client app with the usual scopes and no certificate. */
  addApp(given: NewApp): App {
    if (this.app(given.clientId)) throw new Error(`the org already has an app with the client id ${given.clientId}`);
    const app = makeApp(given, this.#mint.next(given.kind === 'connected-app' ? '0H4' : '0xI'));
    this.apps.push(app);
    return app;
  }

  /** Adds an identity provider that the org trusts. */
  addSamlConfig(given: NewSamlConfig): SamlConfig {
    const config = makeSamlConfig(given, this.#mint.next('0LE'));
    this.samlConfigs.push(config);
    return config;
  }

  /** Adds a certificate of Certificate and Key Management. */
  addCertificate(given: NewOrgCertificate): OrgCertificate {
    const certificate = makeOrgCertificate(given, this.#mint.next('0P1'), this.now());
    this.certificates.push(certificate);
    return certificate;
  }

  addAuthProvider(given: NewAuthProvider): AuthProvider {
    const provider = makeAuthProvider(given, this.#mint.next('0SO'));
    this.authProviders.push(provider);
    return provider;
  }

  /** Usernames are compared without regard to case. */
  user(username: string): User | undefined {
    return this.users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  }

  /** The permission sets of a user, those of the user's permission set groups included. */
  permissionSetsOf({ permissionSets }: User): string[] {
    return permissionSets.flatMap((name) => [name, ...(this.permissionSetGroups.get(name) ?? [])]);
  }

  /** What a user may do: what is said of the user, and what deployed permission sets add to it. */
  permissionsOf(user: User): Permissions {
    const added = this.permissionSetsOf(user).flatMap((name) => this.permissionSetRights.get(name) ?? []);
    return added.length === 0
      ? user.permissions
      : { ...user.permissions, ...Object.fromEntries(added.map((one) => [one, true])) };
  }

  app(clientId: string): App | undefined {
    return this.apps.find((app) => app.clientId === clientId);
  }

  removeApp(clientId: string): void {
    const at = this.apps.findIndex((app) => app.clientId === clientId);
    if (at >= 0) this.apps.splice(at, 1);
  }

  /** A new id with this key prefix. */
  newId(prefix: string): string {
    return this.#mint.next(prefix);
  }

  /** Adds a log file; what is left out makes the daily file of the last day that has ended, with one line. */
  addEventLogFile(given: NewEventLogFile): EventLogFile {
    const file = makeEventLogFile(given, this.#mint.next('0AT'), this.now());
    this.eventLogFiles.push(file);
    return file;
  }

  /** The org's clock in milliseconds. */
  now(): number {
    return Date.now() + this.#clockOffset;
  }

  /** Time passes for the org, though not for its clients. */
  passTime(minutes: number): void {
    this.#clockOffset += minutes * 60_000;
  }

  /** Every access token issued so far is from now on "Session expired or invalid". */
  expireTokens(): void {
    for (const token of this.tokens) token.expired = true;
  }

  /** The id of what has no state of its own (a profile `00e`, a permission set `0PS` …), made when its name is first asked for. */
  idOf(prefix: string, name: string): string {
    const key = `${prefix} ${name}`;
    const id = this.#named.get(key) ?? this.#mint.next(prefix);
    this.#named.set(key, id);
    return id;
  }
}
