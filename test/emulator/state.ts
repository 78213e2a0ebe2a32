import { IdMint, to18 } from './ids.ts';
import { tables, type Table } from './tables.ts';
import type { Token } from './tokens.ts';

export type Permissions = {
  apiEnabled: boolean;
  viewEventLogFiles: boolean;
  viewRealTimeEventMonitoring: boolean;
  viewSetup: boolean;
  viewAllData: boolean;
  modifyAllData: boolean;
};

export type User = {
  id: string;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  active: boolean;
  frozen: boolean;
  passwordExpired: boolean;
  /** Outside the login IP ranges or login hours of the profile. */
  ipRestricted: boolean;
  permissions: Permissions;
  profile: string;
  permissionSets: string[];
};

export type App = {
  id: string;
  kind: 'external-client-app' | 'connected-app';
  clientId: string;
  name: string;
  /** PEM of the uploaded certificate; undefined = none was uploaded. */
  certificate: string | undefined;
  /** OAuth names: api, web, refresh_token, offline_access, openid, full … */
  scopes: string[];
  permittedUsers: 'admin-approved' | 'self-authorize';
  /** Names that pre-authorise their users when `permittedUsers` is admin-approved. */
  profiles: string[];
  permissionSets: string[];
  /** Usernames that approved a self-authorised app. */
  approvals: Set<string>;
  enabled: boolean;
  installed: boolean;
  blocked: boolean;
  jwtBearer: boolean;
  tokenFormat: 'opaque' | 'jwt';
  /** The app's IP policy shuts this client out. */
  ipRestricted: boolean;
};

export type NewUser = Partial<Omit<User, 'id' | 'permissions'>> & {
  username: string;
  permissions?: Partial<Permissions>;
};
export type NewApp = Partial<Omit<App, 'id' | 'approvals'>> & { clientId: string; approvals?: Iterable<string> };

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
  /** What `/limits` shows. */
  limits: Record<string, { Max: number; Remaining: number }>;
};

const noPermissions: Permissions = {
  apiEnabled: false,
  viewEventLogFiles: false,
  viewRealTimeEventMonitoring: false,
  viewSetup: false,
  viewAllData: false,
  modifyAllData: false,
};

/** The org: its facts, users, apps and tokens. Everything may be changed while the servers run. */
export class OrgState {
  readonly users: User[] = [];
  readonly apps: App[] = [];
  readonly tokens: Token[] = [];
  /** Times of counted logins in milliseconds, by user id, for the limit of logins per hour. */
  readonly logins = new Map<string, number[]>();
  readonly assertionsSeen = new Set<string>();
  /** What SOQL can read. A test may add objects. */
  readonly tables: Record<string, Table> = { ...tables };
  readonly facts: OrgFacts;
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
      limits: {
        DailyApiRequests: { Max: 100_000, Remaining: 99_000 },
        DailyStreamingApiEvents: { Max: 10_000, Remaining: 10_000 },
      },
      ...facts,
    };
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
  addApp({ approvals, ...given }: NewApp): App {
    if (this.app(given.clientId)) throw new Error(`the org already has an app with the client id ${given.clientId}`);
    const app: App = {
      id: this.#mint.next('0Ci'),
      kind: 'external-client-app',
      name: 'App',
      certificate: undefined,
      scopes: ['api', 'web', 'refresh_token'],
      permittedUsers: 'admin-approved',
      profiles: [],
      permissionSets: [],
      enabled: true,
      installed: true,
      blocked: false,
      jwtBearer: true,
      tokenFormat: 'opaque',
      ipRestricted: false,
      ...given,
      approvals: new Set(approvals),
    };
    this.apps.push(app);
    return app;
  }

  /** Usernames are compared without regard to case. */
  user(username: string): User | undefined {
    return this.users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  }

  app(clientId: string): App | undefined {
    return this.apps.find((app) => app.clientId === clientId);
  }

  removeApp(clientId: string): void {
    const at = this.apps.findIndex((app) => app.clientId === clientId);
    if (at >= 0) this.apps.splice(at, 1);
  }

  /** Every token issued so far is from now on "Session expired or invalid". */
  expireTokens(): void {
    for (const token of this.tokens) token.expired = true;
  }

  /** The id of a profile (`00e`), a permission set (`0PS`) or an assignment (`0Pa`), made when its name is first asked for. */
  idOf(prefix: '00e' | '0PS' | '0Pa', name: string): string {
    const key = `${prefix} ${name}`;
    const id = this.#named.get(key) ?? this.#mint.next(prefix);
    this.#named.set(key, id);
    return id;
  }
}
