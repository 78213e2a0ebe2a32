import { postAsClient } from '../../org/token-client.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import type { Flow } from './flow.ts';

/** RFC 6749 §4.4: the app asks for itself, and the org lets it run as the user of its policy (docs/reference/salesforce-oauth.md §4). */
export const clientCredentials: Flow = ({ host, audience, clientId, authentication }, { network }) =>
  postAsClient(
    { clientId, authentication },
    { endpoint: tokenUrl(host), audience, parameters: { grant_type: 'client_credentials' } },
    network
  );
