import { example, presets } from '../emulator/index.ts';
import { changePermissionSet } from '../emulator/metadata/store.ts';
import { describeAuditFaults, onlyExternal } from './audit-scene.ts';

describeAuditFaults('delegated authentication', {
  'it is off, and a password opens the org': {
    spoil: ({ emulator }) => presets['delegated-authentication-off'](emulator),
    speaks: { 'sso-delegated-authentication': 'warn' },
    found: 'delegated authentication is off: Salesforce checks every password itself',
    by: 'Security.singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled is false',
    fix: 'Setup > Single Sign-On Settings > Delegated Authentication > Disable login with Salesforce credentials: select it',
    mend: ({ emulator }) => presets['sign-on-closed'](emulator),
  },
  'the integration user does not have the permission': {
    ...onlyExternal,
    spoil: ({ emulator }) =>
      changePermissionSet(emulator.org, example.permissionSet, `    <label>${example.permissionSet}</label>\n`),
    speaks: { 'sso-delegated-authentication': 'warn' },
    found: 'integration@acme.com: does not have the permission "Is Single Sign-On Enabled"',
    fix: 'then assign it to integration@acme.com',
    mend: ({ emulator }) => presets['sign-on-closed'](emulator),
  },
});
