import type { AppHeader, AppKind } from '../../app/settings.ts';

/** What follows the name of the app on the way through Setup, for either kind. */
export type Place = Record<AppKind, string>;

/** Where Setup lists apps of a kind. */
const lists: Place = { 'external-client-app': 'External Client App Manager', 'connected-app': 'App Manager' };

/** The way to a setting of this app; without a place, to the app. */
export const setupPlace = ({ kind, label }: AppHeader, place?: Place): string =>
  [lists[kind], label, ...(place ? [place[kind]] : [])].join(' > ');
