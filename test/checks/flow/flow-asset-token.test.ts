import type { AppExchange } from '../../../src/app/settings.ts';
import check from '../../../src/checks/flow/flow-asset-token.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appFlows, appOauth, connectedApp } from '../example-facts.ts';
import { appExchange } from '../flow-facts.ts';

const given = (tokenExchange: boolean, exchange: Partial<AppExchange> = {}, header = app()) => ({
  app: header,
  appOauth: appOauth({ flows: appFlows({ tokenExchange }) }),
  appExchange: appExchange(exchange),
});

describeCheck(check, [
  { fact: 'passes where both are off', given: given(false), status: 'pass', detail: 'found      off\n' },
  {
    fact: 'passes where the policy does not allow what the app offers',
    given: given(true),
    status: 'pass',
    detail: 'offered by the app, and not allowed by its policy',
    data: { isTokenExchangeEnabled: true, isTokenExchangeFlowEnabled: false },
  },
  {
    fact: 'passes where the app does not offer what the policy allows',
    given: given(false, { allowed: true }),
    status: 'pass',
  },
  {
    fact: 'warns where app and policy both allow it',
    given: given(true, { allowed: true }),
    status: 'warn',
    detail: 'the app may exchange tokens',
    fix: 'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Flow Enablement: clear "Enable Token Exchange Flow"',
  },
  {
    fact: 'is unknown where the app offers it and the org does not show the policy',
    given: given(true, { allowed: undefined }),
    status: 'unknown',
    detail: 'isTokenExchangeFlowEnabled is not shown',
  },
  {
    fact: 'warns where the app makes asset tokens, and names the setting',
    given: given(false, { assetTokens: ['assetTokenConfig'] }, connectedApp()),
    status: 'warn',
    detail: 'assetTokenConfig is set',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings): clear "Enable Asset Tokens"',
  },
]);
