/** The scopes of the guide, each with those that stand for it, and as Setup calls it. */
export const guideScopes = [
  { scope: 'api', by: ['api', 'full'], inSetup: 'Manage user data via APIs (api)' },
  { scope: 'web', by: ['web', 'full'], inSetup: 'Manage user data via Web browsers (web)' },
  {
    scope: 'refresh_token',
    by: ['refresh_token', 'offline_access'],
    inSetup: 'Perform requests at any time (refresh_token, offline_access)',
  },
];
