import type { AppPolicy } from '../../../src/app/settings.ts';
import check from '../../../src/checks/app/app-refresh-token.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, connectedApp } from '../example-facts.ts';

const given = (refreshToken: Partial<AppPolicy['refreshToken']>, kind = app(), refreshTokenIdleLimit = false) => ({
  app: kind,
  appOauth: appOauth({ refreshTokenIdleLimit }),
  appPolicy: appPolicy({ refreshToken: { policy: 'specific-lifetime', period: 365, unit: 'days', ...refreshToken } }),
});
const command = 'sf aquila app create --target-org <admin> --name <app>';

describeCheck(check, [
  {
    fact: 'passes with 365 days',
    given: given({}),
    status: 'pass',
    detail: /^found {6}expires after 365 days\nwanted {5}expires after 365 days\nin Setup [^\n]+Refresh Token Policy$/,
    data: { period: 365, unit: 'days', idleLimit: false },
  },
  {
    fact: 'is unknown with 365 of a unit that the query does not show, and names the permission',
    given: given({ unit: undefined }, connectedApp()),
    status: 'unknown',
    detail: /^found {6}expires after 365\n[^]*does not show whether these are days[^]*Modify Metadata/,
    data: { unit: null },
  },
  {
    fact: 'is unknown where the org does not show the number either',
    given: given({ period: undefined, unit: undefined }, connectedApp()),
    status: 'unknown',
    detail: 'expires after a number that the org does not show',
    fix: 'Setup > App Manager > Legacy > Manage > Edit Policies > OAuth Policies > Refresh Token Policy: choose',
  },
  ...[364, 366].map((period) => ({
    fact: `fails with ${period} days`,
    given: given({ period }),
    status: 'fail' as const,
    detail: `found      expires after ${period} days`,
    fix: command,
  })),
  ...(['hours', 'months'] as const).map((unit) => ({
    fact: `fails with 365 ${unit}`,
    given: given({ unit }),
    status: 'fail' as const,
    detail: `found      expires after 365 ${unit}`,
  })),
  {
    fact: 'fails with a token that never ends',
    given: given({ policy: 'infinite', period: undefined, unit: undefined }),
    status: 'fail',
    detail: 'found      valid until revoked',
  },
  {
    fact: 'fails with one that ends at once',
    given: given({ policy: 'zero', period: undefined, unit: undefined }),
    status: 'fail',
    detail: 'found      expires immediately',
  },
  {
    fact: 'fails with 365 days without use, which is another policy',
    given: given({ policy: 'specific-inactivity' }),
    status: 'fail',
    detail: 'found      expires if not used for 365 days',
  },
  {
    fact: 'fails with a connected app, and says what to choose where',
    given: given({ period: 30 }, connectedApp()),
    status: 'fail',
    fix: 'Refresh Token Policy: choose "Expire refresh token after", 365 Day(s)',
  },
  {
    fact: 'warns when idle tokens end after 30 days whatever the policy says',
    given: given({}, app(), true),
    status: 'warn',
    detail: 'one that is not used for 30 days ends before its time',
    data: { idleLimit: true },
    fix: command,
  },
  {
    fact: 'warns with a connected app that has this limit, and names the place in Setup',
    given: given({}, connectedApp(), true),
    status: 'warn',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings): switch off the limit',
  },
  {
    fact: 'fails when the policy is wrong beside that limit',
    given: given({ period: 7 }, app(), true),
    status: 'fail',
  },
]);
