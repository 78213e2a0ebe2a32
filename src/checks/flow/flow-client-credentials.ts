import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { judgeOpenings } from './openings.ts';
import { powersOf, runAsOpenings, runAsPlace, toRunAs } from './run-as-openings.ts';

const guide =
  'The guide has this flow switched on in the settings of the app; the collector is not known to use it. Without leave of the policy and a user to run as it gives no token.';

export default defineCheck({
  id: 'flow-client-credentials',
  title: 'client credentials open little, or nothing',
  why: 'Whoever has the client secret acts as the user that the flow runs as, with no key and no second factor.',
  fix: toRunAs,
  needs: ['runAs', 'appOauth', 'appPolicy', 'app'],
  reads: 'runAs',
  judge: ({ runAs, appOauth: { clientCredentials: offered }, appPolicy: { clientCredentials: allowed }, app }) => {
    const isOpen = offered && allowed && runAs !== undefined && runAs.active !== false;
    return judgeOpenings(isOpen ? runAsOpenings(runAs, app) : [], {
      closed: isOpen ? `open, and runs as ${runAs.username}, who can do little` : 'gives no token',
      seen: {
        ...{ 'in the settings': offered, 'in the policy': allowed, 'runs as': runAs?.username ?? 'nobody' },
        ...(runAs && { active: runAs.active ?? null, 'API Only User': runAs.apiOnly ?? null }),
        ...(runAs?.powers && { permissions: powersOf(runAs) }),
      },
      place: setupPlace(app, runAsPlace),
      notes: [guide],
    });
  },
});
