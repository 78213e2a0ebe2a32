import type { Place } from './setup-place.ts';

// Where Setup has the settings that several checks speak of.

export const scopesPlace: Place = {
  'external-client-app': 'Settings > OAuth Settings > App Settings > OAuth Scopes',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Selected OAuth Scopes',
};

export const usersPlace: Place = {
  'external-client-app': 'Policies > OAuth Policies > Plugin Policies > Permitted Users',
  'connected-app': 'Manage > Edit Policies > OAuth Policies > Permitted Users',
};

export const refreshTokenPlace: Place = {
  'external-client-app': 'Policies > OAuth Policies > App Authorization > Refresh Token Policy',
  'connected-app': 'Manage > Edit Policies > OAuth Policies > Refresh Token Policy',
};
