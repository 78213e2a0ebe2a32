import type { KeyObject } from 'node:crypto';
import { assertionForm, signAssertion, type AssertionClaims } from '../token/assertion.ts';
import { tokenUrl } from '../token/endpoint.ts';
import type { HttpAnswer } from '../token/response.ts';
import type { Network } from './http.ts';

/**
 * The one token request of a login: one assertion, one POST, one host. The collector does the same, so what this answers is what it gets
 * (docs/reference/aquila-collector.md §3.1).
 *
 * @param host base URL without a slash at its end
 * @throws the network's error, translated; any HTTP answer, whatever its status, is returned
 */
export async function requestToken(
  host: string,
  claims: AssertionClaims,
  privateKey: KeyObject,
  network: Network
): Promise<HttpAnswer> {
  const assertion = await signAssertion(claims, privateKey, network.now());
  return network.send({ url: tokenUrl(host), form: assertionForm(assertion) });
}
