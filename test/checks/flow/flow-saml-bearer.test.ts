import check from '../../../src/checks/flow/flow-saml-bearer.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, connectedApp, preauthorisation, sought } from '../example-facts.ts';
import { namableUsers } from '../flow-facts.ts';

const user = 'integration@acme.com';
const given = (usernames: string[], username: string | undefined = user) => ({
  app: app(),
  appOauth: appOauth(),
  appPolicy: appPolicy(),
  preauthorisation: preauthorisation(),
  namableUsers: namableUsers(...usernames),
  sought: sought({ username }),
});
const others = ['ada@acme.com', 'bob@acme.com', 'cyd@acme.com', 'dan@acme.com', user];

describeCheck(check, [
  {
    fact: 'passes where the integration user alone can be named',
    given: given([user]),
    status: 'pass',
    detail:
      /^found {6}integration@acme.com alone\nby {9}users is 1\n {11}pre-authorised is permission set AQUILA_Access, profile Log Integration\n/,
  },
  {
    fact: 'passes whatever the capitals of the username',
    given: given(['Integration@Acme.com']),
    status: 'pass',
  },
  {
    fact: 'passes with one user where none was named in the command',
    given: { ...given(['ada@acme.com']), sought: sought() },
    status: 'pass',
  },
  {
    fact: 'passes with nobody',
    given: { ...given([user]), namableUsers: { usernames: [], complete: true } },
    status: 'pass',
    detail: 'nobody can be named',
  },
  {
    fact: 'warns of another user, and names that one',
    given: given(['ada@acme.com', user]),
    status: 'warn',
    detail: '1 other user can be named: ada@acme.com\n',
    fix: 'Setup > External Client App Manager > AQUILA > Policies > App Policies: keep one permission set',
  },
  {
    fact: 'warns of many with three of them',
    given: given(others),
    status: 'warn',
    detail: '4 other users can be named: ada@acme.com, bob@acme.com, cyd@acme.com …',
    data: { users: 5 },
  },
  {
    fact: 'warns of more than were counted',
    given: { ...given(others), namableUsers: { usernames: others, complete: false } },
    status: 'warn',
    detail: 'more than 4 other users',
  },
  {
    fact: 'warns of two where no username was named in the command',
    given: { ...given(['ada@acme.com', user]), sought: sought() },
    status: 'warn',
    detail: 'found      2 users can be named: ada@acme.com, integration@acme.com\n',
  },
  {
    fact: 'warns with the place in Setup of a connected app',
    given: { ...given(others), app: connectedApp() },
    status: 'warn',
    fix: 'Setup > App Manager > Legacy > Manage > Manage Profiles, Manage Permission Sets: keep',
  },
  {
    fact: 'leaves an app without a certificate to the check of that',
    given: { ...given(others), appOauth: appOauth({ certificate: undefined }) },
    status: 'skip',
    blockedBy: 'flow-jwt-bearer',
  },
  {
    fact: 'leaves users who approve the app themselves to the check of that',
    given: { ...given(others), appPolicy: appPolicy({ permittedUsers: 'self-authorize' }) },
    status: 'skip',
    blockedBy: 'flow-jwt-bearer',
  },
]);
