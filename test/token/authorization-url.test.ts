import { expect } from 'chai';
import { authorizationUrl, type AuthorizationWish } from '../../src/token/authorization-url.ts';

const wish: AuthorizationWish = {
  host: 'https://acme.my.salesforce.com',
  responseType: 'code',
  clientId: '3MVG9.aquila',
  callbackUrl: 'http://localhost:1717/OauthRedirect',
  scope: '',
  state: 's-1',
  codeChallenge: 'c-1',
  nonce: 'n-1',
  username: '',
};
const start = 'https://acme.my.salesforce.com/services/oauth2/authorize?response_type=';
const app = '&client_id=3MVG9.aquila&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2FOauthRedirect';

describe('the page of an org where a person answers', () => {
  const pages: Array<[string, Partial<AuthorizationWish>, string]> = [
    [
      'a code, with all scopes of the app',
      {},
      `${start}code${app}&state=s-1&code_challenge=c-1&code_challenge_method=S256&nonce=n-1&prompt=login`,
    ],
    [
      'a code, with scopes, blanks as %20, and a username',
      { scope: 'api refresh_token', username: 'ann+x@acme.com' },
      `${start}code${app}&scope=api%20refresh_token&state=s-1&code_challenge=c-1&code_challenge_method=S256&prompt=login&login_hint=ann%2Bx%40acme.com`,
    ],
    ['a token', { responseType: 'token', codeChallenge: undefined }, `${start}token${app}&state=s-1&prompt=login`],
    [
      'a token and an ID token',
      { responseType: 'token', codeChallenge: undefined, scope: 'openid' },
      `${start}token%20id_token${app}&scope=openid&state=s-1&nonce=n-1&prompt=login`,
    ],
  ];
  for (const [what, changes, url] of pages) {
    it(`asks for ${what}`, () => expect(authorizationUrl({ ...wish, ...changes })).to.equal(url));
  }

  it('does not take a custom scope for openid', () => {
    expect(authorizationUrl({ ...wish, scope: 'openid_orders' })).not.to.include('nonce');
  });
});
