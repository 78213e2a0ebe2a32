import { describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('token exchange and asset tokens', {
  'the app may exchange tokens': {
    spoil: (_scene, app) => void Object.assign(app.flows, { tokenExchange: true, tokenExchangePolicy: true }),
    speaks: { 'flow-asset-token': 'warn' },
    found:
      'found      the app may exchange tokens\nby         isTokenExchangeEnabled is true\n           isTokenExchangeFlowEnabled is true',
    fix: 'clear "Enable Token Exchange Flow"',
    mend: (_scene, app) => void (app.flows.tokenExchange = false),
  },
  'the app makes asset tokens': {
    spoil: (_scene, app) => void (app.flows.assetTokens = true),
    speaks: { 'flow-asset-token': 'warn' },
    found: 'found      the app makes asset tokens',
    by: { 'external-client-app': 'assetTokenAudiences is set', 'connected-app': 'assetTokenConfig is set' },
    fix: 'clear "Enable Asset Tokens"',
    mend: (_scene, app) => void (app.flows.assetTokens = false),
  },
});
