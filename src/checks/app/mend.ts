import type { AppHeader } from '../../app/settings.ts';
import { setupPlace, type Place } from './setup-place.ts';

/** Gives an external client app the settings of the guide, also one that is there already. */
export const appCreate = 'sf aquila app create --target-org <admin> --name <app>';

/** What to do in Setup about a setting. */
export const mendInSetup = (app: AppHeader, place: Place, task: string): string =>
  `Setup > ${setupPlace(app, place)}: ${task}`;

/** What mends a setting: the command, or for a connected app, which no command of ours changes, the place in Setup. */
export const mend = (app: AppHeader, command: string, place: Place, task: string): string =>
  app.kind === 'external-client-app' ? command : mendInSetup(app, place, task);
