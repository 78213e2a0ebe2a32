import type { AppHeader } from '../../app/settings.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import type { RunAs } from '../flow-facts.ts';
import { when, type Opening } from './openings.ts';

/** Where Setup has leave and user of the flow. */
export const runAsPlace = {
  'external-client-app': 'Policies > OAuth Policies > Enable Client Credentials Flow',
  'connected-app': 'Manage > Edit Policies > Client Credentials Flow',
};

/** The command that names another user to run as. */
export const toRunAs = `${appCreate} --client-credentials-user USERNAME`;

/** What the user that client credentials run as can do beyond reading logs. */
export function runAsOpenings(runAs: RunAs, app: AppHeader): Opening[] {
  const { username, powers, apiOnly } = runAs;
  const toAnother = 'choose a user who is "API Only User" and may do no more than read logs';
  const fix = [
    `if nothing uses the flow: ${mendInSetup(app, runAsPlace, 'switch it off')}`,
    `if something does, ${toAnother}: ${mend(app, toRunAs, runAsPlace, 'Run As')}`,
  ].join('\n');
  const notShown: Opening = { status: 'unknown', what: `the org does not show what ${username} may do`, fix };
  return [
    ...(powers === undefined ? [notShown] : []),
    ...when((powers?.length ?? 0) > 0, `runs as ${username}, who has ${namesOf(runAs)}`, fix),
    ...when(apiOnly === false, `${username} is no "API Only User"`, fix),
  ];
}

/** Each far-reaching permission with what gives it, as evidence. */
export const powersOf = ({ powers = [] }: RunAs): string =>
  powers.map(({ permission, through }) => `"${permission}" by ${through}`).join(', ') || 'none of those looked for';

/** Each once, whatever gives it. */
const namesOf = ({ powers = [] }: RunAs): string =>
  [...new Set(powers.map(({ permission }) => `"${permission}"`))].join(', ');
