import { toError } from '../../errors.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import { readSamlResponse, samlAssertionForm } from '../../token/saml/response.ts';
import type { Flow } from './flow.ts';

/** The response of the identity provider is the whole proof: no app takes part (docs/reference/salesforce-oauth.md §4). */
export const samlAssertion: Flow = async ({ host, assertion, orgId, given }, { network }) => {
  const source = given.assertion === '-' ? 'standard input' : (given.assertion ?? 'the answer');
  const reading = await readSamlResponse(assertion, source, network.now());
  if ('problem' in reading) throw toError(reading.problem);
  return network.send({ url: tokenUrl(host), form: samlAssertionForm(reading.base64, reading.orgId ?? orgId) });
};
