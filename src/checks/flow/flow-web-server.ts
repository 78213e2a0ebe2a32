import { labelled } from '../app/detail.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck } from '../define.ts';
import { inUse } from './blocked-in-org.ts';
import { closeInOrg, orgPlace, seenInOrg } from './evidence.ts';
import { judgeOpenings } from './openings.ts';
import { openInApp, webServerPlace, withoutPkce } from './web-server-openings.ts';

const credentialsElement = {
  'external-client-app': 'isCodeCredFlowEnabled',
  'connected-app': 'isCodeCredentialEnabled',
};

export default defineCheck({
  id: 'flow-web-server',
  title: 'web server flow asks for PKCE and the client secret',
  why: 'A stolen authorization code is worth nothing to whoever has neither the code verifier nor the secret.',
  fix: closeInOrg,
  needs: ['orgOauth', 'appOauth', 'app', 'flowLogins'],
  judge: ({ orgOauth, appOauth: { flows }, app, flowLogins }) => {
    const ends = `${inUse(flowLogins, 'web-server')}; clients that send no code challenge would be refused`;
    const lacksPkce = !flows.pkceRequired && orgOauth.pkceRequired !== true;
    const pkce = lacksPkce ? [withoutPkce(orgOauth, app, ends)] : [];
    return judgeOpenings([...pkce, ...openInApp(flows, orgOauth, app)], {
      closed: 'PKCE and the client secret are asked for',
      seen: {
        ...seenInOrg(orgOauth, 'pkceRequired', 'codeCredentials'),
        ...{ isPkceRequired: flows.pkceRequired, isConsumerSecretOptional: flows.secretOptional },
        [credentialsElement[app.kind]]: flows.codeCredentials,
      },
      place: `${setupPlace(app, webServerPlace)}; for all apps ${orgPlace}`,
      notes: [...(lacksPkce ? [labelled('in use', ends)] : []), 'AQUILA does not use this flow.'],
    });
  },
});
