import type { AppHeader } from '../../app/settings.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import type { RunAs } from '../flow-facts.ts';
import { judgeOpenings, when, type Opening } from './openings.ts';

const place = {
  'external-client-app': 'Policies > OAuth Policies > Enable Client Credentials Flow',
  'connected-app': 'Manage > Edit Policies > Client Credentials Flow',
};
const guide =
  'The guide has this flow switched on in the settings of the app; the collector is not known to use it. Without leave of the policy and a user to run as it gives no token.';

export default defineCheck({
  id: 'flow-client-credentials',
  title: 'client credentials open little, or nothing',
  why: 'Whoever has the client secret acts as the user that the flow runs as, with no key and no second factor.',
  fix: `${appCreate} --client-credentials-user USERNAME`,
  needs: ['runAs', 'appOauth', 'appPolicy', 'app'],
  reads: 'runAs',
  judge: ({ runAs, appOauth: { clientCredentials: offered }, appPolicy: { clientCredentials: allowed }, app }) => {
    const isOpen = offered && allowed && runAs !== undefined && runAs.active !== false;
    return judgeOpenings(isOpen ? openings(runAs, app) : [], {
      closed: isOpen ? `open, and runs as ${runAs.username}, who can do little` : 'gives no token',
      seen: {
        ...{ 'in the settings': offered, 'in the policy': allowed, 'runs as': runAs?.username ?? 'nobody' },
        ...(runAs && { active: runAs.active ?? null, 'API Only User': runAs.apiOnly ?? null }),
        ...(runAs?.powers && { permissions: powersOf(runAs) }),
      },
      place: setupPlace(app, place),
      notes: [guide],
    });
  },
});

function openings(runAs: RunAs, app: AppHeader): Opening[] {
  const { username, powers, apiOnly } = runAs;
  const toAnother = 'choose a user who is "API Only User" and may do no more than read logs';
  const fix = [
    `if nothing uses the flow: ${mendInSetup(app, place, 'switch it off')}`,
    `if something does, ${toAnother}: ${mend(app, `${appCreate} --client-credentials-user USERNAME`, place, 'Run As')}`,
  ].join('\n');
  const notShown: Opening = { status: 'unknown', what: `the org does not show what ${username} may do`, fix };
  return [
    ...(powers === undefined ? [notShown] : []),
    ...when((powers?.length ?? 0) > 0, `runs as ${username}, who has ${namesOf(runAs)}`, fix),
    ...when(apiOnly === false, `${username} is no "API Only User"`, fix),
  ];
}

const powersOf = ({ powers = [] }: RunAs): string =>
  powers.map(({ permission, through }) => `"${permission}" by ${through}`).join(', ') || 'none of those looked for';

/** Each once, whatever gives it. */
const namesOf = ({ powers = [] }: RunAs): string =>
  [...new Set(powers.map(({ permission }) => `"${permission}"`))].join(', ');
