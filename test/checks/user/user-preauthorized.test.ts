import check from '../../../src/checks/user/user-preauthorized.ts';
import { describeCheck } from '../describe-check.ts';
import { app, connectedApp, preauthorisation } from '../example-facts.ts';

const user = (...through: string[]) => ({ username: 'integration@acme.com', id: '0055g000001AAAAAA4', through });
const profileOnly = [{ id: '0PS5g0000001PrfGAE', kind: 'profile' as const, name: 'Log Integration' }];
const blanks = [{ id: '0PS5g0000001AquGAE', kind: 'permission-set' as const, name: 'AQUILA Access' }];
const command = 'sf aquila app create --target-org <admin> --name <app> --username <username> --permission-set';

const given = (changes: Parameters<typeof preauthorisation>[0] = {}, kind = app()) => ({
  app: kind,
  preauthorisation: preauthorisation(changes),
});

describeCheck(check, [
  {
    fact: 'passes with a permission set of the app, and names it',
    given: given(),
    status: 'pass',
    detail: 'found      integration@acme.com: approved through permission set AQUILA_Access\n',
    data: { username: 'integration@acme.com', through: ['permission set AQUILA_Access'] },
  },
  {
    fact: 'passes with the profile as well, and names both',
    given: given({ user: user('AQUILA_Access', 'Log Integration') }, connectedApp()),
    status: 'pass',
    detail: 'approved through permission set AQUILA_Access, profile Log Integration',
  },
  {
    fact: 'fails when the user has none of those that the app has, and lists them',
    given: given({ user: user() }),
    status: 'fail',
    detail:
      'found      integration@acme.com: approved by none; the app has permission set AQUILA_Access, profile Log Integration\n' +
      'wanted     a profile or permission set of the app that the user has\n' +
      'in Setup   External Client App Manager > AQUILA > Policies > App Policies',
    data: { grantees: ['permission set AQUILA_Access', 'profile Log Integration'], through: [] },
    fix: `${command} AQUILA_Access`,
  },
  {
    fact: 'fails with a name that must be quoted in a command',
    given: given({ grantees: blanks, user: user() }),
    status: 'fail',
    fix: `${command} "AQUILA Access"`,
  },
  {
    fact: 'fails when the app has a profile only, and leaves the permission set to choose',
    given: given({ grantees: profileOnly, user: user() }),
    status: 'fail',
    fix: `${command} PERMISSION_SET`,
  },
  {
    fact: 'fails when the app has nobody',
    given: given({ grantees: [], user: user() }),
    status: 'fail',
    detail: 'the app has no profile and no permission set',
  },
  {
    fact: 'fails when the app has nobody, though no user was named',
    given: given({ grantees: [], user: undefined }),
    status: 'fail',
    detail: 'found      the app has no profile and no permission set',
    fix: `${command} PERMISSION_SET`,
  },
  {
    fact: 'says who is approved when no user was named, and how to name one',
    given: given({ user: undefined }),
    status: 'skip',
    detail: /^found {6}the app has permission set AQUILA_Access, profile Log Integration\n[^]*Give --username/,
    data: { username: null },
  },
  {
    fact: 'fails with a connected app, and says which permission set to assign',
    given: given({ user: user() }, connectedApp()),
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Manage > Manage Profiles, or Manage > Manage Permission Sets: assign the permission set AQUILA_Access',
  },
  {
    fact: 'fails with a connected app that has nobody, and says to add a permission set',
    given: given({ grantees: [], user: user() }, connectedApp()),
    status: 'fail',
    fix: 'add a permission set that the user has',
  },
]);
