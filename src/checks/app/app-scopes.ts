import { defineCheck, fail, pass } from '../define.ts';
import { labelled, settingDetail } from './detail.ts';
import { guideScopes } from './guide-scopes.ts';
import { appCreate, mend } from './mend.ts';
import { scopesPlace } from './places.ts';

// One report only: docs/reference/external-client-apps.md §11.
const fullAlone = 'client credentials fail with "no valid scopes defined" where full stands alone';

export default defineCheck({
  id: 'app-scopes',
  title: 'app has the scopes of the guide',
  why: 'A token opens only what the scopes of its app name, and without refresh_token Salesforce refuses the login itself.',
  fix: appCreate,
  needs: ['appScopes', 'app'],
  reads: 'appScopes',
  judge: ({ appScopes: { scopes }, app }) => {
    const missing = guideScopes.filter(({ by }) => !by.some((scope) => scopes.includes(scope)));
    const byFull = scopes.includes('full') && !(scopes.includes('api') && scopes.includes('web'));
    const { detail, data } = settingDetail(
      app,
      scopesPlace,
      { found: scopes.length === 0 ? 'none' : scopes.join(', '), wanted: 'api, web, refresh_token' },
      ...(missing.length === 0 ? [] : [labelled('missing', missing.map(({ scope }) => scope).join(', '))]),
      ...(byFull ? ['By its documented meaning full includes api and web.', labelled('possibly', fullAlone)] : [])
    );
    const more = { ...data, missing: missing.map(({ scope }) => scope) };
    if (missing.length === 0) return pass(detail, { data: more });
    const task = `add ${missing.map(({ inSetup }) => `"${inSetup}"`).join(' and ')}`;
    return fail(detail, { data: more, fix: mend(app, appCreate, scopesPlace, task) });
  },
});
