import type { AppHeader } from '../../app/settings.ts';
import { labelled } from '../app/detail.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import { refreshTokenPlace } from '../app/places.ts';
import { refreshTokenWords } from '../app/refresh-token-words.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { judgeOpenings, when } from './openings.ts';
import { isLong, longest, tokensInUse } from './tokens-in-use.ts';

const settingsPlace = {
  'external-client-app': 'Settings > OAuth Settings',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};
export default defineCheck({
  id: 'flow-refresh-token',
  title: 'tokens of the app end, and a stolen one is of little use',
  why: 'A refresh token is as good as a password for as long as it lives.',
  fix: appCreate,
  needs: ['appPolicy', 'appOauth', 'app', 'appTokens'],
  judge: ({ appPolicy: { refreshToken }, appOauth: { flows, jwtAccessTokens }, app, appTokens }) => {
    const inSettings = (task: string): string => mendInSetup(app, settingsPlace, task);
    const isBearer = !flows.secretForRefresh && !flows.refreshTokenRotation;
    return judgeOpenings(
      [
        ...when(isLong(refreshToken), `refresh tokens: ${refreshTokenWords(refreshToken)}`, endThem(app)),
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
      ],
      {
        closed: refreshTokenWords(refreshToken),
        seen: {
          ...{ isSecretRequiredForRefreshToken: flows.secretForRefresh },
          ...{ isRefreshTokenRotationEnabled: flows.refreshTokenRotation },
          ...{ isNamedUserJwtEnabled: jwtAccessTokens, isIntrospectAllTokens: flows.introspectAllTokens },
        },
        place: setupPlace(app, refreshTokenPlace),
        notes: [
          labelled('in use', tokensInUse(appTokens)),
          'A login by JWT bearer gets no refresh token: AQUILA has none.',
        ],
      }
    );
  },
});

const endThem = (app: AppHeader): string =>
  mend(app, appCreate, refreshTokenPlace, `choose "Expire refresh token after", ${longest} Day(s)`);
