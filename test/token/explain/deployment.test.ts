import { expect } from 'chai';
import { deployRefusalRows } from '../../../src/app/deploy-refusal-rows.ts';
import { explainDeployRefusal } from '../../../src/app/deploy-refusal.ts';
import { wideRows } from '../../../src/token/explain/deployment.ts';
import { explain } from './explaining.ts';

const first = (text: string): string[] | undefined => explain(text)[0]?.causes.map((cause) => cause.text);
const ofTheTable = (problem: string): string[] => explainDeployRefusal({ problem }).causes.map((cause) => cause.text);

/** What an org says to a deployment, as the documents have it. */
const said = [
  "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
  'Enter the name of the parent external client app',
  'INVALID_CROSS_REFERENCE_KEY',
  "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'",
  'Enter a valid execution user for the OAuth client credentials flow.',
  'duplicate value found: ExternalClientApplicationId duplicates value on AQUILA_plcy',
  'duplicate value found: ExtlClntAppOauthSettingsId duplicates value on AQUILA_oauthPlcy',
  "INVALID_FIELD: We couldn't find permission sets called 0PSxx0000000001",
  'profile names are already taken',
  'The Org Scoped External Client App must be in the format DeveloperOrganizationId:ExternalClientAppDeveloperName',
  'Cannot create a new component with the namespace: X',
  "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
  "We couldn't load the external client app",
];

/** Words that mean a deployment only where one is spoken of. */
const near = [
  "There's a problem with your scope(s): X",
  'This consumer key is already in use',
  'duplicate_developer_name',
  'an app of this name already exists',
  'the certificate is too large',
  'INSUFFICIENT_ACCESS: insufficient access rights on cross-reference id',
];

describe('explain: refused deployments', () => {
  for (const text of said) {
    it(`explains: ${text.slice(0, 100)}`, () => {
      expect(first(text)).to.deep.equal(ofTheTable(text)).and.not.empty;
      expect(explain(`deploy: ${text}`)).to.have.length(1);
    });
  }

  for (const text of near) {
    it(`only near a deployment: ${text}`, () => {
      expect(first(`ExtlClntAppOauthSettings AQUILA_oauth: ${text}`)).to.deep.equal(ofTheTable(text)).and.not.empty;
      expect(explain(text).filter(({ meaning }) => meaning.includes('deploy'))).to.deep.equal([]);
    });
  }

  it('the rows that need the signs of a deployment are rows of the table', () => {
    expect(deployRefusalRows.map(({ id }) => id)).to.include.members([...wideRows]);
  });

  it('each failure of a deployment speaks for itself, in JSON and line by line', () => {
    const problems = ["There's a problem with your scope(s): X", 'profile names are already taken'];
    const json = JSON.stringify(problems.map((problem) => ({ componentType: 'ExtlClntAppOauthSettings', problem })));
    for (const text of [json, problems.map((problem) => `ExtlClntAppOauthSettings  ${problem}`).join('\n')]) {
      expect(explain(text).map(({ causes }) => causes[0]?.text)).to.have.members(
        problems.map((problem) => ofTheTable(problem)[0])
      );
    }
  });

  it('a TLS error during a deployment is no complaint about the certificate of the app', () => {
    expect(
      explain('sf project deploy start: unable to get local issuer certificate').map(({ checks }) => checks)
    ).to.deep.equal([['host-reachable']]);
  });
});
