import type { JSONWebKeySet } from 'jose';
import { aquilaError, toError } from '../errors.ts';
import { idTokenProblem } from '../token/id-token.ts';
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
 * Proves an ID token by the keys that the org publishes: its discovery document names them and the issuer (docs/reference/salesforce-oauth.md
 * §5.5; OpenID Connect Discovery 1.0 §4).
 *
 * @throws IdTokenRefused; IdTokenUnproven where the org doesn't show its keys; the network's error
 */
export async function proveIdToken(
  { host, clientId, idToken, accessToken, nonce, isThroughBrowser }: IdTokenClaimant,
  network: Network
): Promise<void> {
  const where = `${host}/.well-known/openid-configuration`;
  const { issuer, jwks_uri: address } = objectIn(await network.send({ url: where }));
  if (typeof issuer !== 'string' || typeof address !== 'string' || !isKeysOf(host, address)) {
    throw aquilaError('IdTokenUnproven', [where], [where]);
  }
  const keys = objectIn(await network.send({ url: address }));
  if (!Array.isArray(keys['keys'])) throw aquilaError('IdTokenUnproven', [address], [address]);
  const asked = { clientId, nonce, accessToken, isThroughBrowser };
  const measure = { ...asked, keys: keys as unknown as JSONWebKeySet, issuer, now: network.now() };
  const wrong = await idTokenProblem(idToken, measure);
  if (wrong) throw toError(wrong);
}

/** Keys at the host that was named or at Salesforce's own; any other address is none that this machine asks for a stranger. */
function isKeysOf(host: string, address: string): boolean {
  const url = URL.parse(address);
  const isOfSalesforce = /^(?:login|test)\.salesforce\.com$/.test(url?.host ?? '');
  return url?.protocol === 'https:' && (isOfSalesforce || url.host === new URL(host).host);
}

const objectIn = ({ status, body }: HttpAnswer): Record<string, unknown> =>
  (status === 200 ? parseObject(body) : undefined) ?? {};
