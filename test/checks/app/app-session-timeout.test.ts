import check from '../../../src/checks/app/app-session-timeout.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, connectedApp } from '../example-facts.ts';

const given = (sessionTimeout: number | undefined, kind = app()) => ({
  app: kind,
  appOauth: appOauth(),
  appPolicy: appPolicy({ sessionTimeout, jwtTimeout: 30 }),
});
const ofJwt = (jwtTimeout: number | undefined, kind = app()) => ({
  app: kind,
  appOauth: appOauth({ jwtAccessTokens: true }),
  appPolicy: appPolicy({ sessionTimeout: 30, jwtTimeout }),
});
const short = 'possibly   an older build of the collector, which never logs in a second time, stops collecting';
const long = 'A longer session does the collector no harm';

describeCheck(check, [
  { fact: 'passes with 1 minute', given: given(1), status: 'pass', detail: 'found      1 minute\n' },
  {
    fact: 'passes with 5 minutes, and says what that may do to the collector',
    given: given(5),
    status: 'pass',
    detail: new RegExp(`^found {6}5 minutes\nwanted {5}1 to 5 minutes\nin Setup [^\n]+\n${short}`),
    data: { minutes: 5, jwtAccessTokens: false },
  },
  { fact: 'passes with a connected app', given: given(3, connectedApp()), status: 'pass' },
  { fact: 'warns with 0 minutes', given: given(0), status: 'warn', detail: 'found      0 minutes' },
  {
    fact: 'warns with 6 minutes, and says both what is too long and what is too short about them',
    given: given(6),
    status: 'warn',
    detail: new RegExp(`^found {6}6 minutes\n[^]*\n${long}[^]*\n${short}`),
    fix: 'sf aquila app create --target-org <admin> --name <app> --session-timeout 5',
  },
  {
    fact: 'warns with 59 minutes, which is less than the collector waits',
    given: given(59),
    status: 'warn',
    detail: short,
  },
  {
    fact: 'warns with 60 minutes, which are enough for the collector',
    given: given(60),
    status: 'warn',
    detail: new RegExp(`^(?![^]*possibly)[^]*${long}`),
  },
  {
    fact: 'warns with none of its own, where the org decides',
    given: given(undefined),
    status: 'warn',
    detail: "found      none, so the org's session setting holds",
    data: { minutes: null },
  },
  {
    fact: 'warns with a connected app, and says where in Setup',
    given: given(120, connectedApp()),
    status: 'warn',
    fix: 'Setup > App Manager > Legacy > Manage > Edit Policies > Session Policies > Timeout Value: choose',
  },
  {
    fact: 'passes with 5 minutes for tokens in JWT format, whatever the other timeout says',
    given: ofJwt(5),
    status: 'pass',
    detail: 'The app issues access tokens in JWT format, for which this timeout holds.',
    data: { minutes: 5, jwtAccessTokens: true },
  },
  {
    fact: 'warns with 10 minutes for tokens in JWT format',
    given: ofJwt(10),
    status: 'warn',
    detail: 'found      10 minutes',
  },
  {
    fact: 'warns with none for tokens in JWT format, where the user decides',
    given: ofJwt(undefined),
    status: 'warn',
    detail: "found      none of its own, so the user's session setting holds",
  },
]);
