import { presets } from '../emulator/index.ts';
import { closeInOrg, describeAuditFaults, describeCleanOrgs, onlyExternal } from './audit-scene.ts';

describeCleanOrgs('Salesforce as SAML identity provider', {
  'an app is signed on to, with a certificate in force': {
    make: ({ emulator }) => presets['identity-provider'](emulator),
    check: 'sso-identity-provider',
    found: 'Salesforce is identity provider for 1 app',
    by: 'Wiki: https://wiki.acme.com, assertions go to https://wiki.acme.com/saml/acs, signed by SHA256',
  },
});

describeAuditFaults('Salesforce as SAML identity provider', {
  'no app uses it': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['identity-provider-unused'](emulator),
    speaks: { 'sso-identity-provider': 'warn' },
    found: 'Salesforce is identity provider for 0 apps',
    by: 'IdentityProvider.enableIdentityProvider is true',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
  'an app gets signatures by SHA-1': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['identity-provider-sha1'](emulator),
    speaks: { 'sso-identity-provider': 'warn' },
    found: 'Wiki: assertions are signed by SHA-1',
    fix: 'Setup > App Manager > Wiki > Edit > Web App Settings: Signing Algorithm SHA256',
    mend: ({ emulator: { org } }) => {
      const parts = org.apps.find(({ otherMetadata }) => otherMetadata['ConnectedApp'])!.otherMetadata['ConnectedApp']!;
      parts['samlConfig'] = parts['samlConfig']!.replace('SHA1', 'SHA256');
    },
  },
  'its certificate has ended': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['identity-provider-certificate-expired'](emulator),
    speaks: { 'sso-identity-provider': 'fail' },
    found: 'certificate IdP_Signing ended on 2026-01-31',
    fix: 'Setup > Identity Provider > Edit: a certificate in force',
    mend: ({ emulator }) => void (emulator.org.certificates[0]!.expirationDate = '2126-01-31'),
  },
});
