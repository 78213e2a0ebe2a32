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
import userActive from './user/user-active.ts';
import userPreauthorized from './user/user-preauthorized.ts';
import userApiEnabled from './user/user-api-enabled.ts';
import userEventLogFiles from './user/user-event-log-files.ts';
import userRealTimeEvents from './user/user-real-time-events.ts';
import dataEventLogFiles from './data/data-event-log-files.ts';
import dataLogInterval from './data/data-log-interval.ts';
import dataLogDownload from './data/data-log-download.ts';
import dataLoginEvents from './data/data-login-events.ts';
import dataLogoutEvents from './data/data-logout-events.ts';
import dataSetupAuditTrail from './data/data-setup-audit-trail.ts';
import dataSessionLifetime from './data/data-session-lifetime.ts';
import dataApiLimit from './data/data-api-limit.ts';
import handoverComplete from './handover/handover-complete.ts';
import flowJwtBearer from './flow/flow-jwt-bearer.ts';
import flowClientCredentials from './flow/flow-client-credentials.ts';
import flowWebServer from './flow/flow-web-server.ts';
import flowUserAgent from './flow/flow-user-agent.ts';
import flowDevice from './flow/flow-device.ts';
import flowRefreshToken from './flow/flow-refresh-token.ts';
import flowUsernamePassword from './flow/flow-username-password.ts';
import flowSamlBearer from './flow/flow-saml-bearer.ts';
import flowSamlAssertion from './flow/flow-saml-assertion.ts';
import flowAssetToken from './flow/flow-asset-token.ts';
import flowDynamicRegistration from './flow/flow-dynamic-registration.ts';
import ssoMyDomain from './sso/sso-my-domain.ts';
import ssoServiceProvider from './sso/sso-service-provider.ts';
import ssoIdentityProvider from './sso/sso-identity-provider.ts';
import ssoIdpInitiated from './sso/sso-idp-initiated.ts';
import ssoOpenidConnect from './sso/sso-openid-connect.ts';
import ssoDelegatedAuthentication from './sso/sso-delegated-authentication.ts';

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
  userActive,
  userPreauthorized,
  userApiEnabled,
  userEventLogFiles,
  userRealTimeEvents,
  dataEventLogFiles,
  dataLogInterval,
  dataLogDownload,
  dataLoginEvents,
  dataLogoutEvents,
  dataSetupAuditTrail,
  dataSessionLifetime,
  dataApiLimit,
  handoverComplete,
  flowJwtBearer,
  flowClientCredentials,
  flowWebServer,
  flowUserAgent,
  flowDevice,
  flowRefreshToken,
  flowUsernamePassword,
  flowSamlBearer,
  flowSamlAssertion,
  flowAssetToken,
  flowDynamicRegistration,
  ssoMyDomain,
  ssoServiceProvider,
  ssoIdentityProvider,
  ssoIdpInitiated,
  ssoOpenidConnect,
  ssoDelegatedAuthentication,
];
