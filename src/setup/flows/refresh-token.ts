import { postAsClient } from '../../org/token-client.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import type { Flow } from './flow.ts';

/** RFC 6749 §6: a token that was issued beside an earlier one brings a new one, without the user (docs/reference/salesforce-oauth.md §4). */
export const refreshToken: Flow = ({ host, audience, clientId, authentication, refreshToken: token }, { network }) =>
  postAsClient(
    { clientId, authentication },
    { endpoint: tokenUrl(host), audience, parameters: { grant_type: 'refresh_token', refresh_token: token } },
    network
  );
