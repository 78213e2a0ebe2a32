/** Values of one authorization request, each new and hard to guess. */
export type AuthorizationSecrets = {
  /** Comes back with the answer, and shows that the answer is for this run (RFC 6749 §10.12). */
  state: string;
  /** Goes with the code, and shows that whoever asked is whoever exchanges it (RFC 7636 §4.1). */
  codeVerifier: string;
  codeChallenge: string;
  /** Comes back in the ID token, and shows that the token is not an older one (OpenID Connect Core 1.0 §15.5.2). */
  nonce: string;
};

export async function newAuthorizationSecrets(): Promise<AuthorizationSecrets> {
  const oauth = await import('oauth4webapi');
  const codeVerifier = oauth.generateRandomCodeVerifier();
  return {
    state: oauth.generateRandomState(),
    codeVerifier,
    codeChallenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    nonce: oauth.generateRandomNonce(),
  };
}
