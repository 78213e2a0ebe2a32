import type { OrgOauth } from '../../app/org-settings.ts';
import type { AppFlows, AppHeader } from '../../app/settings.ts';
import { mendInSetup } from '../app/mend.ts';
import { closedBy, closeInOrg, orgPlace } from './evidence.ts';
import { when, type Opening } from './openings.ts';

/** Where Setup has the switches of the flow of one app. */
export const webServerPlace = {
  'external-client-app': 'Settings > OAuth Settings > Security',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};

/** Nobody asks for PKCE; `ends` is what would end if the org did. The app comes first: it is the smaller change. */
export function withoutPkce({ pkceRequired }: OrgOauth, app: AppHeader, ends: string): Opening {
  const ofApp = `for this app alone: ${mendInSetup(app, webServerPlace, 'require PKCE')}`;
  if (pkceRequired === undefined) {
    const fix = `${ofApp}\nor look in Setup > ${orgPlace}`;
    return { status: 'unknown', what: 'the app does not require PKCE', fix };
  }
  const fix = `${ofApp}\nfor all apps: ${closeInOrg}`;
  return { status: 'warn', what: 'PKCE is not required', fix, data: closedBy('pkceRequired', true, ends) };
}

/** What else of the flow is open without need, and only the app can close. */
export function openInApp(flows: AppFlows, orgOauth: OrgOauth, app: AppHeader): Opening[] {
  const inSetup = (task: string): string => mendInSetup(app, webServerPlace, task);
  const takesPasswords = flows.codeCredentials && orgOauth.codeCredentials !== false;
  return [
    ...when(
      flows.secretOptional,
      'the client secret is optional',
      inSetup('select "Require Secret for Web Server Flow"')
    ),
    ...when(
      takesPasswords,
      'the app may send a username and password for a code',
      inSetup('clear "Enable Authorization Code and Credentials Flow"')
    ),
  ];
}
