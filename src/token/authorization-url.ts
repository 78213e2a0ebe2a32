/** What an org is asked in a browser (docs/reference/salesforce-oauth.md §4; RFC 6749 §4.1.1, §4.2.1). Nothing of it is a secret. */
export type AuthorizationWish = {
  /** Base URL of the org, without a slash at its end. */
  host: string;
  /** `code` in the web server flow, `token` in the user-agent flow. */
  responseType: 'code' | 'token';
  clientId: string;
  /** As the app has it, letter by letter. */
  callbackUrl: string;
  /** Scopes with blanks between them; empty: all that the app has. */
  scope: string;
  state: string;
  /** SHA-256 of the verifier (RFC 7636 §4.2); only a code has one. */
  codeChallenge?: string | undefined;
  /** Comes back in the ID token (OpenID Connect Core 1.0 §3.1.2.1). */
  nonce: string;
  /** Username to fill in; may be empty. */
  username: string;
};

/** The endpoint that a person visits. */
export const authorizationUrlOf = (host: string): string => `${host}/services/oauth2/authorize`;

/** Whether an ID token can come: it is asked for, or the scopes are left to the app, which may have openid. */
export const expectsIdToken = ({ responseType, scope }: Pick<AuthorizationWish, 'responseType' | 'scope'>): boolean =>
  scope === '' ? responseType === 'code' : scope.split(' ').includes('openid');

/**
 * The page of the org where a person logs in and answers. They log in there anew, as with `sf org login web`, so that the token belongs to
 * whom they mean, and not to whoever is logged in.
 */
export function authorizationUrl(wish: AuthorizationWish): string {
  const { host, responseType, clientId, callbackUrl, scope, state, codeChallenge, nonce, username } = wish;
  const openid = expectsIdToken(wish);
  const parameters = new URLSearchParams({
    response_type: responseType === 'token' && openid ? 'token id_token' : responseType,
    client_id: clientId,
    redirect_uri: callbackUrl,
    ...(scope !== '' && { scope }),
    state,
    ...(codeChallenge !== undefined && { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
    ...(openid && { nonce }),
    prompt: 'login',
    ...(username !== '' && { login_hint: username }),
  });
  // Blanks as %20: in the path and the query of a URL everybody reads that in the same way.
  return `${authorizationUrlOf(host)}?${parameters.toString().replaceAll('+', '%20')}`;
}
