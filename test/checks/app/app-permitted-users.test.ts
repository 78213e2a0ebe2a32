import check from '../../../src/checks/app/app-permitted-users.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appPolicy, connectedApp } from '../example-facts.ts';

const open = appPolicy({ permittedUsers: 'self-authorize' });

describeCheck(check, [
  {
    fact: 'passes when an admin approves',
    given: { app: app(), appPolicy: appPolicy() },
    status: 'pass',
    detail: 'found      Admin approved users are pre-authorized',
  },
  { fact: 'passes with a connected app', given: { app: connectedApp(), appPolicy: appPolicy() }, status: 'pass' },
  {
    fact: 'fails when users approve for themselves, and says where in Setup',
    given: { app: app(), appPolicy: open },
    status: 'fail',
    detail:
      'found      All users may self-authorize\nwanted     Admin approved users are pre-authorized\n' +
      'in Setup   External Client App Manager > AQUILA > Policies > OAuth Policies > Plugin Policies > Permitted Users',
    data: { found: 'All users may self-authorize' },
    fix: 'sf aquila app create --target-org <admin> --name <app>',
  },
  {
    fact: 'fails with a connected app, and says to let nobody fall out',
    given: { app: connectedApp(), appPolicy: open },
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Manage > Edit Policies > OAuth Policies > Permitted Users: first add the profiles and permission sets',
  },
]);
