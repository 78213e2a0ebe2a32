import { labelled } from '../app/detail.ts';
import { appCreate } from '../app/mend.ts';
import { refreshTokenPlace } from '../app/places.ts';
import { refreshTokenWords } from '../app/refresh-token-words.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { judgeOpenings } from './openings.ts';
import { refreshTokenOpenings } from './refresh-token-openings.ts';
import { tokensInUse } from './tokens-in-use.ts';

export default defineCheck({
  id: 'flow-refresh-token',
  title: 'tokens of the app end, and a stolen one is of little use',
  why: 'A refresh token is as good as a password for as long as it lives.',
  fix: appCreate,
  needs: ['appPolicy', 'appOauth', 'app', 'appTokens'],
  judge: ({ appPolicy: { refreshToken }, appOauth, app, appTokens }) => {
    const { flows, jwtAccessTokens } = appOauth;
    return judgeOpenings(refreshTokenOpenings(refreshToken, appOauth, app), {
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
    });
  },
});
