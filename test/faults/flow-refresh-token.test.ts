import { describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('refresh tokens', {
  'they never end': {
    spoil: (_scene, app) => void (app.refreshToken = { policy: 'Infinite', period: undefined, unit: 'Days' }),
    speaks: { 'flow-refresh-token': 'warn' },
    found: 'found      refresh tokens: ',
    by: 'in use     nobody has a token of this app',
    fix: {
      'external-client-app': 'sf aquila app create --target-org admin --name AQUILA',
      'connected-app': 'Refresh Token Policy: choose "Expire refresh token after", 365 Day(s)',
    },
    mend: async (scene, app, fix) => {
      if (app.kind === 'external-client-app') await scene.app.create(fix);
      else app.refreshToken = { policy: 'SpecificLifetime', period: 365, unit: 'Days' };
    },
  },
  'neither the secret nor rotation guards them': {
    spoil: (_scene, app) => void (app.flows.secretRequiredForRefresh = false),
    speaks: { 'flow-refresh-token': 'warn' },
    found: 'found      a refresh token serves without the client secret, again and again',
    by: 'isSecretRequiredForRefreshToken is false',
    fix: 'select "Require Secret for Refresh Token Flow" or "Enable Refresh Token Rotation"',
    mend: (_scene, app) => void (app.flows.refreshTokenRotation = true),
  },
  'access tokens are in JWT format': {
    spoil: (_scene, app) => void (app.tokenFormat = 'jwt'),
    speaks: { 'flow-refresh-token': 'warn' },
    found: 'found      access tokens in JWT format',
    by: 'isNamedUserJwtEnabled is true',
    fix: 'clear "Issue JSON Web Token (JWT)-based access tokens for named users"',
    mend: (_scene, app) => void (app.tokenFormat = 'opaque'),
  },
  'the client may look into the tokens of others': {
    spoil: (_scene, app) => void (app.flows.introspectAllTokens = true),
    speaks: { 'flow-refresh-token': 'warn' },
    found: 'found      the client may look into the tokens of all apps',
    by: 'isIntrospectAllTokens is true',
    fix: 'clear "Introspect All Tokens"',
    mend: (_scene, app) => void (app.flows.introspectAllTokens = false),
  },
});
