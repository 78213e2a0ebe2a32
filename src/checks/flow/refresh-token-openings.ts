import type { AppHeader, AppOauth, AppPolicy } from '../../app/settings.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import { refreshTokenPlace } from '../app/places.ts';
import { refreshTokenWords } from '../app/refresh-token-words.ts';
import { when, type Opening } from './openings.ts';
import { isLong, longest } from './tokens-in-use.ts';

const settingsPlace = {
  'external-client-app': 'Settings > OAuth Settings',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};

/** What makes a token of the app outlive its use, or serve whoever has stolen it. */
export function refreshTokenOpenings(
  refreshToken: AppPolicy['refreshToken'],
  { flows, jwtAccessTokens }: Pick<AppOauth, 'flows' | 'jwtAccessTokens'>,
  app: AppHeader
): Opening[] {
  const inSettings = (task: string): string => mendInSetup(app, settingsPlace, task);
  const endThem = mend(app, appCreate, refreshTokenPlace, `choose "Expire refresh token after", ${longest} Day(s)`);
  const isBearer = !flows.secretForRefresh && !flows.refreshTokenRotation;
  return [
    ...when(isLong(refreshToken), `refresh tokens: ${refreshTokenWords(refreshToken)}`, endThem),
    ...when(
      isBearer,
      'a refresh token serves without the client secret, again and again',
      inSettings('select "Require Secret for Refresh Token Flow" or "Enable Refresh Token Rotation"')
    ),
    ...when(
      jwtAccessTokens,
      'access tokens in JWT format, which stay good for up to 30 minutes after they are revoked',
      inSettings('clear "Issue JSON Web Token (JWT)-based access tokens for named users"')
    ),
    ...when(
      flows.introspectAllTokens,
      'the client may look into the tokens of all apps',
      inSettings('clear "Introspect All Tokens"')
    ),
  ];
}
