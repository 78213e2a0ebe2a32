import type { AppKind } from '../../app/settings.ts';
import { labelled } from '../app/detail.ts';
import { appCreate, mend, mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { inUse } from './blocked-in-org.ts';
import { closedBy, closeInOrg, orgPlace, seenInOrg } from './evidence.ts';
import { judgeOpenings, when, type Opening } from './openings.ts';

const place = {
  'external-client-app': 'Settings > OAuth Settings > Security',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};
const credentialsElement: Record<AppKind, string> = {
  'external-client-app': 'isCodeCredFlowEnabled',
  'connected-app': 'isCodeCredentialEnabled',
};
const secretOptional = 'the client secret is optional';
const takesPasswords = 'the app may send a username and password for a code';

export default defineCheck({
  id: 'flow-web-server',
  title: 'web server flow asks for PKCE and the client secret',
  why: 'A stolen authorization code is worth nothing to whoever has neither the code verifier nor the secret.',
  fix: closeInOrg,
  needs: ['orgOauth', 'appOauth', 'app', 'flowLogins'],
  judge: ({ orgOauth, appOauth: { flows }, app, flowLogins }) => {
    const ends = `${inUse(flowLogins, 'web-server')}; clients that send no code challenge would be refused`;
    const inSetup = (task: string): string => mendInSetup(app, place, task);
    const ofApp = `for this app alone: ${mend(app, appCreate, place, 'select "Require PKCE"')}`;
    const withoutPkce: Opening =
      orgOauth.pkceRequired === undefined
        ? { status: 'unknown', what: 'the app does not require PKCE', fix: `${ofApp}\nor look in Setup > ${orgPlace}` }
        : {
            ...{ status: 'warn', what: 'PKCE is not required', fix: `${ofApp}\nfor all apps: ${closeInOrg}` },
            data: closedBy('pkceRequired', true, ends),
          };
    const lacksPkce = !flows.pkceRequired && orgOauth.pkceRequired !== true;
    const openings: Opening[] = [
      ...(lacksPkce ? [withoutPkce] : []),
      ...when(flows.secretOptional, secretOptional, inSetup('select "Require Secret for Web Server Flow"')),
      ...when(
        flows.codeCredentials && orgOauth.codeCredentials !== false,
        takesPasswords,
        inSetup('clear "Enable Authorization Code and Credentials Flow"')
      ),
    ];
    return judgeOpenings(openings, {
      closed: 'PKCE and the client secret are asked for',
      seen: {
        ...seenInOrg(orgOauth, 'pkceRequired', 'codeCredentials'),
        ...{ isPkceRequired: flows.pkceRequired, isConsumerSecretOptional: flows.secretOptional },
        [credentialsElement[app.kind]]: flows.codeCredentials,
      },
      place: `${setupPlace(app, place)}; for all apps ${orgPlace}`,
      notes: [...(lacksPkce ? [labelled('in use', ends)] : []), 'AQUILA does not use this flow.'],
    });
  },
});
