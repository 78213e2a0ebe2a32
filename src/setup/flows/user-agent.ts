import { authorizationUrlOf } from '../../token/authorization-url.ts';
import { answerOfBrowser } from './browser-answer.ts';
import type { Flow } from './flow.ts';

/**
 * RFC 6749 §4.2: the tokens come to the browser, in the fragment of the callback URL, with the keys that the token endpoint uses
 * (docs/reference/salesforce-oauth.md §4). OAuth 2.0 Security Best Current Practice (RFC 9700 §2.1.2) advises against it.
 */
export const userAgent: Flow = (input, edge) =>
  answerOfBrowser(input, edge, {
    responseType: 'token',
    use: ({ granted, nonce }) =>
      Promise.resolve({
        ...{ method: 'GET', url: authorizationUrlOf(input.host), status: 200 },
        ...{ body: JSON.stringify(granted), receivedAt: edge.network.now(), nonce },
      }),
  });
