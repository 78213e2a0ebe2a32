import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { PrivateKeyReading } from '../cert/key-file.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { TokenAnswer, HttpAnswer } from '../token/response.ts';

/** What is known before anything is read. */
export type Given = {
  now: Date;
  /** The stored login that the checks are about. */
  login: StoredLogin;
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

/** What probes read, once each. */
export type Read = {
  keyFile: KeyFile;
  certificate: CertificateFile;
  host: Host;
  attempt: Attempt;
  identity: Identity;
};

export type Facts = Given & Read;
export type ReadName = keyof Read;
export type FactName = keyof Facts;
