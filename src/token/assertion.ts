import type { KeyObject } from 'node:crypto';

/** What goes into the assertion of the JWT bearer grant (RFC 7523 §3, docs/reference/salesforce-oauth.md §1.2). */
export type AssertionClaims = {
  /** `iss`: the client id of the app. */
  clientId: string;
  /** `sub`: the Salesforce username, which is not the e-mail address. */
  username: string;
  /** `aud`, verbatim. */
  audience: string;
};

/** Seconds from now to `exp`: the longest that Salesforce documents. */
export const assertionLifetime = 180;

/**
 * Signs the assertion with RS256. jose itself refuses RSA keys under 2048 bits, EC and RSA-PSS keys.
 *
 * @param now the clock of this machine; `exp` is whole seconds since the epoch, at most {@link assertionLifetime} ahead
 */
export async function signAssertion(claims: AssertionClaims, privateKey: KeyObject, now: Date): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(claims.clientId)
    .setSubject(claims.username)
    .setAudience(claims.audience)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + assertionLifetime)
    .sign(privateKey);
}

/** The form body of the grant: exactly these two fields, no client_id and no scope (docs/reference/salesforce-oauth.md §1.1). */
export const assertionForm = (assertion: string): URLSearchParams =>
  new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
