import { presets } from '../emulator/index.ts';
import { describeAuditFaults, describeCleanOrgs, onlyExternal } from './audit-scene.ts';

describeCleanOrgs('OpenID Connect', {
  'a provider with PKCE and an issuer, and an app that gets ID tokens': {
    make: ({ emulator }) => {
      presets['auth-provider'](emulator);
      emulator.org.apps[0]!.scopes.push('openid');
    },
    check: 'sso-openid-connect',
    found: 'logins by Acme OIDC',
    by: 'ID tokens  this org gives them to AQUILA',
  },
});

describeAuditFaults('OpenID Connect', {
  'tokens in addresses, no PKCE, no issuer': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['auth-provider-weak'](emulator),
    speaks: { 'sso-openid-connect': 'warn' },
    found: 'Old OIDC: no PKCE, issuer not verified',
    by: 'as the Apex class AcmeRegistration says, which runs as admin@acme.com',
    fix: 'Setup > Auth. Providers > Old OIDC > Edit: select PKCE',
    mend: ({ emulator }) =>
      void Object.assign(emulator.org.authProviders[0]!, {
        ...{ isPkceEnabled: true, idTokenIssuer: 'https://idp.acme.com' },
        ...{ sendAccessTokenInHeader: true, sendClientCredentialsInHeader: true },
      }),
  },
  'the administrator does not see Auth. Providers': {
    ...onlyExternal,
    spoil: ({ emulator }) => presets['admin-without-auth-providers'](emulator),
    speaks: { 'sso-openid-connect': 'unknown' },
    found: 'this can be read only with the permissions "Customize Application" and "Manage Auth. Providers"',
    fix: 'give the user of this login the permissions "Customize Application" and "Manage Auth. Providers"',
    mend: ({ emulator }) => void (emulator.org.users[0]!.permissions.manageAuthProviders = true),
  },
});
