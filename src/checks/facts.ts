import type { X509Certificate } from 'node:crypto';
import type { AppHeader, AppOauth, AppPolicy, AppScopes, AppState, Preauthorisation } from '../app/settings.ts';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { PrivateKeyReading } from '../cert/key-file.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { TokenAnswer, HttpAnswer } from '../token/response.ts';
import type { DataRead } from './data-facts.ts';
import type { FlowAside, FlowRead } from './flow-facts.ts';
import type { SsoRead } from './sso-facts.ts';

/** The app that was asked about, and who asks. */
export type SoughtApp = {
  /** How the admin's org is called in a command: alias or username. */
  admin: string;
  /** Label or developer name; one of this and the client id is there. */
  name?: string | undefined;
  clientId?: string | undefined;
  /** The callback URL that the app should have. */
  callbackUrl: string;
  /** The integration user. */
  username?: string | undefined;
  /** The certificate that the app should hold: SHA-256 of its DER, and the file that it came from. */
  certificate?: { path: string; fingerprint256: string } | undefined;
};

/** What is known before anything is read. */
export type Given = {
  now: Date;
  /** The stored login that the checks are about. */
  login: StoredLogin;
  /** The app that the checks are about. */
  sought: SoughtApp;
  /** Days of validity under which `cert-expires-later` warns. */
  warnDays: number;
  /** POSIX file modes mean nothing on Windows. */
  posix: boolean;
};

/** The private key file of the login. */
export type KeyFile = { path: string; /** Permission bits, such as 0o600. */ mode: number; reading: PrivateKeyReading };

/** The certificate that belongs to the key, as far as this machine knows it. */
export type CertificateFile = {
  path: string;
  certificate: X509Certificate;
  facts: CertificateFacts;
  /** Bytes of the file. */
  size: number;
  chainLength: number;
  belongsToKey: boolean | undefined;
};

/** The collector's own login, replayed: one POST to the audience URL. */
export type Attempt = { http: HttpAnswer; answer: TokenAnswer };

/** What the host let know, whether it granted a token or not. */
export type Host = {
  url: string;
  /** The answer whose `Date` header tells the host's clock. */
  http: HttpAnswer;
  /** The org that answered; undefined where the host does not say. */
  orgId?: string | undefined;
};

/** Who the granted token belongs to. */
export type Identity = { username: string; orgId: string };

/** What is read of a login. */
export type LoginRead = {
  keyFile: KeyFile;
  certificate: CertificateFile;
  host: Host;
  attempt: Attempt;
  identity: Identity;
};

/** What is read of an app with an administrator's session. */
export type AppRead = {
  app: AppHeader;
  appState: AppState;
  appScopes: AppScopes;
  appPolicy: AppPolicy;
  appOauth: AppOauth & {
    /** What became of a login by way of the app, where one was tried beside: it proves a certificate that the org does not return. */
    login?: 'accepted' | 'refused';
  };
  preauthorisation: Preauthorisation;
};

/** One line of the Login History. */
export type LoginEntry = { time: string; status: string; application: string; loginType: string };

/**
 * What an administrator's session shows that could be the reason of a refused login; left out is what it does not show, or what nobody can
 * tell.
 */
export type AppWitness = {
  /** Whether the org has an app with this client id. */
  found?: boolean;
  /** Whether app and OAuth are both switched on. */
  enabled?: boolean;
  /** Whether only users that an admin approved may use it. */
  adminApproved?: boolean;
  preauthorised?: boolean;
  refreshScope?: boolean;
  /** Whether the app holds the certificate that belongs to the key. */
  holdsOurs?: boolean;
  /** Whether the app holds the certificate that lies here and belongs to another key. */
  holdsStray?: boolean;
  userKnown?: boolean;
  userActive?: boolean;
};

/** What is read if it can be: it is never denied and never fails, so no check answers for it. */
export type AsideRead = FlowAside & {
  /** The newest line of the user after a refused login; undefined without an administrator's session, or where there is none. */
  loginHistory: LoginEntry | undefined;
  /** Undefined without an administrator's session, and where the login was not refused. */
  appWitness: AppWitness | undefined;
};

/** What probes read, once each. */
export type Read = LoginRead & AppRead & DataRead & FlowRead & SsoRead & AsideRead;

/** What one command knows. It runs no check that needs another thing of `Given`. */
export type Known = Pick<Given, 'now' | 'warnDays' | 'posix'> & Partial<Given>;

export type Facts = Given & Read;
export type ReadName = keyof Read;
export type FactName = keyof Facts;
