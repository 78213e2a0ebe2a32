import { defineCheck, pass, warn } from '../define.ts';
import { settingDetail } from './detail.ts';
import { mendInSetup } from './mend.ts';

const place = {
  'external-client-app': 'Settings',
  'connected-app': 'Migrate to External Client App',
};

export default defineCheck({
  id: 'app-kind',
  title: 'app is an external client app',
  why: "Since Spring '26 nobody can create connected apps any more, so one that is lost could not be made again.",
  fix: 'Setup > App Manager > the app > Migrate to External Client App',
  needs: ['app'],
  judge: ({ app }) => {
    const wanted = 'external client app';
    if (app.kind === 'external-client-app') {
      const { detail, data } = settingDetail(app, place, { found: wanted, wanted });
      return pass(detail, { data });
    }
    const { detail, data } = settingDetail(
      app,
      place,
      { found: 'connected app, the older kind', wanted },
      'It goes on working. Nobody can create connected apps any more, but they can be migrated, and keep their client id and secret.'
    );
    return warn(detail, { data, fix: mendInSetup(app, place, 'click the button, and check the new app again') });
  },
});
