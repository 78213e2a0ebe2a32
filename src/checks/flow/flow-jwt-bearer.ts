import { appCreate } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { blocked, defineCheck } from '../define.ts';
import { lackingScopes, unguarded } from './bearer-openings.ts';
import { judgeOpenings, type Opening } from './openings.ts';

const flowPlace = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement > Enable JWT Bearer Flow',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Use digital signatures',
};
const login =
  'find out by a login: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';

export default defineCheck({
  id: 'flow-jwt-bearer',
  title: 'JWT bearer flow is open for the collector, and guarded',
  why: 'This is the one flow that AQUILA needs: the collector signs its login with the key, and has no browser.',
  fix: appCreate,
  needs: ['appState', 'appOauth', 'appScopes', 'appPolicy', 'app'],
  judge: ({ appState, appOauth: { certificate }, appScopes: { scopes }, appPolicy: policy, app }) => {
    if (!appState.enabled || !appState.oauth) return blocked('app-enabled');
    const isShown = certificate !== undefined && certificate.trim() !== '';
    const notShown: Opening = { status: 'unknown', what: 'the org shows no certificate of the app', fix: login };
    return judgeOpenings(
      [...(isShown ? [] : [notShown]), ...lackingScopes(scopes, app), ...unguarded(scopes, policy, app)],
      {
        closed: 'open, for users whom an admin has approved',
        seen: {
          ...{ certificate: isShown ? 'there' : null, scopes: scopes.join(', ') || 'none' },
          ...{ 'permitted users': policy.permittedUsers, 'IP relaxation': policy.ipRelaxation ?? null },
        },
        place: setupPlace(app, flowPlace),
        notes: ['AQUILA needs this flow, with the scopes api, web and refresh_token.'],
      }
    );
  },
});
