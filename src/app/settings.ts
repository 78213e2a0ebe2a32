/**
 * What an org says of one app, the same for both kinds. Each type is one fact: what one query or one retrieve shows
 * (docs/reference/external-client-apps.md §10, §11).
 */
export type AppKind = 'external-client-app' | 'connected-app';

/** From SOQL: `ExternalClientApplication` or `ConnectedApplication`. */
export type AppHeader = {
  kind: AppKind;
  /** 18 characters. */
  id: string;
  developerName: string;
  label: string;
  contactEmail: string | undefined;
  /** Made by this plugin. */
  marked: boolean;
};

/** Whether the app is switched on. A connected app has no such switch: there its OAuth settings are what counts. */
export type AppState = { enabled: boolean; oauth: boolean };

/** OAuth names, such as api, web, refresh_token, offline_access, full; lower case. */
export type AppScopes = { scopes: readonly string[] };

export type AppPolicy = {
  permittedUsers: 'admin-approved' | 'self-authorize';
  refreshToken: {
    policy: 'infinite' | 'zero' | 'specific-lifetime' | 'specific-inactivity';
    /** Undefined where the policy has none, or where the org does not show it. */
    period: number | undefined;
    /** Undefined where the org does not show it: connected apps by SOQL. */
    unit: 'days' | 'hours' | 'months' | undefined;
  };
  /** Minutes; undefined when none is set, so that the org's own setting holds. */
  sessionTimeout: number | undefined;
  /** Minutes; governs in place of `sessionTimeout` when access tokens are JWTs. Undefined: the user's own session setting. */
  jwtTimeout: number | undefined;
  /** The username that client credentials run as; without one that flow can't be used. */
  clientCredentialsUser: string | undefined;
  clientCredentials: boolean;
  /** Whether the login IP ranges of the user's profile hold for this app; undefined where the org does not show it. */
  ipRelaxation: IpRelaxation | undefined;
};

/** `relax-refresh`: the ranges hold, but not when an access token is refreshed. `second-factor`: another factor takes their place. */
export type IpRelaxation = 'enforce' | 'relax-refresh' | 'second-factor' | 'bypass';

/** From the metadata alone: no query shows these. */
export type AppOauth = {
  /** The consumer key; undefined where the org does not return it. */
  clientId: string | undefined;
  callbackUrls: readonly string[];
  /** What the element holds, whichever of the accepted encodings; undefined: not there, or not shown. */
  certificate: string | undefined;
  clientCredentials: boolean;
  /** Access tokens in JWT format: then another timeout governs. */
  jwtAccessTokens: boolean;
  /** `isEnforceRefreshTokenTTL`: ends refresh tokens after 30 idle days whatever the policy says. */
  refreshTokenIdleLimit: boolean;
  flows: AppFlows;
};

/** What the app offers of the flows (docs/reference/external-client-apps.md §1.2, §12); the org or the policy may still forbid it. */
export type AppFlows = {
  /** Web server flow: the client must send a code challenge (RFC 7636). */
  pkceRequired: boolean;
  /** Web server flow: a code is redeemed without the client secret. */
  secretOptional: boolean;
  secretForRefresh: boolean;
  refreshTokenRotation: boolean;
  /** Undefined for a connected app, whose metadata has no such element. */
  device: boolean | undefined;
  tokenExchange: boolean;
  /** Authorization code and credentials: a login page of one's own that sends username and password. */
  codeCredentials: boolean;
  /** The client may look into the tokens of all apps. */
  introspectAllTokens: boolean;
};

/** What only the metadata of an app's OAuth settings and policies show of exchanging tokens and of asset tokens. */
export type AppExchange = {
  /** Whether the policy lets the app exchange tokens; undefined where the org does not show it. */
  allowed: boolean | undefined;
  /** Elements that are set and make asset tokens, by their names. */
  assetTokens: readonly string[];
};

/** A profile or permission set that the app is pre-authorised for, or a group that holds one; no app names a group itself. */
export type AppGrantee = {
  /** Id of the PermissionSet row, which stands for a profile too. */
  id: string;
  kind: 'profile' | 'permission-set' | 'permission-set-group';
  name: string;
};

/** Who may use the app without being asked. */
export type Preauthorisation = {
  grantees: readonly AppGrantee[];
  /** The user asked about; undefined when nobody was named. */
  user: { username: string; id: string; /** Grantees that the user has. */ through: readonly string[] } | undefined;
};
