import check from '../../../src/checks/data/data-session-lifetime.ts';
import { describeCheck } from '../describe-check.ts';
import { app, connectedApp } from '../example-facts.ts';

const lives = (minutes: number | undefined, of: 'app' | 'token-app' | 'org' = 'app', header = app()) => ({
  sessionLifetime: { minutes, of, app: header },
});

describeCheck(check, [
  {
    fact: "passes with 60 minutes, the time between two of the collector's polls",
    given: lives(60),
    status: 'pass',
    detail: '60 minutes, by the setting of the app',
    data: { minutes: 60, of: 'app' },
  },
  { fact: "passes with the org's two hours", given: lives(120, 'org'), status: 'pass', detail: 'of the org' },
  {
    fact: 'warns with 59 minutes, and says what an older collector possibly does',
    given: lives(59),
    status: 'warn',
    detail: /^59 minutes, [^\n]+\npossibly {4}an older build of the collector/,
    fix: 'External Client App Manager > AQUILA > Policies > OAuth Policies > App Authorization > Session Timeout in Minutes: 60 minutes or more',
  },
  { fact: "warns with the guide's 1 minute", given: lives(1), status: 'warn', detail: /^1 minute, / },
  {
    fact: 'warns with a short time of the org, and says where that is',
    given: lives(15, 'org'),
    status: 'warn',
    fix: 'Setup > Session Settings > Timeout Value: 60 minutes or more',
  },
  {
    fact: 'warns with a short time of a connected app, and says where that is',
    given: lives(15, 'app', connectedApp()),
    status: 'warn',
    fix: 'Setup > App Manager > Legacy > Manage > Edit Policies > Session Policies > Timeout Value: 60 minutes or more',
  },
  {
    fact: 'warns with a short time for tokens in JWT format',
    given: lives(30, 'token-app'),
    status: 'warn',
    detail: 'for tokens in JWT format',
  },
  {
    fact: 'is left out without an administrator, and says what would unlock it',
    given: { sessionLifetime: undefined },
    status: 'skip',
    detail: '--admin-org',
  },
  {
    fact: 'is left out where the org does not show its own timeout',
    given: lives(undefined, 'org'),
    status: 'skip',
    detail: 'not shown to this administrator',
  },
]);
