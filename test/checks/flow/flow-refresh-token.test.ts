import type { AppFlows, AppOauth, AppPolicy } from '../../../src/app/settings.ts';
import check from '../../../src/checks/flow/flow-refresh-token.ts';
import type { AppTokens } from '../../../src/checks/flow-facts.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appFlows, appOauth, appPolicy, connectedApp } from '../example-facts.ts';
import { appTokens } from '../flow-facts.ts';

type Changes = { refreshToken?: AppPolicy['refreshToken']; flows?: Partial<AppFlows>; oauth?: Partial<AppOauth> };
const given = ({ refreshToken, flows, oauth }: Changes = {}, tokens: AppTokens | undefined = appTokens()) => ({
  app: app(),
  appPolicy: appPolicy(refreshToken && { refreshToken }),
  appOauth: appOauth({ ...oauth, flows: appFlows(flows) }),
  appTokens: tokens,
});
const lifetime = (period: number, unit: 'days' | 'hours' | 'months' | undefined): Changes => ({
  refreshToken: { policy: 'specific-lifetime', period, unit },
});
const settings = 'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings: ';

describeCheck(check, [
  {
    fact: 'passes with the settings of the guide',
    given: given(),
    status: 'pass',
    detail: /^found {6}[^\n]*365 days\n[^]*in use {5}nobody has a token of this app\n/,
  },
  {
    fact: 'tells how many tokens there are, and when one was used last',
    given: given({}, appTokens({ tokens: 3, users: 2, lastUsed: '2026-11-20T10:00:00.000+0000' })),
    status: 'pass',
    detail: 'in use     3 tokens of 2 users, last used 2026-11-20\n',
  },
  {
    fact: 'tells one token of one user',
    given: given({}, appTokens({ tokens: 1, users: 1 })),
    status: 'pass',
    detail: 'in use     1 token of 1 user\n',
  },
  {
    fact: 'tells which permission would show the tokens',
    given: { ...given(), appTokens: undefined },
    status: 'pass',
    detail: '"Customize Application" shows the tokens of all users',
  },
  { fact: 'passes with 12 months', given: given(lifetime(12, 'months')), status: 'pass' },
  { fact: 'passes with 8760 hours', given: given(lifetime(8760, 'hours')), status: 'pass' },
  {
    fact: 'passes where tokens end at once',
    given: given({ refreshToken: { policy: 'zero', period: undefined, unit: undefined } }),
    status: 'pass',
  },
  {
    fact: 'warns where tokens never end',
    given: given({ refreshToken: { policy: 'infinite', period: undefined, unit: undefined } }),
    status: 'warn',
    detail: 'found      refresh tokens: ',
    fix: 'sf aquila app create --target-org <admin> --name <app>',
  },
  { fact: 'warns with two years', given: given(lifetime(730, 'days')), status: 'warn', detail: '730 days' },
  { fact: 'warns with two years whose unit is not shown', given: given(lifetime(730, undefined)), status: 'warn' },
  {
    fact: 'warns where neither secret nor rotation guards a refresh token',
    given: given({ flows: { secretForRefresh: false } }),
    status: 'warn',
    detail: 'isSecretRequiredForRefreshToken is false',
    fix: `${settings}select "Require Secret for Refresh Token Flow" or "Enable Refresh Token Rotation"`,
  },
  {
    fact: 'passes where rotation takes the place of the secret',
    given: given({ flows: { secretForRefresh: false, refreshTokenRotation: true } }),
    status: 'pass',
  },
  {
    fact: 'warns of access tokens in JWT format',
    given: given({ oauth: { jwtAccessTokens: true } }),
    status: 'warn',
    detail: 'up to 30 minutes after they are revoked',
    fix: `${settings}clear "Issue JSON Web Token`,
  },
  {
    fact: 'warns where the client may look into all tokens',
    given: { ...given({ flows: { introspectAllTokens: true } }), app: connectedApp() },
    status: 'warn',
    detail: 'the client may look into the tokens of all apps',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings): clear "Introspect All Tokens"',
  },
]);
