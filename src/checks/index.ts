import type { AnyCheck } from './define.ts';
import keyReadable from './key/key-readable.ts';
import keyUnencrypted from './key/key-unencrypted.ts';
import keyRsa from './key/key-rsa.ts';
import keyFirstBlock from './key/key-first-block.ts';
import keyPrivateMode from './key/key-private-mode.ts';
import certReadable from './cert/cert-readable.ts';
import certMatchesKey from './cert/cert-matches-key.ts';
import certInValidity from './cert/cert-in-validity.ts';
import certExpiresLater from './cert/cert-expires-later.ts';
import certSignature from './cert/cert-signature.ts';
import certSize from './cert/cert-size.ts';
import hostUrl from './host/host-url.ts';
import hostReachable from './host/host-reachable.ts';
import hostOrgId from './host/host-org-id.ts';
import hostClock from './host/host-clock.ts';
import loginAccepted from './login/login-accepted.ts';
import loginUsername from './login/login-username.ts';
import loginInstanceUrl from './login/login-instance-url.ts';
import loginScopes from './login/login-scopes.ts';
import loginTokenFormat from './login/login-token-format.ts';
import appFound from './app/app-found.ts';
import appKind from './app/app-kind.ts';
import appEnabled from './app/app-enabled.ts';
import appContactEmail from './app/app-contact-email.ts';
import appCallbackUrl from './app/app-callback-url.ts';
import appScopes from './app/app-scopes.ts';
import appJwtBearer from './app/app-jwt-bearer.ts';
import appCertificate from './app/app-certificate.ts';
import appClientCredentials from './app/app-client-credentials.ts';
import appPermittedUsers from './app/app-permitted-users.ts';
import appRefreshToken from './app/app-refresh-token.ts';
import appSessionTimeout from './app/app-session-timeout.ts';
import userPreauthorized from './user/user-preauthorized.ts';
import handoverComplete from './handover/handover-complete.ts';

/** Every check, in the order in which a login travels. */
export const registry: readonly AnyCheck[] = [
  keyReadable,
  keyUnencrypted,
  keyRsa,
  keyFirstBlock,
  keyPrivateMode,
  certReadable,
  certMatchesKey,
  certInValidity,
  certExpiresLater,
  certSignature,
  certSize,
  hostUrl,
  hostReachable,
  hostOrgId,
  hostClock,
  loginAccepted,
  loginUsername,
  loginInstanceUrl,
  loginScopes,
  loginTokenFormat,
  appFound,
  appKind,
  appEnabled,
  appContactEmail,
  appCallbackUrl,
  appScopes,
  appJwtBearer,
  appCertificate,
  appClientCredentials,
  appPermittedUsers,
  appRefreshToken,
  appSessionTimeout,
  userPreauthorized,
  handoverComplete,
];
