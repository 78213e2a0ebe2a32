import { documentedFlowErrors } from './flow-errors.ts';
import type { FlowErrors } from './flow-errors.ts';

/** What the reference leaves open about the grants besides JWT bearer, or what an org's admin decides (docs/reference/salesforce-oauth.md §4, §5). */
export type FlowSwitches = {
  /** Text of each refusal, `error: error_description`. */
  flowErrors: FlowErrors;
  /** Blocked by default in orgs since Summer '23. Deployed settings OauthOidc with `blockOAuthUnPwFlow` block it too. */
  passwordFlow: 'blocked' | 'allowed';
  /** A password counts only with the user's security token behind it. */
  securityTokenNeeded: boolean;
  /** The implicit grant. Deployed settings OauthOidc with `blockOAuthUsrAgtFlow` block it too. */
  userAgentFlow: 'allowed' | 'blocked';
  /** The user-agent flow also hands over a refresh token, where the scope is granted. */
  userAgentRefreshToken: boolean;
  /** An ID token where openid is granted, as documented, or none all the same. */
  idToken: 'with-openid' | 'never';
  /**
   * Who calls itself the issuer of an ID token: the host that was asked; the My Domain, although the login host was asked and calls itself the
   * issuer; or Salesforce's own login host, wherever one asks.
   */
  idTokenIssuer: 'asked-host' | 'my-domain' | 'login-host';
  /** `at_hash` in ID tokens: in all, in those that come straight from the token endpoint, or in none. */
  idTokenHash: 'always' | 'not-in-browser' | 'never';
  /** Whose apps may start the device flow; the others get E15 (since 28 August 2025 those not installed). */
  deviceFlow: 'installed-apps' | 'all' | 'none';
  devicePollTooFast: 'slow-down' | 'ignore';
  deviceSecret: 'optional' | 'required';
  deviceCodeSeconds: number;
  deviceIntervalSeconds: number;
  /** How long an authorization code is valid. */
  codeSeconds: number;
  /** The scope full, with nothing else but refresh_token, is a usable scope of client credentials. */
  fullScopeIsEnough: boolean;
  /** A scope parameter with what the app does not have. */
  scopeBeyondApp: 'refuse' | 'drop';
  /** Where the authorize endpoint tells that the app is blocked, absent or not for this user: on a page, or at the callback. */
  appErrorsAtAuthorize: 'page' | 'redirect';
  /** Who answers the consent page: a person, or this org by itself, for a browser without hands. */
  consent: 'ask' | 'approve' | 'deny';
  /** Username that consents where `consent` is not 'ask'; empty: that of `login_hint`. */
  consentAs: string;
  /** Body of a refusal of POST /services/oauth2/revoke; jsforce reads a form. */
  revokeErrorEncoding: 'form' | 'json';
  /** Status of the script that says that a revocation was refused; a browser runs none with 400. */
  revokeCallbackErrorStatus: 200 | 400;
  /** Introspection of a valid token of another app, or of the password flow, for an app without "Introspect All Tokens". */
  introspectForeignToken: 'inactive' | 'active';
  /** A signed client assertion in place of the secret at the introspection endpoint. */
  introspectClientAssertion: 'refuse' | 'accept';
};

export const flowDefaults = (): FlowSwitches => ({
  flowErrors: { ...documentedFlowErrors },
  passwordFlow: 'blocked',
  securityTokenNeeded: true,
  userAgentFlow: 'allowed',
  userAgentRefreshToken: true,
  idToken: 'with-openid',
  idTokenIssuer: 'asked-host',
  idTokenHash: 'always',
  deviceFlow: 'installed-apps',
  devicePollTooFast: 'slow-down',
  deviceSecret: 'optional',
  deviceCodeSeconds: 600,
  deviceIntervalSeconds: 5,
  codeSeconds: 900,
  fullScopeIsEnough: false,
  scopeBeyondApp: 'refuse',
  appErrorsAtAuthorize: 'page',
  consent: 'ask',
  consentAs: '',
  revokeErrorEncoding: 'form',
  revokeCallbackErrorStatus: 200,
  introspectForeignToken: 'inactive',
  introspectClientAssertion: 'refuse',
});
