import type { AppKind } from '../../app/settings.ts';
import { labelled } from '../app/detail.ts';
import { mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { defineCheck, pass, unknown, warn } from '../define.ts';
import { inUse } from './blocked-in-org.ts';
import { closedBy, closeInOrg, flowDetail, orgPlace, seenInOrg } from './evidence.ts';

const place = {
  'external-client-app': 'Settings > OAuth Settings > Security',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};
const credentialsElement: Record<AppKind, string> = {
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
    const lacksPkce = !flows.pkceRequired && orgOauth.pkceRequired !== true;
    const takesPasswords = flows.codeCredentials && orgOauth.codeCredentials !== false;
    const open = [
      ...(lacksPkce ? ['PKCE is not required'] : []),
      ...(flows.secretOptional ? ['the client secret is optional'] : []),
      ...(takesPasswords ? ['the app may send a username and password for a code'] : []),
    ];
    const seen = {
      ...seenInOrg(orgOauth, 'pkceRequired', 'codeCredentials'),
      ...{ isPkceRequired: flows.pkceRequired, isConsumerSecretOptional: flows.secretOptional },
      [credentialsElement[app.kind]]: flows.codeCredentials,
    };
    const ends = `${inUse(flowLogins, 'web-server')}; clients that send no code challenge would be refused`;
    const { detail, data } = flowDetail(
      open.length === 0 ? 'PKCE and the client secret are asked for' : open.join(', '),
      seen,
      `${setupPlace(app, place)}; for all apps ${orgPlace}`,
      ...(lacksPkce ? [labelled('in use', ends)] : []),
      'AQUILA does not use this flow.'
    );
    if (open.length === 0) return pass(detail, { data });
    const fixes = [
      ...(lacksPkce ? [closeInOrg] : []),
      ...(flows.secretOptional ? [mendInSetup(app, place, 'select "Require secret for Web Server Flow"')] : []),
      ...(takesPasswords ? [mendInSetup(app, place, 'clear "Enable Authorization Code and Credentials Flow"')] : []),
    ];
    const isUnseen = open.length === 1 && lacksPkce && orgOauth.pkceRequired === undefined;
    if (isUnseen) return unknown(detail, { data, fix: `look in Setup > ${orgPlace}` });
    const closing = lacksPkce && orgOauth.pkceRequired === false ? closedBy('pkceRequired', true, ends) : {};
    return warn(detail, { data: { ...data, ...closing }, fix: fixes.join('\n') });
  },
});
