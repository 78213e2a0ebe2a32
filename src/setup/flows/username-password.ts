import { postAsClient } from '../../org/token-client.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import type { Flow } from './flow.ts';

/** RFC 6749 §4.3: the client gets the user's own password, with the security token behind it (docs/reference/salesforce-oauth.md §4). */
export const usernamePassword: Flow = (input, { network }) => {
  const { host, audience, clientId, authentication, username, password } = input;
  return postAsClient(
    { clientId, authentication },
    { endpoint: tokenUrl(host), audience, parameters: { grant_type: 'password', username, password } },
    network
  );
};
