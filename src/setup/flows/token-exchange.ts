import { postAsClient } from '../../org/token-client.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import type { Flow } from './flow.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange';
const typePrefix = 'urn:ietf:params:oauth:token-type:';

/**
 * RFC 8693 §2.1, in the two forms that Salesforce knows (docs/reference/salesforce-oauth.md §4): a token of this org becomes an asset token
 * for a device, or a token of another identity provider becomes one of this org, by the Apex class that `token_handler` names.
 */
export const tokenExchange: Flow = (input, { network }) => {
  const { host, audience, clientId, authentication, tokenHandler, subjectToken, actorToken } = input;
  const endpoint = tokenUrl(host);
  if (tokenHandler === '') {
    const form = new URLSearchParams({
      ...{ grant_type: grantType, subject_token_type: `${typePrefix}access_token`, subject_token: subjectToken },
      ...(actorToken !== '' && { actor_token_type: `${typePrefix}jwt`, actor_token: actorToken }),
    });
    return network.send({ url: endpoint, form });
  }
  const subjectTokenType = `${typePrefix}${input.subjectTokenType || 'access_token'}`;
  const subject = { subject_token_type: subjectTokenType, subject_token: subjectToken };
  return postAsClient(
    { clientId, authentication },
    { endpoint, audience, parameters: { grant_type: grantType, ...subject, token_handler: tokenHandler } },
    network
  );
};
