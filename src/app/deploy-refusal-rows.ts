import { deployCauses as causes, type DeployCause } from './deploy-causes.ts';

export type DeployRowId =
  | 'oauth-settings-missing'
  | 'parent-name'
  | 'cross-reference'
  | 'enum-value'
  | 'element'
  | 'execution-user'
  | 'duplicate-part'
  | 'permission-set'
  | 'profile-taken'
  | 'profile'
  | 'scope'
  | 'org-scoped'
  | 'namespace'
  | 'connected-app'
  | 'setup-ui'
  | 'consumer-key'
  | 'already-exists'
  | 'test-level'
  | 'tests-failed'
  | 'locked'
  | 'api-disabled'
  | 'access'
  | 'feature'
  | 'unknown-type'
  | 'certificate'
  | 'rotation';

export type DeployRow = {
  id: DeployRowId;
  /** Against the code and the words of the org, without regard to capital letters. */
  words: RegExp;
  /** Likeliest first. */
  causes: readonly DeployCause[];
};

/**
 * What the org says when it refuses a deployment (docs/reference/external-client-apps.md §7). The first row that matches counts, so a more
 * exact row stands before a wider one.
 */
export const deployRefusalRows: readonly DeployRow[] = [
  {
    id: 'oauth-settings-missing',
    words: /global oauth settings doesn.t have a valid oauth settings configuration/i,
    causes: [causes.settingsAlone],
  },
  { id: 'parent-name', words: /enter the name of the parent external client app/i, causes: [causes.parentMissing] },
  {
    id: 'enum-value',
    words: /is not a valid value for the enum/i,
    causes: [causes.valueUnknown],
  },
  {
    id: 'element',
    words: /at this location in type|required field is missing|is not a valid value for the type/i,
    causes: [causes.elementUnknown],
  },
  {
    id: 'execution-user',
    words: /valid execution user for the oauth client credentials flow/i,
    causes: [causes.runAsUser],
  },
  {
    id: 'duplicate-part',
    words: /(?:ExternalClientApplicationId|ExtlClntAppOauthSettingsId) duplicates value on/i,
    causes: [causes.partUnderOtherName],
  },
  {
    id: 'permission-set',
    words: /find permission sets? called|no PermissionSet named/i,
    causes: [causes.permissionSetUnknown],
  },
  {
    id: 'profile-taken',
    words: /(?:profile|permission set) names are already taken/i,
    causes: [causes.profileGranted],
  },
  { id: 'profile', words: /find profiles? called|no Profile named/i, causes: [causes.profileUnknown] },
  { id: 'scope', words: /problem with your scope\(s\)|valid scopes/i, causes: [causes.scopeUnknown] },
  { id: 'org-scoped', words: /org scoped external client app must be in the format/i, causes: [causes.otherOrg] },
  {
    id: 'namespace',
    words: /cannot create a new component with the namespace/i,
    causes: [causes.namespace],
  },
  { id: 'connected-app', words: /you can.t create a connected app/i, causes: [causes.connectedAppCreation] },
  { id: 'setup-ui', words: /couldn.t load the external client app/i, causes: [causes.setupPage] },
  { id: 'rotation', words: /shouldRotate|rotat\w+ the consumer/i, causes: [causes.defect] },
  { id: 'consumer-key', words: /consumer ?key/i, causes: [causes.clientIdTaken] },
  {
    id: 'test-level',
    words: /testLevel of NoTestRun|NoTestRun.{0,60}production/i,
    causes: [causes.testsRequired],
  },
  { id: 'tests-failed', words: /test coverage|code coverage|apex tests? fail/i, causes: [causes.testsFailed] },
  {
    id: 'locked',
    words: /ALREADY_IN_PROCESS|UNABLE_TO_LOCK_ROW|administration setup has already been locked/i,
    causes: [causes.orgLocked],
  },
  {
    id: 'feature',
    words:
      /not available (?:for deploy )?(?:for|in) this org|FEATURE_NOT_ENABLED|FUNCTIONALITY_NOT_ENABLED|external client apps? (?:is|are)(?:n.t| not) (?:enabled|available)/i,
    causes: [causes.feature, causes.permissionPerhaps],
  },
  {
    id: 'unknown-type',
    words: /INVALID_TYPE|unknown type|entity type .{0,80} is not (?:available|supported)/i,
    causes: [causes.permissionPerhaps, causes.feature],
  },
  { id: 'api-disabled', words: /API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED/i, causes: [causes.apiDisabled] },
  {
    id: 'access',
    words:
      /INSUFFICIENT_ACCESS|insufficient access|insufficient privileges|you need the permission|don.t have permission|Modify ?Metadata|no access to/i,
    causes: [causes.permission],
  },
  { id: 'cross-reference', words: /INVALID_CROSS_REFERENCE_KEY/i, causes: [causes.parentUnknown] },
  {
    id: 'already-exists',
    words:
      /already exists|already in use|already been (?:taken|used)|DUPLICATE_VALUE|duplicate value found|DUPLICATE_DEVELOPER_NAME/i,
    causes: [causes.nameTaken],
  },
  { id: 'certificate', words: /\bcertificate\b/i, causes: [causes.certificate] },
];
