import { issuerAt } from './grants/issue.ts';
import { json } from './http.ts';
import type { Handler } from './http.ts';
import { publicKeys } from './tokens.ts';

/** `GET /.well-known/openid-configuration`, each host about itself (docs/reference/salesforce-oauth.md §5.5). */
export const openidConfiguration: Handler = ({ world, face }) => {
  const base = world.urls[face];
  const oauth = `${base}/services/oauth2`;
  return json(200, {
    issuer: issuerAt(world, face),
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    revocation_endpoint: `${oauth}/revoke`,
    userinfo_endpoint: `${oauth}/userinfo`,
    jwks_uri: `${base}/id/keys`,
    registration_endpoint: `${oauth}/register`,
    introspection_endpoint: `${oauth}/introspect`,
    scopes_supported: [
      ...[
        'cdp_ingest_api',
        'custom_permissions',
        'full',
        'chatter_api',
        'visualforce',
        'content',
        'openid',
        'profile',
        'api',
      ],
      ...['web', 'refresh_token', 'id', 'email', 'address', 'phone', 'offline_access'],
    ],
    response_types_supported: ['code', 'token', 'token id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
  });
};

/**
 * `GET /.well-known/auth-configuration`, at the My Domain only: it proves a real org and names it (docs/reference/salesforce-oauth.md §5.5).
 */
export const authConfiguration: Handler = ({ world }) => {
  const { authProviders, loginPage, samlConfigs } = world.org;
  // Keys of a button are not documented.
  const buttons = (rows: ReadonlyArray<{ developerName: string; name: string }>, path: string): object[] =>
    rows
      .filter(({ developerName }) => loginPage.services.includes(developerName))
      .map(({ developerName, name }) => ({ Name: name, SsoUrl: `${world.urls['my-domain']}${path}${developerName}` }));
  return json(200, {
    OrgId: world.org.id,
    Url: world.urls['my-domain'],
    MobileSDK: { UseiOSNativeBrowserForAuthentication: false, UseAndroidNativeBrowserForAuthentication: false },
    LoginPage: null,
    SamlProviders: buttons(samlConfigs, '/saml/authn-request.jsp?saml='),
    AuthProviders: buttons(
      authProviders.map(({ developerName, friendlyName }) => ({ developerName, name: friendlyName })),
      '/services/auth/sso/'
    ),
    CertificateLogin: null,
    LoginPageType: 'standard',
    LoginPageTypeConfigs: {},
  });
};

/** `GET /id/keys`: the keys behind JWT-format access tokens (docs/reference/salesforce-oauth.md §5.5, §6). */
export const keys: Handler = ({ world }) => json(200, publicKeys(world.org));
