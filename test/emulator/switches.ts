import { flowDefaults } from './grants/flow-switches.ts';
import type { FlowSwitches } from './grants/flow-switches.ts';
import { samlDefaults } from './grants/saml-switches.ts';
import type { SamlSwitches } from './grants/saml-switches.ts';
import { documentedStatuses } from './login-history.ts';
import type { LoginStatuses } from './login-history.ts';
import type { OAuthRow } from './oauth-errors.ts';

/** Let it pass, or refuse with a row of docs/reference/salesforce-oauth.md §1.4. */
type Answer = OAuthRow | 'accept';

/**
 * What the org says about each situation that it finds in a JWT bearer request, in the order in which grants/jwt-bearer.ts asks.
 * Rows with one certain answer stand here too, so that a test can ask for any row in any situation.
 */
export type Answers = {
  scopeParameter: Answer;
  malformedAssertion: OAuthRow;
  inactiveOrg: Answer;
  unknownClient: OAuthRow;
  /** An external client app asked for at the login host. */
  externalAppAtLoginHost: Answer;
  /** An app whose last change has not spread yet: see `propagationSeconds`. */
  notYetKnown: Answer;
  /** An app that its admin switched off, or whose OAuth plugin is off. */
  disabledApp: Answer;
  uninstalledApp: Answer;
  blockedApp: Answer;
  /** "Enable JWT Bearer Flow" or "Use digital signatures" is off. */
  jwtFlowOff: Answer;
  noCertificate: OAuthRow;
  wrongKey: OAuthRow;
  expiredCertificate: Answer;
  missingExpiry: Answer;
  expired: Answer;
  /** exp in milliseconds, or beyond `expUpperBoundSeconds`, where a switch refuses them. */
  expiryTooFar: Answer;
  audience: Answer;
  replayed: Answer;
  unknownUser: OAuthRow;
  inactiveUser: Answer;
  frozenUser: Answer;
  passwordExpired: Answer;
  highAssuranceOrg: Answer;
  loginRate: Answer;
  ipRestricted: Answer;
  /** Neither refresh_token nor offline_access among the app's scopes. */
  refreshScopeMissing: Answer;
  /** No standard scope besides refresh_token. */
  noStandardScope: Answer;
  /** Admin-approved app, and neither profile nor permission set of the user belongs to it. */
  notPreauthorized: Answer;
  /** Self-authorised app that the user never approved. */
  notApproved: Answer;
  /** The user lacks API Enabled. When accepted, the REST API refuses the token instead. */
  apiDisabled: Answer;
};

type Choice = 'accept' | 'refuse';

/** Every behaviour that the reference marks as unknown or contradictory, with the default it documents (§1.2, §1.3, §5, §10). */
export type Switches = MetadataSwitches &
  DataSwitches &
  FlowSwitches &
  SamlSwitches & {
    answers: Answers;
    /** Grace after `exp`, in seconds. */
    expGraceSeconds: number;
    /** Longest time ahead for `exp`, in seconds; none is known. */
    expUpperBoundSeconds: number;
    /** `exp` in milliseconds, as stock `sf` sends it. */
    expMilliseconds: Choice;
    /** Audiences accepted at every host and for every app besides the documented ones, e.g. `https://aud.example.com`. */
    additionalAudiences: string[];
    /** False leaves only `additionalAudiences`. */
    documentedAudiences: boolean;
    /** Accepted, since stock `sf` always sends one and logs in to external client apps. */
    audienceTrailingSlash: Choice;
    audienceBareHost: Choice;
    audienceArray: Choice;
    /** The My Domain as audience for a connected app. */
    connectedAppMyDomainAudience: Choice;
    /** Parameters of the token request in the query string. */
    queryParameters: Choice;
    /** Whether `format=xml|urlencoded` changes the answer of the token endpoint. */
    formatParameter: 'ignore' | 'honour';
    /** Answer to anything but POST at the token endpoint: an OAuth error, or the REST API's 405. */
    tokenWrongMethod: 400 | 405;
    /** Host of `id` in the success body: the login face (so that clients can follow it), the literal login or test host, or the My Domain. */
    idHost: 'login-face' | 'salesforce' | 'my-domain';
    /** Extra key `token_format` beside a token in JWT format. */
    tokenFormatKey: boolean;
    /** Extra keys `signature` and `issued_at`, which other grants have. */
    extraSuccessKeys: boolean;
    apiInstanceUrl: boolean;
    scopeListsRefreshToken: boolean;
    noStoreOnSuccess: boolean;
    /** A final full stop behind the descriptions that were captured with and without one. */
    finalFullStop: boolean;
    /** Status of the page "Data Not Available". */
    htmlStatus: number;
    invalidClientStatus: 400 | 401;
    failedLoginsCount: boolean;
    /** Tokens that one user holds through one app; one more revokes the oldest. */
    tokensPerUserAndApp: number;
    /** userinfo and identity for a token with neither openid nor id nor full scope. */
    identityScope: 'ignore' | 'require';
    badIdStatus: 403 | 404;
    apiDisabledStatus: number;
    invalidAuthHeaderStatus: 400 | 401;
    /** `WWW-Authenticate: Token` on a 401 of the REST API. */
    wwwAuthenticate: boolean;
    /** How long after a change to an app its logins are still refused; up to half an hour in the field (docs/reference/external-client-apps.md §9). */
    propagationSeconds: number;
    /** How long after a change of an app's certificate its logins are still judged by the one before (docs/reference/salesforce-oauth.md §7). */
    certificateSpreadSeconds: number;
    /** Where the four objects of external client apps are: `/query`, `/tooling/query`, or both (§10.1). */
    appsInQuery: 'both' | 'rest' | 'tooling';
    /** `RefreshTokenValidityUnit` as 0, 1, 2 or as Days, Hours, Months (§10.1). */
    refreshTokenValidityUnitInQuery: 'number' | 'word';
    /** `IpRelaxationPolicyType` as the metadata spell it, or `Enforce_relaxrefresh` (§10.1). */
    ipRelaxationInQuery: 'metadata' | 'folded';
    /** PermissionSetAssignment also has a row for the permission set behind each user's profile. */
    profileAssignmentRows: boolean;
    /** Records on one page of a query; more follow at `nextRecordsUrl`. */
    queryPageSize: number;
    /** The consumer key, without the secret, is shown by REST though the org does not allow credentials there (§13). */
    connectKeyWithoutToggle: boolean;
    /** Which apps `/apps/oauth/usage` lists: all of them, or those with a token (§10.3). */
    oauthUsageLists: 'all' | 'used';
    /** Characters of the `identifier` there (§10.3). */
    oauthUsageIdentifier: 15 | 18;
  };

type Refused = 'invalid-type' | 'empty' | 'insufficient-access';

/** What the reference leaves open about what a collector reads (docs/reference/aquila-collector.md §3.5, §5.2). */
export type DataSwitches = {
  /** EventLogFile for a user with neither View Event Log Files nor View All Data; the download of a file is then a 404 or 403. */
  eventLogFilesWithoutPermission: Refused;
  /** A download needs View All Data besides View Event Log Files; without it 403. */
  logFilesNeedViewAllData: boolean;
  /** Types of which an org without Event Monitoring has daily files; the reference only says that they are few. */
  eventTypesWithoutLicence: string[];
  /** `LogFileContentType`, and the content type of the download. */
  logFileContentType: string;
  realTimeEventsWithoutPermission: Refused;
  realTimeEventsWithoutLicence: Refused;
  /** LogoutEvent needs no licence, as Elastic's documentation says and Salesforce's does not. */
  logoutEventsWithoutLicence: boolean;
  /** LoginEvent and LogoutEvent where their storage is not enabled. */
  eventsWithoutStorage: Refused;
  setupAuditTrailPermission: 'none' | 'view-setup';
  setupAuditTrailWithoutPermission: Refused;
  /** Name of the column for View Real-Time Event Monitoring Data in UserPermissionAccess; empty: there is none. */
  realTimePermissionColumn: string;
  /** What LoginHistory says of each situation of a login, and of success; a situation that is left out leaves no row. */
  loginStatuses: LoginStatuses;
  /** `instance_url` of the token answer, and the only host that has the log files; empty: the My Domain. */
  instanceUrl: string;
  /** A token that was not used for as many minutes as the app's session timeout, or else the org's, is no longer valid. */
  sessionTimeout: 'ignored' | 'enforced';
  /** REST when DailyApiRequests has none left: 403 for all, 403 for all but `/limits`, or as ever. */
  apiLimit: 'refuse' | 'refuse-but-limits' | 'ignore';
  /** The header `Sforce-Limit-Info` on what REST answers. */
  limitInfoHeader: boolean;
};

/** What the reference leaves open about the Metadata API (docs/reference/external-client-apps.md §2, §3, §4, §7, §9, §14). */
export type MetadataSwitches = {
  /** Status requests of a deploy or retrieve that are answered "in progress" first. */
  metadataPolls: number;
  certificateOnRetrieve: 'returned' | 'omitted';
  consumerKeyOnRetrieve: 'returned' | 'omitted';
  /** How the org calls the policies that it makes itself: `<App>_defaultPolicy`, or as Setup does, `<App>_plcy`. */
  automaticPolicyNames: 'default-policy' | 'setup';
  /** A deployed OAuth policy pre-authorises by itself the profiles and permission sets that it lists. */
  policyGrantsAccess: boolean;
  /** Lists of profiles and permission sets over those that were granted before; 'refuse' where one of them is named again. */
  grantListsOnUpdate: 'replace' | 'add' | 'refuse';
  /** Elements that an update leaves out go back to their defaults. */
  omittedFieldsReset: boolean;
  /** Elements that deployed settings of the org leave out: as they were, or back at their defaults. */
  omittedSettings: 'kept' | 'reset';
  certificateClearedWhenOmitted: boolean;
  /** Elements out of the alphabetical order: dropped without a word, or read all the same. */
  outOfOrderElements: 'dropped' | 'accepted';
  /** `isPkceRequired` false is kept as true. */
  pkceRevertsToTrue: boolean;
  /** Global OAuth settings without `callbackUrl` are refused, as one report says; the WSDL does without (§1.2). */
  callbackUrlRequired: boolean;
  /** The user that client credentials run as must be API Only, as the documentation says (§1.2). */
  runAsUserApiOnly: boolean;
  /** The permission "Is Single Sign-On Enabled", and its column: there only while delegated authentication is on, as help says of Setup. */
  ssoPermission: 'when-enabled' | 'always';
  /** listMetadata shows no component of an external client app, although there are some. */
  listMetadataEmpty: boolean;
};

/** A fresh set of switches with the documented defaults. */
export function defaultSwitches(): Switches {
  return {
    answers: {
      scopeParameter: 'E18',
      malformedAssertion: 'E3',
      inactiveOrg: 'E12-org',
      unknownClient: 'E6',
      externalAppAtLoginHost: 'E7',
      notYetKnown: 'E6',
      disabledApp: 'E7',
      uninstalledApp: 'E15',
      blockedApp: 'E2',
      jwtFlowOff: 'E3',
      noCertificate: 'E3',
      wrongKey: 'E3',
      expiredCertificate: 'accept',
      missingExpiry: 'E3',
      expired: 'E5',
      expiryTooFar: 'E3',
      audience: 'E4',
      replayed: 'accept',
      unknownUser: 'E1',
      inactiveUser: 'E11',
      frozenUser: 'E1',
      passwordExpired: 'E1',
      highAssuranceOrg: 'E1',
      loginRate: 'E10',
      ipRestricted: 'E9',
      refreshScopeMissing: 'E8',
      noStandardScope: 'E1',
      notPreauthorized: 'E2',
      notApproved: 'E1',
      apiDisabled: 'accept',
    },
    expGraceSeconds: 180,
    expUpperBoundSeconds: Infinity,
    expMilliseconds: 'accept',
    additionalAudiences: [],
    documentedAudiences: true,
    audienceTrailingSlash: 'accept',
    audienceBareHost: 'accept',
    audienceArray: 'refuse',
    connectedAppMyDomainAudience: 'accept',
    queryParameters: 'refuse',
    formatParameter: 'ignore',
    tokenWrongMethod: 400,
    idHost: 'login-face',
    tokenFormatKey: true,
    extraSuccessKeys: false,
    apiInstanceUrl: false,
    scopeListsRefreshToken: false,
    noStoreOnSuccess: true,
    finalFullStop: false,
    htmlStatus: 503,
    invalidClientStatus: 400,
    failedLoginsCount: false,
    tokensPerUserAndApp: Infinity,
    identityScope: 'ignore',
    badIdStatus: 403,
    apiDisabledStatus: 403,
    invalidAuthHeaderStatus: 401,
    wwwAuthenticate: false,
    ...dataDefaults(),
    ...flowDefaults(),
    ...samlDefaults(),
    propagationSeconds: 0,
    certificateSpreadSeconds: 0,
    appsInQuery: 'both',
    refreshTokenValidityUnitInQuery: 'word',
    ipRelaxationInQuery: 'metadata',
    profileAssignmentRows: true,
    queryPageSize: 2000,
    connectKeyWithoutToggle: false,
    oauthUsageLists: 'all',
    oauthUsageIdentifier: 18,
    metadataPolls: 1,
    certificateOnRetrieve: 'returned',
    consumerKeyOnRetrieve: 'returned',
    automaticPolicyNames: 'default-policy',
    policyGrantsAccess: true,
    grantListsOnUpdate: 'replace',
    omittedFieldsReset: true,
    omittedSettings: 'kept',
    certificateClearedWhenOmitted: true,
    outOfOrderElements: 'dropped',
    pkceRevertsToTrue: false,
    callbackUrlRequired: true,
    runAsUserApiOnly: true,
    ssoPermission: 'when-enabled',
    listMetadataEmpty: false,
  };
}

const dataDefaults = (): DataSwitches => ({
  eventLogFilesWithoutPermission: 'invalid-type',
  logFilesNeedViewAllData: false,
  eventTypesWithoutLicence: ['Login', 'Logout', 'ApiTotalUsage'],
  logFileContentType: 'text/csv',
  realTimeEventsWithoutPermission: 'invalid-type',
  realTimeEventsWithoutLicence: 'invalid-type',
  logoutEventsWithoutLicence: false,
  eventsWithoutStorage: 'empty',
  setupAuditTrailPermission: 'none',
  setupAuditTrailWithoutPermission: 'invalid-type',
  realTimePermissionColumn: 'PermissionsViewDataLeakageEvents',
  loginStatuses: documentedStatuses(),
  instanceUrl: '',
  sessionTimeout: 'ignored',
  apiLimit: 'refuse',
  limitInfoHeader: true,
});
