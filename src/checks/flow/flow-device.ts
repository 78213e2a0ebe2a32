import { mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { judgeOpenings, when, type Opening } from './openings.ts';

const place = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement > Enable Device Flow',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Enable for Device Flow',
};

export default defineCheck({
  id: 'flow-device',
  title: 'device flow is off in the app',
  why: 'In this flow a person approves, by a short code, a device that somebody else may hold: a favourite of phishers.',
  fix: 'Setup > External Client App Manager > <app> > Settings > OAuth Settings > Flow Enablement > Enable Device Flow: clear it',
  needs: ['appOauth', 'app'],
  judge: ({ appOauth: { flows }, app }) => {
    const notShown: Opening = {
      ...{ status: 'unknown', what: 'the metadata of a connected app does not show it' },
      fix: `look in Setup > ${setupPlace(app, place)}: clear it, and no one can come this way; an external client app shows it to this check`,
    };
    const openings =
      flows.device === undefined ? [notShown] : when(flows.device, 'on', mendInSetup(app, place, 'clear it'));
    return judgeOpenings(openings, {
      closed: 'off',
      seen: { isDeviceFlowEnabled: flows.device ?? null },
      place: setupPlace(app, place),
      notes: ['AQUILA does not use this flow.'],
    });
  },
});
