import { aquilaError, toError } from '../errors.ts';
import { idTokenProblem, readSigningKeys } from '../token/id-token.ts';
import { parseObject, type HttpAnswer } from '../token/response.ts';
import type { Network } from './http.ts';

export type IdTokenClaimant = {
  /** Base URL of the org that granted the token, without a slash at its end. */
  host: string;
  clientId: string;
  idToken: string;
  accessToken: string;
  /** The nonce that was sent; undefined where none was. */
  nonce: string | undefined;
  /** Both tokens came through a browser, where one of them could have been exchanged for another. */
  isThroughBrowser: boolean;
};

/**
 * Proves an ID token by the keys that the org publishes: its discovery document names them and the issuer, which must be the host that granted
 * (docs/reference/salesforce-oauth.md §5.5; OpenID Connect Discovery 1.0 §4.3).
 *
 * @throws IdTokenRefused, IdTokenUnbound; IdTokenUnproven where the org doesn't show its keys; the network's error
 */
export async function proveIdToken(
  { host, clientId, idToken, accessToken, nonce, isThroughBrowser }: IdTokenClaimant,
  network: Network
): Promise<void> {
  const where = `${host}/.well-known/openid-configuration`;
  const { issuer, jwks_uri: address } = objectIn(await network.send({ url: where }));
  if (typeof issuer !== 'string' || typeof address !== 'string' || !isAtHost(host, address)) {
    throw aquilaError('IdTokenUnproven', [where], [where]);
  }
  if (!isAtHost(host, issuer)) {
    throw aquilaError('IdTokenRefused', [host, `${where} names another host as the issuer`]);
  }
  const keys = readSigningKeys(objectIn(await network.send({ url: address })));
  if (!keys) throw aquilaError('IdTokenUnproven', [address], [address]);
  const measure = { clientId, nonce, accessToken, isThroughBrowser, keys, issuer, now: network.now() };
  const wrong = await idTokenProblem(idToken, measure);
  if (wrong) throw toError(wrong);
}

/**
 * The host that was named or one of Salesforce's own login hosts; any other address is none that this machine asks, or believes, for a
 * stranger. Whether an org calls itself the issuer or the login host is not known for certain.
 */
function isAtHost(host: string, address: string): boolean {
  const url = URL.parse(address);
  const isOfSalesforce = /^(?:login|test)\.salesforce\.com$/.test(url?.host ?? '');
  return url?.protocol === 'https:' && (isOfSalesforce || url.host === new URL(host).host);
}

const objectIn = ({ status, body }: HttpAnswer): Record<string, unknown> =>
  (status === 200 ? parseObject(body) : undefined) ?? {};
