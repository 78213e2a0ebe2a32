const tokenPath = '/services/oauth2/token';
const prefix = 'urn:ietf:params:oauth:grant-type:';

/** What a request to the token endpoint is for, by its `grant_type`. */
const grantSteps: Readonly<Record<string, string>> = {
  [`${prefix}jwt-bearer`]:
    'The app asks for a token with an assertion that it signed with its private key. The assertion says which app asks (iss), for which user (sub), at which org (aud) and until when (exp); the org checks the signature by the certificate of the app. RFC 7523, section 2.1',
  client_credentials:
    'The app asks for itself and proves that it is this app. The token is one of the run-as user in the policy of the app. RFC 6749, section 4.4',
  refresh_token:
    'The app shows the refresh token of an earlier login and gets a new access token, without the user. RFC 6749, section 6',
  password:
    'The app shows username and password, as if it were the user. It has to be trusted with both. RFC 6749, section 4.3',
  authorization_code:
    'The code that the browser brought becomes a token. The verifier proves that whoever uses the code is whoever asked for it. RFC 6749, section 4.1.3; RFC 7636, section 4.5',
  device: 'Has the person answered? The app asks again and again until they have. RFC 8628, section 3.4',
  [`${prefix}saml2-bearer`]:
    'The app asks for a token with a SAML assertion that it signed with its private key. RFC 7522, section 2.1',
  assertion:
    'The SAML response of an identity provider that the org trusts becomes a token, without an app. Salesforce Help, SAML assertion flow',
  [`${prefix}token-exchange`]:
    'A token of this org, with an actor token about a device where there is one, becomes an asset token for the device. RFC 8693, section 2.1',
};
const foreignToken =
  'A token of another identity provider becomes one of this org: an Apex class of the org decides for which user. RFC 8693, section 2.1';
const deviceStart =
  'The app asks for two codes: one that a person enters in a browser, and one to ask with whether they have. RFC 8628, section 3.1';

/** The same by the beginning of the path; the first that fits counts. */
const pathSteps: ReadonlyArray<[path: string, step: string]> = [
  [
    '/services/oauth2/authorize',
    'A person logs in to the org in a browser and is asked whether the app may act for them; the browser brings the answer to the callback URL. RFC 6749, sections 4.1.1 and 4.2.1',
  ],
  ['/services/oauth2/userinfo', 'Whom does the token belong to? OpenID Connect Core 1.0, section 5.3'],
  [
    '/.well-known/openid-configuration',
    'Where are the keys that the org signs ID tokens with? OpenID Connect Discovery 1.0, section 4',
  ],
  ['/id/keys', 'The keys that prove who signed the ID token. RFC 7517, section 5'],
  [
    '/services/data',
    'What sf keeps of the org beside the login. A refusal here says only that the org does not have it, and fails nothing.',
  ],
];

/** What a request is for and where that is defined, for somebody who sees the grant for the first time; undefined for unknown ones. */
export function stepOf({ pathname }: URL, fields: URLSearchParams): string | undefined {
  if (pathname !== tokenPath) return pathSteps.find(([path]) => pathname.startsWith(path))?.[1];
  if (fields.has('token_handler')) return foreignToken;
  const grantType = fields.get('grant_type');
  return grantType === null ? deviceStart : grantSteps[grantType];
}
