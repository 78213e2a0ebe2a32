import { presets } from '../emulator/index.ts';
import { describeAuditFaults, describeCleanOrgs, onlyExternal } from './audit-scene.ts';

describeCleanOrgs('logins that begin without a request', {
  'a canvas app that asks': {
    make: ({ emulator }) => presets['canvas-sp-initiated'](emulator),
    check: 'sso-idp-initiated',
    found: 'every login by SAML can begin with a request',
    by: 'Dashboard.samlInitiationMethod is SpInitiated',
  },
});

describeAuditFaults('logins that begin without a request', {
  'a canvas app is sent assertions': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['canvas-idp-initiated'](emulator),
    speaks: { 'sso-idp-initiated': 'warn' },
    found: 'Dashboard: Salesforce posts an assertion to https://canvas.acme.com',
    by: 'Dashboard.samlInitiationMethod is IdpInitiated',
    fix: 'Setup > App Manager > Dashboard > Edit > Canvas App Settings > SAML Initiation Method: Service Provider Initiated',
    mend: ({ emulator: { org } }) => {
      const parts = org.apps.find(({ otherMetadata }) => otherMetadata['ConnectedApp'])!.otherMetadata['ConnectedApp']!;
      parts['canvasConfig'] = parts['canvasConfig']!.replace('IdpInitiated', 'SpInitiated');
    },
  },
  'an external client app is sent assertions': {
    ...onlyExternal,
    spoil: (_scene, app) => {
      app.parts.canvas = 'AQUILA_canvas';
      app.otherMetadata['ExtlClntAppCanvasSettings'] = {
        ...{ accessMethod: 'Post', canvasUrl: 'https://canvas.acme.com' },
        samlInitiationMethod: 'IdpInitiated',
      };
    },
    speaks: { 'sso-idp-initiated': 'warn' },
    found: 'AQUILA.samlInitiationMethod is IdpInitiated',
    fix: 'Setup > External Client App Manager > AQUILA > Settings > Canvas',
    mend: (_scene, { otherMetadata }) =>
      void (otherMetadata['ExtlClntAppCanvasSettings']!['samlInitiationMethod'] = 'SpInitiated'),
  },
  'an identity provider can not be asked': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['saml-without-login-url'](emulator),
    speaks: { 'sso-idp-initiated': 'warn' },
    found: 'Portal.loginUrl is not shown',
    fix: 'Setup > Single Sign-On Settings > Portal > Edit > Identity Provider Login URL',
    mend: ({ emulator }) => void (emulator.org.samlConfigs[0]!.loginUrl = 'https://idp.acme.com/saml/login'),
  },
});
