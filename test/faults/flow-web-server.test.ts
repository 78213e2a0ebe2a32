import { changeSettings } from '../emulator/metadata/store.ts';
import { closeInOrg, describeAuditFaults, type AuditFault } from './audit-scene.ts';

const withoutPkce: AuditFault['spoil'] = ({ emulator }, app) => {
  changeSettings(emulator.org, 'OauthOidc', { isPkceRequired: 'false' });
  app.flows.pkceRequired = false;
};

describeAuditFaults('the web server flow', {
  'neither the org nor the app requires PKCE': {
    spoil: withoutPkce,
    speaks: { 'flow-web-server': 'warn' },
    found: 'found      PKCE is not required',
    by: 'isPkceRequired is false',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
  'neither requires PKCE, and the app alone is to': {
    spoil: withoutPkce,
    speaks: { 'flow-web-server': 'warn' },
    found: 'found      PKCE is not required',
    fix: {
      'external-client-app':
        'for this app alone: Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Security: require PKCE',
      'connected-app':
        'for this app alone: Setup > App Manager > AQUILA > Edit > API (Enable OAuth Settings): require PKCE',
    },
    mend: (_scene, app) => void (app.flows.pkceRequired = true),
  },
  'the client secret is optional': {
    spoil: (_scene, app) => void (app.flows.secretOptional = true),
    speaks: { 'flow-web-server': 'warn' },
    found: 'found      the client secret is optional',
    by: 'isConsumerSecretOptional is true',
    fix: {
      'external-client-app':
        'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Security: select "Require Secret for Web Server Flow"',
      'connected-app':
        'Setup > App Manager > AQUILA > Edit > API (Enable OAuth Settings): select "Require Secret for Web Server Flow"',
    },
    mend: (_scene, app) => void (app.flows.secretOptional = false),
  },
  'the app takes passwords for codes': {
    kinds: ['external-client-app'],
    spoil: ({ emulator }, app) => {
      changeSettings(emulator.org, 'OauthOidc', { oAuthCdCrdtFlowEnable: 'true' });
      app.flows.codeCredentials = true;
    },
    speaks: { 'flow-web-server': 'warn' },
    found: 'the app may send a username and password for a code',
    by: 'isCodeCredFlowEnabled is true',
    fix: 'clear "Enable Authorization Code and Credentials Flow"',
    mend: (_scene, app) => void (app.flows.codeCredentials = false),
  },
});
