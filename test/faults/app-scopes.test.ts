import { describeAppFaults, type AppFault } from './app-setting.ts';

const inSetup = {
  api: 'Manage user data via APIs (api)',
  web: 'Manage user data via Web browsers (web)',
  refresh_token: 'Perform requests at any time (refresh_token, offline_access)',
};
const all = ['api', 'web', 'refresh_token'] as const;

function lacks(scope: (typeof all)[number]): AppFault {
  const left = all.filter((one) => one !== scope);
  return {
    spoil: (app) => void (app.scopes = [...left]),
    speaks: { 'app-scopes': 'fail' },
    found: left.join(', '),
    wanted: 'api, web, refresh_token',
    fix: '',
    inSetup: `Edit > API (Enable OAuth Settings) > Selected OAuth Scopes: add "${inSetup[scope]}"`,
    leaves: { scopes: [...left, scope] },
  };
}

describeAppFaults('scopes', {
  'api is missing': lacks('api'),
  'web is missing': lacks('web'),
  'refresh_token is missing': lacks('refresh_token'),
});
