import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type {
  AppFlows,
  AppHeader,
  AppOauth,
  AppPolicy,
  AppScopes,
  AppState,
  Preauthorisation,
} from '../../src/app/settings.ts';
import { describeCertificate } from '../../src/cert/certificate.ts';
import { readPrivateKey } from '../../src/cert/key-file.ts';
import type { EventLogFiles, LogDownload, Refused, UserRights } from '../../src/checks/data-facts.ts';
import type { Attempt, CertificateFile, Host, Identity, KeyFile, SoughtApp } from '../../src/checks/facts.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { readTokenAnswer, type HttpAnswer } from '../../src/token/response.ts';

/** Facts of a login where all is well, and what a test changes in them. */

export const url = 'https://acme.my.salesforce.com';
export const orgId = '00D5g00000Acme1EAB';

/** A moment within the validity of every certificate among the fixtures. */
export const now = new Date('2030-06-01T12:00:00Z');

export const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

export const login = (changes: Partial<StoredLogin> = {}): StoredLogin => ({
  username: 'integration@acme.com',
  alias: 'aquila',
  clientId: '3MVG9example',
  keyPath: '/home/you/aquila/server.key',
  instanceUrl: url,
  loginUrl: url,
  jwtAudience: url,
  orgId,
  aquilaKeyPath: '/etc/aquila/server.pem',
  ...changes,
});

/** The key file of the login with these bytes. */
export const keyFile = (bytes: Uint8Array = fixture('keys/rsa2048.key'), mode = 0o600): KeyFile => {
  const path = '/home/you/aquila/server.key';
  return { path, mode, reading: readPrivateKey(bytes, path) };
};

/** A certificate file as it is judged at `at`. */
export function certificate(
  pem: Uint8Array = fixture('keys/rsa2048.crt'),
  changes: Partial<CertificateFile> = {},
  at = now
): CertificateFile {
  const read = new X509Certificate(pem);
  return {
    path: '/home/you/aquila/server.crt',
    certificate: read,
    facts: describeCertificate(read, at),
    size: pem.length,
    chainLength: 1,
    belongsToKey: true,
    ...changes,
  };
}

export const http = (changes: Partial<HttpAnswer> = {}): HttpAnswer => ({
  method: 'POST',
  url: `${url}/services/oauth2/token`,
  status: 200,
  date: now,
  contentType: 'application/json;charset=UTF-8',
  body: '{}',
  receivedAt: now,
  ...changes,
});

export const discovery = (changes: Partial<HttpAnswer> = {}): HttpAnswer =>
  http({ method: 'GET', url: `${url}/.well-known/auth-configuration`, ...changes });

export const host = (changes: Partial<Host> = {}): Host => ({ url, http: http(), orgId, ...changes });

/** An attempt that Salesforce granted. */
export function granted(changes: Record<string, string | undefined> = {}): Attempt {
  const body = JSON.stringify({
    access_token: '00D5g00000Acme1!AQexample',
    scope: 'web api',
    instance_url: url,
    id: `https://login.salesforce.com/id/${orgId}/0055g000001AAAAAA4`,
    token_type: 'Bearer',
    ...changes,
  });
  const answer = http({ body });
  return { http: answer, answer: readTokenAnswer(answer) };
}

/** An attempt that Salesforce refused with these words. */
export function refused(error: string, description: string, changes: Partial<HttpAnswer> = {}): Attempt {
  const body = JSON.stringify({ error, error_description: description });
  const answer = http({ status: 400, body, ...changes });
  return { http: answer, answer: readTokenAnswer(answer) };
}

export const identity = (changes: Partial<Identity> = {}): Identity => ({
  username: 'integration@acme.com',
  orgId,
  ...changes,
});

/** What is known before anything is read. */
export const given = (changes: Partial<StoredLogin> = {}) => ({
  now,
  login: login(changes),
  warnDays: 60,
  posix: true,
});

export const callbackUrl = 'http://localhost:1717/OauthRedirect';

/** What `app check` was asked. */
export const sought = (changes: Partial<SoughtApp> = {}): SoughtApp => ({
  admin: 'admin',
  name: 'AQUILA',
  callbackUrl,
  ...changes,
});

export const app = (changes: Partial<AppHeader> = {}): AppHeader => ({
  kind: 'external-client-app',
  id: '0xI5g000000AqulEAC',
  developerName: 'AQUILA',
  label: 'AQUILA',
  contactEmail: 'admin@acme.com',
  marked: true,
  ...changes,
});

/** An app of the older kind. */
export const connectedApp = (changes: Partial<AppHeader> = {}): AppHeader =>
  app({ kind: 'connected-app', id: '0H45g0000004LegCAE', developerName: 'Legacy', label: 'Legacy', ...changes });

export const appState = (changes: Partial<AppState> = {}): AppState => ({ enabled: true, oauth: true, ...changes });

export const appScopes = (...scopes: string[]): AppScopes => ({
  scopes: scopes.length === 0 ? ['api', 'web', 'refresh_token'] : scopes,
});

export const appPolicy = (changes: Partial<AppPolicy> = {}): AppPolicy => ({
  permittedUsers: 'admin-approved',
  refreshToken: { policy: 'specific-lifetime', period: 365, unit: 'days' },
  sessionTimeout: 5,
  jwtTimeout: undefined,
  clientCredentialsUser: undefined,
  clientCredentials: false,
  ipRelaxation: 'enforce',
  ...changes,
});

export const appOauth = (changes: Partial<AppOauth> = {}): AppOauth => ({
  clientId: '3MVG9example',
  callbackUrls: [callbackUrl],
  certificate: fixture('keys/rsa2048.crt').toString('utf8'),
  clientCredentials: true,
  jwtAccessTokens: false,
  refreshTokenIdleLimit: false,
  flows: appFlows(),
  ...changes,
});

export const appFlows = (changes: Partial<AppFlows> = {}): AppFlows => ({
  pkceRequired: true,
  secretOptional: false,
  secretForRefresh: true,
  refreshTokenRotation: false,
  device: false,
  tokenExchange: false,
  codeCredentials: false,
  introspectAllTokens: false,
  ...changes,
});

export const preauthorisation = (changes: Partial<Preauthorisation> = {}): Preauthorisation => ({
  grantees: [
    { id: '0PS5g0000001AquGAE', kind: 'permission-set', name: 'AQUILA_Access' },
    { id: '0PS5g0000001PrfGAE', kind: 'profile', name: 'Log Integration' },
  ],
  user: { username: 'integration@acme.com', id: '0055g000001AAAAAA4', through: ['AQUILA_Access'] },
  ...changes,
});

/** What the user of the token may do: all that a collector needs, and no more. */
export const userRights = (changes: Partial<UserRights> = {}): UserRights => ({
  apiEnabled: true,
  viewEventLogFiles: true,
  viewRealTimeEvents: true,
  viewAllData: false,
  viewSetup: false,
  ...changes,
});

/** Log files as an org with the Event Monitoring add-on has them. */
export const eventLogFiles = (changes: Partial<EventLogFiles> = {}): EventLogFiles => ({
  hourly: 168,
  daily: 14,
  sample: {
    id: '0AT5g000001Log1GAE',
    eventType: 'Login',
    interval: 'Hourly',
    logDate: '2030-06-01T08:00:00.000+0000',
    length: 1234,
    path: '/services/data/v56.0/sobjects/EventLogFile/0AT5g000001Log1GAE/LogFile',
  },
  ...changes,
});

export const logDownload = (changes: Partial<LogDownload> = {}): LogDownload => ({
  url: `${url}${eventLogFiles().sample?.path ?? ''}`,
  status: 200,
  bytes: 1234,
  contentType: 'text/csv',
  ...changes,
});

/** A refusal with the code and words of the REST API; what is missing, a permission or a licence, `INVALID_TYPE` does not say. */
export const refusal = (
  errorCode = 'INVALID_TYPE',
  message = 'sObject type is not supported.',
  status = 400
): Refused => ({
  refused: { status, errorCode, message },
});
