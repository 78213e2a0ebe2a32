import { presets } from '../emulator/index.ts';
import { describeAuditFaults, onlyExternal } from './audit-scene.ts';

describeAuditFaults('SAML assertions', {
  'the org trusts an identity provider': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['saml-login'](emulator),
    speaks: { 'flow-saml-assertion': 'warn' },
    found: 'found      open to assertions of Acme IdP\n',
    by: 'Security.singleSignOnSettings.enableSamlLogin is true',
    fix: 'if nobody signs on by SAML: Setup > Single Sign-On Settings > SAML Enabled: clear it',
    mend: ({ emulator: { org } }) => void (org.samlConfigs.length = 0),
  },
});
