import { readFileSync } from 'node:fs';
import type { Emulator } from './index.ts';
import type { PairRow } from './oauth-errors.ts';
import type { EventLogFile } from './event-data.ts';
import type { App, OrgState, Permissions, User } from './state.ts';
import { example } from './example.ts';
import { flowPresets } from './flow-presets.ts';
import { signOnPresets } from './sign-on-presets.ts';

type Preset = (emulator: Emulator) => void;

/** The app that the presets are about: AQUILA, or else the first one. */
function theApp({ org }: Emulator): App {
  const app = org.app(example.clientId) ?? org.apps[0];
  if (!app) throw new Error('this preset needs an app in the org');
  return app;
}

/** The user that the presets are about: the integration user, or else the last one. */
function theUser({ org }: Emulator): User {
  const user = org.user(example.username) ?? org.users.at(-1);
  if (!user) throw new Error('this preset needs a user in the org');
  return user;
}

/** The admin: who has the name of the example, or else the first user. */
const without =
  (...permissions: Array<keyof Permissions>): Preset =>
  ({ org }) => {
    const user = org.user(example.admin) ?? org.users[0];
    if (!user) throw new Error('this preset needs a user in the org');
    for (const one of permissions) user.permissions[one] = false;
  };

function keepFiles({ eventLogFiles }: OrgState, kept: (file: EventLogFile) => boolean): void {
  eventLogFiles.splice(0, Infinity, ...eventLogFiles.filter(kept));
}

const always =
  (row: PairRow): Preset =>
  ({ faults }) =>
    faults.set({ kind: 'oauthError', row });

/** What can be wrong with an org that was right, by name. What the org answers to each stands in `switches.answers`. */
export const presets = {
  'self-authorize-not-approved': (emulator) => {
    theApp(emulator).permittedUsers = 'self-authorize';
    theApp(emulator).approvals.clear();
  },
  'permission-set-not-assigned': (emulator) => void (theUser(emulator).permissionSets = []),
  'wrong-certificate': (emulator) => {
    theApp(emulator).certificate = readFileSync(new URL('../fixtures/keys/other2048.crt', import.meta.url), 'utf8');
  },
  'no-certificate': (emulator) => void (theApp(emulator).certificate = undefined),
  'jwt-flow-off': (emulator) => void (theApp(emulator).jwtBearer = false),
  'audience-not-accepted': ({ switches }) => void (switches.documentedAudiences = false),
  'org-clock-an-hour-ahead': ({ faults }) => faults.set({ kind: 'clockOffset', seconds: 3600 }),
  'app-deleted': (emulator) => emulator.org.removeApp(theApp(emulator).clientId),
  'app-disabled': (emulator) => void (theApp(emulator).enabled = false),
  'app-blocked': (emulator) => void (theApp(emulator).blocked = true),
  'app-not-installed': (emulator) => void (theApp(emulator).installed = false),
  'app-without-refresh-token-scope': (emulator) => void (theApp(emulator).scopes = ['api', 'web']),
  'ip-restricted': (emulator) => void (theApp(emulator).ipRestricted = true),
  'login-rate-exceeded': ({ org }) => void (org.facts.loginLimit = 0),
  'user-unknown': (emulator) => void (theUser(emulator).username = 'somebody.else@acme.com'),
  'user-inactive': (emulator) => void (theUser(emulator).active = false),
  'user-frozen': (emulator) => void (theUser(emulator).frozen = true),
  'user-without-api': (emulator) => void (theUser(emulator).permissions.apiEnabled = false),
  'org-inactive': ({ org }) => void (org.facts.active = false),
  'admin-without-modify-metadata': without('modifyMetadata'),
  'admin-without-app-developer': without('externalClientAppDeveloper'),
  'admin-without-app-admin': without('externalClientAppAdmin'),
  /** Sees no app at all, since each of the three permissions shows them. */
  'admin-without-app-permissions': without(
    'externalClientAppDeveloper',
    'externalClientAppAdmin',
    'externalClientAppViewer'
  ),
  'admin-without-view-setup': without('viewSetup'),
  'admin-without-assign-permission-sets': without('assignPermissionSets'),
  'external-client-apps-off': ({ org }) => void (org.facts.externalClientApps = false),
  /** The app's name belongs to a connected app. */
  'name-of-a-connected-app': (emulator) => {
    Object.assign(theApp(emulator), { kind: 'connected-app', id: emulator.org.newId('0H4') });
  },
  /** A change made just now spreads for a quarter of an hour. */
  'app-just-changed': (emulator) => {
    emulator.switches.propagationSeconds = 900;
    theApp(emulator).changedAt = Date.now();
  },
  'app-oauth-off': (emulator) => void (theApp(emulator).oauthEnabled = false),
  /** No add-on: daily files of a few types, and no stored events. */
  'no-event-monitoring': ({ org }) => {
    org.facts.licences = { eventMonitoring: false, realTimeEventMonitoring: false };
  },
  /** Daily files only, in an org that has the licence. */
  'no-hourly-log-files': ({ org }) => keepFiles(org, ({ interval }) => interval === 'Daily'),
  'no-event-log-files': ({ org }) => keepFiles(org, () => false),
  'event-log-file-generation-off': ({ org }) => void (org.facts.generateEventLogFiles = false),
  'no-real-time-licence': ({ org }) => void (org.facts.licences.realTimeEventMonitoring = false),
  'login-event-storage-off': ({ org }) => void (org.facts.eventStorage.LoginEvent = false),
  'logout-event-storage-off': ({ org }) => void (org.facts.eventStorage.LogoutEvent = false),
  'event-storage-off': ({ org }) => void (org.facts.eventStorage = { LoginEvent: false, LogoutEvent: false }),
  'user-without-view-event-log-files': (emulator) =>
    void Object.assign(theUser(emulator).permissions, { viewEventLogFiles: false, viewAllData: false }),
  'user-without-real-time-events': (emulator) =>
    void (theUser(emulator).permissions.viewRealTimeEventMonitoring = false),
  'setup-audit-trail-needs-view-setup': ({ switches }) => void (switches.setupAuditTrailPermission = 'view-setup'),
  'log-file-download-refused': ({ switches }) => void (switches.logFilesNeedViewAllData = true),
  'api-limit-exhausted': ({ org }) => {
    const { Max } = org.facts.limits['DailyApiRequests'] ?? { Max: 100_000 };
    org.facts.limits['DailyApiRequests'] = { Max, Remaining: 0 };
  },
  /** Sessions end after the app's timeout; `org.passTime(minutes)` lets it come. */
  'session-timeout-enforced': ({ switches }) => void (switches.sessionTimeout = 'enforced'),
  /** The token answer names another instance URL than the My Domain; that one alone has the log files. */
  'instance-url-elsewhere': ({ switches, myDomainUrl }) =>
    void (switches.instanceUrl = myDomainUrl.replace('localhost', '127.0.0.1')),
  /** Every grant, for the integration user and with openid; the password grant too, which an external client app never has. */
  'all-flows-on': (emulator) => {
    const app = theApp(emulator);
    const { username: clientCredentialsUser } = theUser(emulator);
    Object.assign(app.flows, { clientCredentials: true, clientCredentialsPolicy: true, clientCredentialsUser });
    Object.assign(app.flows, { device: true, tokenExchange: true, tokenExchangePolicy: true, assetTokens: true });
    app.scopes = [...new Set([...app.scopes, 'openid'])];
    emulator.switches.passwordFlow = 'allowed';
  },
  'app-is-a-connected-app': (emulator) => void (theApp(emulator).kind = 'connected-app'),
  ...signOnPresets,
  ...flowPresets,
  'org-in-maintenance': ({ org }) => void (org.facts.maintenance = true),
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

/**
 * For each row of docs/reference/salesforce-oauth.md §1.4 a state of the org in which a right request to the My Domain is answered with
 * it. Rows whose cause lies in the request, or is unknown, are forced by a fault at the token endpoint.
 */
export const scenarios = {
  E1: presets['self-authorize-not-approved'],
  E2: presets['permission-set-not-assigned'],
  E3: presets['wrong-certificate'],
  E3b: (emulator) => {
    presets['wrong-certificate'](emulator);
    emulator.switches.answers.wrongKey = 'E3b';
  },
  E4: presets['audience-not-accepted'],
  E4b: (emulator) => {
    presets['audience-not-accepted'](emulator);
    emulator.switches.answers.audience = 'E4b';
  },
  E5: presets['org-clock-an-hour-ahead'],
  E6: presets['app-deleted'],
  E7: presets['app-disabled'],
  E8: presets['app-without-refresh-token-scope'],
  E9: presets['ip-restricted'],
  'E9-older': (emulator) => {
    presets['ip-restricted'](emulator);
    emulator.switches.answers.ipRestricted = 'E9-older';
  },
  E10: presets['login-rate-exceeded'],
  E11: presets['user-inactive'],
  E12: (emulator) => {
    presets['user-inactive'](emulator);
    emulator.switches.answers.inactiveUser = 'E12';
  },
  'E12-org': presets['org-inactive'],
  'E12-rate': (emulator) => {
    presets['login-rate-exceeded'](emulator);
    emulator.switches.answers.loginRate = 'E12-rate';
  },
  E13: always('E13'),
  E14: always('E14'),
  E15: presets['app-not-installed'],
  E16: always('E16'),
  E17: always('E17'),
  E18: always('E18'),
  E19: always('E19'),
  E20: presets['org-in-maintenance'],
  /** One passing 500 of the login host, then everything is well. */
  E21: ({ faults }) => faults.set({ kind: 'status', status: 500, path: '/services/oauth2/token', times: 1 }),
  E22: always('E22'),
} as const satisfies Record<string, Preset>;

export type ScenarioName = keyof typeof scenarios;
