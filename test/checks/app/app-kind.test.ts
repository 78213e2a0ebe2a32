import check from '../../../src/checks/app/app-kind.ts';
import { describeCheck } from '../describe-check.ts';
import { app, connectedApp } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes with an external client app',
    given: { app: app() },
    status: 'pass',
    detail: 'found      external client app',
  },
  {
    fact: 'warns with a connected app, which goes on working, and says how to migrate it',
    given: { app: connectedApp() },
    status: 'warn',
    detail: /in Setup {3}App Manager > Legacy > Migrate to External Client App\nIt goes on working/,
    data: { found: 'connected app, the older kind', wanted: 'external client app' },
    fix: 'Setup > App Manager > Legacy > Migrate to External Client App: click the button',
  },
]);
