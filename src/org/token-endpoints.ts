import type { HttpAnswer } from '../token/response.ts';
import type { Network } from './http.ts';

/** A token, and the address of the org that it is sent to; both come from one login or from one person. */
export type AddressedToken = {
  /** A secret. */
  token: string;
  /** Without a slash at its end. */
  instanceUrl: string;
};

/** Asks the org to end a token, by POST, so that no address holds it (RFC 7009 §2.1, docs/reference/salesforce-oauth.md §5.2). */
export const revokeToken = ({ token, instanceUrl }: AddressedToken, network: Network): Promise<HttpAnswer> =>
  network.send({ url: `${instanceUrl}/services/oauth2/revoke`, form: new URLSearchParams({ token }) });

/**
 * Asks the org whom a token belongs to (docs/reference/salesforce-oauth.md §5.3, §5.4).
 *
 * @param path of userinfo or of an identity URL
 */
export const askIdentity = (
  { token, instanceUrl }: AddressedToken,
  path: string,
  network: Network
): Promise<HttpAnswer> => network.send({ url: `${instanceUrl}${path}`, bearer: token });
