import check from '../../../src/checks/flow/flow-client-credentials.ts';
import type { RunAs } from '../../../src/checks/flow-facts.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, connectedApp } from '../example-facts.ts';
import { runAs } from '../flow-facts.ts';

const given = (user: RunAs | undefined, { offered = true, allowed = true, header = app() } = {}) => ({
  app: header,
  appOauth: appOauth({ clientCredentials: offered }),
  appPolicy: appPolicy({ clientCredentials: allowed, clientCredentialsUser: user?.username }),
  runAs: user,
});
const power = { permission: 'Modify All Data', through: 'profile System Administrator' };

describeCheck(check, [
  {
    fact: 'passes with the switch of the guide, which gives no token without the policy',
    given: given(undefined, { allowed: false }),
    status: 'pass',
    detail:
      /^found {6}gives no token\nby {9}in the settings is true\n {11}in the policy is false\n {11}runs as is nobody\n/,
  },
  {
    fact: 'passes where the policy allows it and nobody is named',
    given: given(undefined),
    status: 'pass',
    detail: 'gives no token',
  },
  {
    fact: 'passes where it runs as a user who can do little',
    given: given(runAs()),
    status: 'pass',
    detail: 'open, and runs as integration@acme.com, who can do little',
    data: { 'API Only User': true, permissions: 'none of those looked for' },
  },
  {
    fact: 'passes where it would run as a user who is not active',
    given: given(runAs({ active: false, powers: [power] })),
    status: 'pass',
    detail: 'active is false',
  },
  {
    fact: 'warns where the user can do much, and says by what',
    given: given(runAs({ username: 'admin@acme.com', powers: [power] })),
    status: 'warn',
    detail:
      /^found {6}runs as admin@acme.com, who has "Modify All Data"\n[^]*permissions is "Modify All Data" by profile System Administrator\n/,
    fix: 'sf aquila app create --target-org <admin> --name <app> --client-credentials-user USERNAME',
  },
  {
    fact: 'warns where the user may log in to the pages of Salesforce',
    given: given(runAs({ apiOnly: false })),
    status: 'warn',
    detail: 'integration@acme.com is no "API Only User"',
    fix: 'Policies > OAuth Policies > Enable Client Credentials Flow: switch it off',
  },
  {
    fact: 'warns of a connected app with the place in Setup alone',
    given: given(runAs({ apiOnly: false }), { header: connectedApp() }),
    status: 'warn',
    fix: 'Setup > App Manager > Legacy > Manage > Edit Policies > Client Credentials Flow: Run As',
  },
  {
    fact: 'is unknown where the org does not show what the user may do',
    given: given(runAs({ active: undefined, powers: undefined, apiOnly: undefined })),
    status: 'unknown',
    detail: /the org does not show what integration@acme.com may do\n[^]*active is not shown\n/,
  },
]);
