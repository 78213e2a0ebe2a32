import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { exchangeOpenings, exchangePlace } from './exchange-openings.ts';
import { judgeOpenings } from './openings.ts';

export default defineCheck({
  id: 'flow-asset-token',
  title: 'token exchange and asset tokens are off in the app',
  why: 'Both turn one token into another, which the app then no longer controls.',
  fix: 'Setup > External Client App Manager > <app> > Settings > OAuth Settings > Flow Enablement: clear "Enable Token Exchange Flow"',
  needs: ['appExchange', 'appOauth', 'app'],
  reads: 'appExchange',
  judge: ({ appExchange, appOauth: { flows }, app }) => {
    const isOffered = flows.tokenExchange;
    return judgeOpenings(exchangeOpenings(isOffered, appExchange, app), {
      closed: isOffered ? 'offered by the app, and not allowed by its policy' : 'off',
      seen: {
        ...{ isTokenExchangeEnabled: isOffered, isTokenExchangeFlowEnabled: appExchange.allowed ?? null },
        ...Object.fromEntries(appExchange.assetTokens.map((element) => [element, 'set'])),
      },
      place: setupPlace(app, exchangePlace),
      notes: ['AQUILA uses neither.'],
    });
  },
});
