import type { AppHeader, AppPolicy } from '../../app/settings.ts';
import { guideScopes } from '../app/guide-scopes.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import { scopesPlace, usersPlace } from '../app/places.ts';
import { setupPlace } from '../app/setup-place.ts';
import { when, type Opening } from './openings.ts';

const addressPlace = {
  'external-client-app': 'Policies > OAuth Policies > App Authorization > IP Relaxation',
  'connected-app': 'Manage > Edit Policies > OAuth Policies > IP Relaxation',
};

/** Scopes without which the collector's login is refused, or sees nothing. */
export function lackingScopes(scopes: readonly string[], app: AppHeader): Opening[] {
  const lacking = guideScopes.filter(({ by }) => !by.some((scope) => scopes.includes(scope)));
  if (lacking.length === 0) return [];
  const task = `add ${lacking.map(({ inSetup }) => `"${inSetup}"`).join(' and ')}`;
  const what = `scopes are missing: ${lacking.map(({ scope }) => scope).join(', ')}`;
  return [{ status: 'fail', what, fix: mend(app, appCreate, scopesPlace, task) }];
}

/** What lets in more than the collector, or not even the collector. */
export function unguarded(
  scopes: readonly string[],
  { permittedUsers, ipRelaxation }: AppPolicy,
  app: AppHeader
): Opening[] {
  const selfAuthorize: Opening = {
    status: 'fail',
    what: 'users approve the app in a browser, which the collector does not have',
    fix: mend(app, appCreate, usersPlace, 'choose "Admin approved users are pre-authorized"'),
  };
  const notShown: Opening = {
    ...{ status: 'unknown', what: 'the org does not show whether login IP ranges hold for this app' },
    fix: `look in Setup > ${setupPlace(app, addressPlace)}`,
  };
  const isAnywhere = ipRelaxation === 'bypass' || ipRelaxation === 'second-factor';
  const enforce = 'choose "Enforce IP restrictions", once the login IP ranges of the profile hold the collector';
  return [
    ...(permittedUsers === 'self-authorize' ? [selfAuthorize] : []),
    ...(ipRelaxation === undefined ? [notShown] : []),
    ...when(isAnywhere, 'login IP ranges do not hold for this app', mendInSetup(app, addressPlace, enforce)),
    ...when(
      scopes.includes('full'),
      'the scope full opens more than the collector reads',
      mendInSetup(app, scopesPlace, 'take away "Full access (full)"')
    ),
  ];
}
