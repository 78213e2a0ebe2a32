/** Names of the causes behind a refused deployment. */
export type DeployCauseId =
  | 'settings-alone'
  | 'parent-missing'
  | 'value-unknown'
  | 'run-as-user'
  | 'part-under-other-name'
  | 'permission-set-unknown'
  | 'profile-unknown'
  | 'profile-granted'
  | 'scope-unknown'
  | 'other-org'
  | 'namespace'
  | 'connected-app-creation'
  | 'setup-page'
  | 'client-id-taken'
  | 'name-taken'
  | 'permission'
  | 'feature'
  | 'tests-required'
  | 'tests-failed'
  | 'org-locked'
  | 'certificate'
  | 'defect';

/** One possible cause. `sure: false` marks what one report or an inference says. */
export type DeployCause = { id: DeployCauseId; text: string; fix: string; sure: boolean };

const appList = 'Setup > External Client App Manager';
const again = 'sf aquila app create --target-org <admin> --name <app>';

/** Every cause that docs/reference/external-client-apps.md §7 and §9 name, once. Names in angle brackets are filled in by whoever knows them. */
export const deployCauses = {
  settingsAlone: {
    id: 'settings-alone',
    text: 'the global OAuth settings were deployed without the OAuth settings of the app',
    fix: `deploy all parts together, as this command does: ${again}`,
    sure: false,
  },
  parentMissing: {
    id: 'parent-missing',
    text: 'a part of the app does not say which app it belongs to, or its elements are not in alphabetical order',
    fix: 'let this plugin write the source: run sf aquila app create with --output-dir app-source in place of --target-org',
    sure: false,
  },
  parentUnknown: {
    id: 'parent-missing',
    text: 'a part names an app that the org does not have, or that was deleted meanwhile',
    fix: `read the org again and deploy what it lacks: ${again}`,
    sure: false,
  },
  valueUnknown: {
    id: 'value-unknown',
    text: 'the org does not know a value of the metadata, most likely because its API version is another one',
    fix: 'update this plugin: sf plugins update; if it stays, set the value that the words name in Setup',
    sure: false,
  },
  elementUnknown: {
    id: 'value-unknown',
    text: 'the org wants other elements in this metadata than this plugin writes, most likely because its API version is another one',
    fix: 'update this plugin: sf plugins update; if it stays, report it with these words and the output of sf version --verbose',
    sure: false,
  },
  runAsUser: {
    id: 'run-as-user',
    text: 'the user that client credentials run as does not exist, or its e-mail address was given in place of its username; Salesforce documents that it must be an API-only user too',
    fix: `give a username of Setup > Users, of a user with API Only access: ${again} --client-credentials-user USERNAME`,
    sure: true,
  },
  partUnderOtherName: {
    id: 'part-under-other-name',
    text: 'the org has this part already, under another name; it may have made it by itself a moment ago',
    fix: `read the org again and update the part that is there: ${again}`,
    sure: true,
  },
  permissionSetUnknown: {
    id: 'permission-set-unknown',
    text: 'the org has no permission set of this API name; an id or a label is not accepted',
    fix: `give the API name of Setup > Permission Sets: ${again} --permission-set API_NAME`,
    sure: false,
  },
  profileUnknown: {
    id: 'profile-unknown',
    text: 'the org has no profile of this name; profiles go by the name that Setup shows, in the language of the org',
    fix: `give the name of Setup > Profiles: ${again} --profile "PROFILE NAME"`,
    sure: false,
  },
  profileGranted: {
    id: 'profile-granted',
    text: 'the app is pre-authorised for this profile or permission set already, and the org adds to the list in place of replacing it',
    fix: `see who has access: sf aquila app check --target-org <admin> --name <app>; then leave out the --profile or --permission-set that it has`,
    sure: false,
  },
  scopeUnknown: {
    id: 'scope-unknown',
    text: 'the org does not know one of the scopes; the words list those that it knows',
    fix: `${appList} > the app > Settings > OAuth Settings > OAuth Scopes: remove that scope, then run ${again}`,
    sure: true,
  },
  otherOrg: {
    id: 'other-org',
    text: 'the metadata still names the org that it was retrieved from',
    fix: 'take the element orgScopedExternalApp out of the source, or let this plugin write it: run sf aquila app create with --output-dir app-source in place of --target-org',
    sure: false,
  },
  namespace: {
    id: 'namespace',
    text: 'the app comes from a package, and its policies must have names without the namespace of the package',
    fix: `change its policies in Setup: ${appList} > the app > Policies`,
    sure: false,
  },
  connectedAppCreation: {
    id: 'connected-app-creation',
    text: 'connected apps can no longer be created since Spring ’26',
    fix: `make an external client app instead: ${again}`,
    sure: true,
  },
  setupPage: {
    id: 'setup-page',
    text: 'Setup shows an app that was changed a moment ago',
    fix: `open the app again from the list in ${appList}; the app itself needs no change`,
    sure: false,
  },
  clientIdTaken: {
    id: 'client-id-taken',
    text: 'another app has this client id already, here or in any other org',
    fix: `let this plugin choose one, without --client-id: ${again}`,
    sure: false,
  },
  nameTaken: {
    id: 'name-taken',
    text: 'an app of this name exists already; it may be a connected app, which shares its names with external client apps',
    fix: 'choose another name with --name, or see what has it: Setup > App Manager',
    sure: false,
  },
  permission: {
    id: 'permission',
    text: 'the user of this org login lacks a permission',
    fix: 'give the user "Create, edit, and delete External Client Apps", "View all External Client Apps, view their settings, and edit their policies" and "Modify Metadata Through Metadata API Functions" by a permission set (Setup > Permission Sets > System Permissions)',
    sure: true,
  },
  apiDisabled: {
    id: 'permission',
    text: 'the user of this org login may not use the API, or the edition of the org has none',
    fix: 'give the user "API Enabled" by a permission set (Setup > Permission Sets > System Permissions)',
    sure: true,
  },
  permissionPerhaps: {
    id: 'permission',
    text: 'the user of this org login can not see external client apps',
    fix: 'give the user "View all External Client Apps, view their settings, and edit their policies" by a permission set (Setup > Permission Sets > System Permissions)',
    sure: false,
  },
  feature: {
    id: 'feature',
    text: 'this org does not have external client apps: its edition lacks them, or a scratch org was made without the feature ExternalClientApps',
    fix: `see whether ${appList} exists; a scratch org needs "ExternalClientApps" among the features of its definition file`,
    sure: false,
  },
  testsRequired: {
    id: 'tests-required',
    text: 'this production org deploys nothing without running Apex tests',
    fix: 'for a new app, run this command with --output-dir app-source and without --target-org, --username, --dry-run and --wait, then deploy the source with tests, in that folder: sf project deploy start --source-dir . --test-level RunLocalTests --target-org <admin>',
    sure: true,
  },
  testsFailed: {
    id: 'tests-failed',
    text: 'Apex tests of this org fail or cover too little code, so it takes no deployment of any kind',
    fix: 'mend the tests that the words name (Setup > Apex Test Execution), then run the command again',
    sure: true,
  },
  orgLocked: {
    id: 'org-locked',
    text: 'another deployment or change in Setup is under way',
    fix: `wait until it has ended (Setup > Deployment Status), then run ${again}`,
    sure: true,
  },
  certificate: {
    id: 'certificate',
    text: 'the org does not take the certificate: it wants RSA with SHA-256 and at most 4 KB',
    fix: 'see what the file holds: sf aquila cert inspect --file server.crt; or make one: sf aquila cert create',
    sure: false,
  },
  defect: {
    id: 'defect',
    text: 'the metadata has a value that this plugin should never send',
    fix: 'update this plugin: sf plugins update; if it stays, report it with these words and the output of sf version --verbose',
    sure: false,
  },
} as const satisfies Record<string, DeployCause>;
