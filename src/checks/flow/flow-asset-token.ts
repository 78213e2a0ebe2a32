import { mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { judgeOpenings, when, type Opening } from './openings.ts';

const place = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};

export default defineCheck({
  id: 'flow-asset-token',
  title: 'token exchange and asset tokens are off in the app',
  why: 'Both turn one token into another, which the app then no longer controls.',
  fix: 'Setup > External Client App Manager > <app> > Settings > OAuth Settings > Flow Enablement: clear "Enable Token Exchange Flow"',
  needs: ['appExchange', 'appOauth', 'app'],
  reads: 'appExchange',
  judge: ({ appExchange: { allowed, assetTokens }, appOauth: { flows }, app }) => {
    const clear = mendInSetup(app, place, 'clear "Enable Token Exchange Flow"');
    const perhaps: Opening = { status: 'unknown', what: 'the app offers token exchange', fix: clear };
    const isOn = flows.tokenExchange;
    return judgeOpenings(
      [
        ...(isOn && allowed === undefined ? [perhaps] : []),
        ...when(isOn && allowed === true, 'the app may exchange tokens', clear),
        ...when(
          assetTokens.length > 0,
          'the app makes asset tokens',
          mendInSetup(app, place, 'clear "Enable Asset Tokens"')
        ),
      ],
      {
        closed: isOn ? 'offered by the app, and not allowed by its policy' : 'off',
        seen: {
          ...{ isTokenExchangeEnabled: isOn, isTokenExchangeFlowEnabled: allowed ?? null },
          ...Object.fromEntries(assetTokens.map((element) => [element, 'set'])),
        },
        place: setupPlace(app, place),
        notes: ['AQUILA uses neither.'],
      }
    );
  },
});
