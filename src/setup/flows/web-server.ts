import { postAsClient } from '../../org/token-client.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import { answerOfBrowser } from './browser-answer.ts';
import type { Flow } from './flow.ts';

/** RFC 6749 §4.1 with the proof of RFC 7636: a code for whoever asked, exchanged for tokens (docs/reference/salesforce-oauth.md §4). */
export const webServer: Flow = (input, edge) =>
  answerOfBrowser(input, edge, {
    responseType: 'code',
    use: async ({ granted, callbackUrl, codeVerifier, nonce }) => {
      const { host, audience, clientId, authentication } = input;
      const parameters = {
        grant_type: 'authorization_code',
        code: granted['code'] ?? '',
        redirect_uri: callbackUrl,
        code_verifier: codeVerifier,
      };
      const wish = { endpoint: tokenUrl(host), audience, parameters };
      return { ...(await postAsClient({ clientId, authentication }, wish, edge.network)), nonce };
    },
  });
