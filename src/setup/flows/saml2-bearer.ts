import { randomBytes } from 'node:crypto';
import { aquilaError } from '../../errors.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import { samlBearerForm, signSamlAssertion } from '../../token/saml/bearer-assertion.ts';
import type { Flow } from './flow.ts';

/** RFC 7522 §2.1: the assertion, signed with the app's own key, says who asks and for whom (docs/reference/salesforce-oauth.md §4). */
export const saml2Bearer: Flow = async (input, { network }) => {
  const { host, audience, clientId, username, privateKey, certificate } = input;
  if (!privateKey || !certificate) throw aquilaError('GrantIncomplete', ['saml2-bearer', '--certificate-file']);
  const url = tokenUrl(host);
  // A name of XML begins with no digit.
  const moment = { id: `_${randomBytes(16).toString('hex')}`, now: network.now() };
  const claims = { clientId, username, audience, recipient: url };
  const assertion = await signSamlAssertion(claims, { privateKey, certificate }, moment);
  return network.send({ url, form: samlBearerForm(assertion) });
};
