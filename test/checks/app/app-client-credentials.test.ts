import check from '../../../src/checks/app/app-client-credentials.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, connectedApp } from '../example-facts.ts';

const user = 'integration@acme.com';
const given = (on: boolean, allowed: boolean, runAs?: string, kind = app()) => ({
  app: kind,
  appOauth: appOauth({ clientCredentials: on }),
  appPolicy: appPolicy({ clientCredentials: allowed, clientCredentialsUser: runAs }),
});

describeCheck(check, [
  {
    fact: 'passes with the switch of the guide, and tells that the policy does not allow the flow',
    given: given(true, false),
    status: 'pass',
    detail:
      /^found {6}in the settings on, in the policy off\nwanted {5}in the settings on\n[^]*Flow Enablement > Enable Client Credentials Flow$/,
    data: { policy: false, runAs: null },
  },
  {
    fact: 'passes with a policy that has a user, and tells whom',
    given: given(true, true, user),
    status: 'pass',
    detail: `in the policy on, runs as ${user}`,
    data: { policy: true, runAs: user },
  },
  {
    fact: 'warns when the policy allows the flow without a user',
    given: given(true, true),
    status: 'warn',
    detail:
      /in the policy on, without a user to run as\nwanted[^\n]+, and in the policy a user to run as\n[^]*Policies > OAuth Policies > /,
    fix: 'sf aquila app create --target-org <admin> --name <app> --client-credentials-user USERNAME',
  },
  {
    fact: 'fails with the switch off',
    given: given(false, false),
    status: 'fail',
    detail: 'found      in the settings off, in the policy off\nwanted     in the settings on\n',
    fix: 'sf aquila app create --target-org <admin> --name <app>',
  },
  { fact: 'fails with the switch off whatever the policy says', given: given(false, true), status: 'fail' },
  {
    fact: 'passes with a connected app whose one switch is on, though it has nobody to run as',
    given: given(true, true, undefined, connectedApp()),
    status: 'pass',
    detail: 'found      in the settings on, without a user to run as\nwanted     in the settings on\n',
  },
  {
    fact: 'passes with a connected app that has a user, and tells whom',
    given: given(true, true, user, connectedApp()),
    status: 'pass',
    detail: `in the settings on, runs as ${user}\n`,
  },
  {
    fact: 'fails with a connected app with the switch off',
    given: given(false, false, undefined, connectedApp()),
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Enable Client Credentials Flow: select it',
  },
]);
