import type { AppExchange, AppHeader } from '../../app/settings.ts';
import { mendInSetup } from '../app/mend.ts';
import { when, type Opening } from './openings.ts';

/** Where Setup has the switches of exchange and asset tokens. */
export const exchangePlace = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};

/** How the app turns one token into another. Where its settings offer that, the policy has the last word. */
export function exchangeOpenings(offered: boolean, { allowed, assetTokens }: AppExchange, app: AppHeader): Opening[] {
  const clear = mendInSetup(app, exchangePlace, 'clear "Enable Token Exchange Flow"');
  const perhaps: Opening = { status: 'unknown', what: 'the app offers token exchange', fix: clear };
  return [
    ...(offered && allowed === undefined ? [perhaps] : []),
    ...when(offered && allowed === true, 'the app may exchange tokens', clear),
    ...when(
      assetTokens.length > 0,
      'the app makes asset tokens',
      mendInSetup(app, exchangePlace, 'clear "Enable Asset Tokens"')
    ),
  ];
}
