import { presets } from '../emulator/index.ts';
import { describeAuditFaults, describeCleanOrgs, onlyExternal, type AuditScene } from './audit-scene.ts';

const config = ({ emulator }: AuditScene) => emulator.org.samlConfigs[0]!;

describeCleanOrgs('Salesforce as SAML service provider', {
  'an identity provider with signed requests and certificates in force': {
    make: ({ emulator }) => presets['saml-login'](emulator),
    check: 'sso-service-provider',
    found: 'SAML logins by 1 identity provider',
    by: 'requests are signed; certificate SAML_Signing ends on',
  },
});

describeAuditFaults('Salesforce as SAML service provider', {
  'requests, digests, audience and provisioning are of old': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['saml-login-weak'](emulator),
    speaks: { 'sso-service-provider': 'warn' },
    found: 'SAML logins by 1 identity provider',
    by: 'Old IdP: requests are not signed',
    fix: 'Setup > Single Sign-On Settings > Old IdP > Edit > Request Signing Certificate',
    mend: (scene) => {
      const { org, myDomainUrl } = scene.emulator;
      Object.assign(config(scene), {
        requestSigningCertificate: org.certificates[0]!.developerName,
        ...{ requestSignatureMethod: 'RSA-SHA256', sameDigestAlgorithm: true },
        ...{ entityId: myDomainUrl, userProvisioning: false },
      });
    },
  },
  'the certificate of the provider has ended': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['saml-certificate-expired'](emulator),
    speaks: { 'sso-service-provider': 'fail' },
    found: 'ended on 2025-12-31',
    fix: 'Past IdP > Edit > Identity Provider Certificate',
    mend: (scene) => void (config(scene).certificate = scene.app.app.certificate ?? ''),
  },
  'the certificate that signs requests ends soon': {
    ...onlyExternal,
    spoil: ({ emulator }) => {
      const { org } = emulator;
      org.addCertificate({ name: 'SAML Signing', daysLeft: 20 });
      presets['saml-login'](emulator);
    },
    speaks: { 'sso-service-provider': 'warn' },
    found: 'fewer than 60 days are a warning',
    fix: 'Setup > Certificate and Key Management: make a new one',
    mend: ({ emulator: { org } }) => {
      const { developerName } = org.addCertificate({ name: 'SAML Signing 2' });
      org.samlConfigs[0]!.requestSigningCertificate = developerName;
    },
  },
  'the administrator does not see Setup': {
    ...onlyExternal,
    spoil: ({ emulator }) => {
      presets['saml-login'](emulator);
      const admin = emulator.org.users[0]!;
      Object.assign(admin.permissions, { viewSetup: false, modifyAllData: false });
    },
    speaks: { 'sso-service-provider': 'unknown', 'user-preauthorized': 'unknown' },
    found: 'this can be read only with the permission "View Setup and Configuration"',
    fix: 'give the user of this login the permission "View Setup and Configuration"',
    mend: ({ emulator }) => void (emulator.org.users[0]!.permissions.viewSetup = true),
  },
});
