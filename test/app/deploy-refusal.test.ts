import { expect } from 'chai';
import { fillFix } from '../../src/checks/fix.ts';
import type { DeployCauseId } from '../../src/app/deploy-causes.ts';
import { deployRefusalRows, type DeployRowId } from '../../src/app/deploy-refusal-rows.ts';
import { deployError, deployRefusalLine, explainDeployRefusal } from '../../src/app/deploy-refusal.ts';

const fill = (fix: string): string => fillFix(fix, { sought: { admin: 'admin', name: 'Vendor App' } });

/** [words of the org, row, causes] */
const rows: Array<[problem: string, row: DeployRowId, causes: DeployCauseId[]]> = [
  [
    "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
    'oauth-settings-missing',
    ['settings-alone'],
  ],
  ['Enter the name of the parent external client app', 'parent-name', ['parent-missing']],
  ['INVALID_CROSS_REFERENCE_KEY: invalid cross reference id', 'cross-reference', ['parent-missing']],
  ["'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'", 'enum-value', ['value-unknown']],
  ['Enter a valid execution user for the OAuth client credentials flow.', 'execution-user', ['run-as-user']],
  [
    'duplicate value found: ExternalClientApplicationId duplicates value on AQUILA_plcy',
    'duplicate-part',
    ['part-under-other-name'],
  ],
  [
    'DUPLICATE_VALUE: duplicate value found: ExtlClntAppOauthSettingsId duplicates value on AQUILA_plcy',
    'duplicate-part',
    ['part-under-other-name'],
  ],
  [
    "INVALID_FIELD: We couldn't find permission sets called 0PS5e000002AbCd",
    'permission-set',
    ['permission-set-unknown'],
  ],
  ["We couldn't find profiles called Admin", 'profile', ['profile-unknown']],
  ['API_DISABLED_FOR_ORG: The REST API is not enabled', 'api-disabled', ['permission']],
  ['profile names are already taken', 'profile-taken', ['profile-granted']],
  ['permission set names are already taken', 'profile-taken', ['profile-granted']],
  ['In field: fullName - no Profile named Admin found', 'profile', ['profile-unknown']],
  ['In field: permissionSet - no PermissionSet named X found', 'permission-set', ['permission-set-unknown']],
  [
    'Error parsing file: Element isDPopEnabled invalid at this location in type ExtlClntAppGlobalOauthSettings',
    'element',
    ['value-unknown'],
  ],
  ['Required field is missing: label', 'element', ['value-unknown']],
  ["There's a problem with your scope(s): Foo. Valid scopes are: Api, Web", 'scope', ['scope-unknown']],
  [
    'The Org Scoped External Client App must be in the format DeveloperOrganizationId:ExternalClientAppDeveloperName',
    'org-scoped',
    ['other-org'],
  ],
  ['Cannot create a new component with the namespace: acme', 'namespace', ['namespace']],
  [
    "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
    'connected-app',
    ['connected-app-creation'],
  ],
  ["We couldn't load the external client app", 'setup-ui', ['setup-page']],
  ['The consumer key is already in use.', 'consumer-key', ['client-id-taken']],
  ['This developer name already exists', 'already-exists', ['name-taken']],
  ['duplicate value found: DeveloperName duplicates value on record with id: 0H4', 'already-exists', ['name-taken']],
  ['duplicate_developer_name', 'already-exists', ['name-taken']],
  [
    'INVALID_OPERATION: testLevel of NoTestRun cannot be used in production organizations',
    'test-level',
    ['tests-required'],
  ],
  ['Average test coverage across all Apex Classes and Triggers is 20%', 'tests-failed', ['tests-failed']],
  ['ALREADY_IN_PROCESS: the administration setup has already been locked by another change', 'locked', ['org-locked']],
  ['Not available for deploy for this organization', 'feature', ['feature', 'permission']],
  ['INVALID_TYPE: Unknown type:ExternalClientApplication', 'unknown-type', ['permission', 'feature']],
  [
    "Entity type 'ExternalClientApplication' is not available in this api version",
    'unknown-type',
    ['permission', 'feature'],
  ],
  ['insufficient access rights on cross-reference id', 'access', ['permission']],
  ['You need the permission to create, edit, and delete external client apps.', 'access', ['permission']],
  ['The certificate is invalid: its key must be an RSA key.', 'certificate', ['certificate']],
  ['shouldRotateConsumerKey needs the option ignoreWarnings', 'rotation', ['defect']],
];

describe('app: what an org says when it refuses a deployment', () => {
  for (const [problem, row, causes] of rows) {
    it(`"${problem.slice(0, 90)}" is ${row}`, () => {
      const refusal = explainDeployRefusal({ problem });
      expect(refusal.row).to.equal(row);
      expect(refusal.causes.map(({ id }) => id)).to.deep.equal(causes);
      for (const { text, fix } of refusal.causes)
        expect([text, fix].map((words) => words.length > 20)).to.deep.equal([true, true]);
      expect(explainDeployRefusal({ problem: problem.toUpperCase() }).row, 'in capital letters').to.equal(row);
      expect(refusal.problem).to.equal(problem);
    });
  }

  it('every row of the table has words here', () =>
    expect([...new Set(rows.map(([, row]) => row))]).to.have.members(deployRefusalRows.map(({ id }) => id)));

  it('the code of a refused request counts like its words', () =>
    expect(explainDeployRefusal({ errorCode: 'INSUFFICIENT_ACCESS', problem: 'no' }).row).to.equal('access'));

  it('the name of a part that exists is taken out of the words', () => {
    expect(explainDeployRefusal({ problem: rows[5]![0] }).existing).to.equal('AQUILA_plcy');
    expect(explainDeployRefusal({ problem: 'already exists' }).existing).to.be.undefined;
  });

  it('words that nobody has documented get no cause', () => {
    const unknown = explainDeployRefusal({ problem: 'UNKNOWN_EXCEPTION: an unexpected error' });
    expect([unknown.row, unknown.causes]).to.deep.equal([undefined, []]);
  });

  it('a line names the component, and the code once', () => {
    const component = { type: 'ExtlClntAppOauthSettings', fullName: 'A_oauth' };
    expect(deployRefusalLine({ ...component, problem: 'no' })).to.equal('ExtlClntAppOauthSettings A_oauth: no');
    expect(deployRefusalLine({ errorCode: 'X_Y', problem: 'X_Y: no' })).to.equal('X_Y: no');
    expect(deployRefusalLine({ errorCode: 'X_Y', problem: 'no' })).to.equal('X_Y: no');
  });
});

describe('app: a refused deployment, as an error', () => {
  it('has the words of the org, the cause, and a whole command', () => {
    const problem = rows[4]![0];
    const { name, message, actions, exitCode, data } = deployError([{ type: 'T', fullName: 'F', problem }], fill);
    expect([name, exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(message).to.include(`T F: ${problem}`).and.to.include('Cause: the user that client credentials run as');
    expect(actions?.join()).to.include(
      'sf aquila app create --target-org admin --name "Vendor App" --client-credentials-user USERNAME'
    );
    expect(data).to.deep.equal({ failures: [`T F: ${problem}`], causes: ['run-as-user'] });
  });

  it('says which causes are not certain, and each thing once', () => {
    const refused = { problem: 'INVALID_TYPE: Unknown type' };
    const { message, actions } = deployError([refused, refused], fill);
    expect(message.split('INVALID_TYPE')).to.have.length(2);
    expect(message).to.include('Possible causes, likeliest first:\n  1. possibly, the user');
    expect(actions).to.have.length(2);
  });

  it('admits that it does not know words, and still says where to look', () => {
    const { message, actions } = deployError([{ problem: 'UNKNOWN_EXCEPTION: x' }], fill);
    expect(message).to.include('UNKNOWN_EXCEPTION: x\nNo documented cause fits these words.');
    expect(actions?.join()).to.include('Setup > Deployment Status');
  });

  it('no fix leaves a placeholder for the org or the app', () => {
    for (const [problem] of rows) {
      expect(deployError([{ problem }], fill).actions?.join(' ')).to.not.match(/\bADMIN\b|<(?:admin|app)>/);
    }
  });
});
