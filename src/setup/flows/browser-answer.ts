import { callbackUrlAt, localCallback } from '../../app/callback-url.ts';
import { toError } from '../../errors.ts';
import { findProject } from '../../files/project.ts';
import { newAuthorizationSecrets, type AuthorizationSecrets } from '../../org/authorization-secrets.ts';
import { listenForCallback } from '../../org/callback/listen.ts';
import { authorizationUrl, authorizationUrlOf, expectsIdToken } from '../../token/authorization-url.ts';
import type { FlowAnswer, FlowEdge, FlowInput } from './flow.ts';

/** Minutes that a person has for the login, with however many factors, and for the answer. */
const minutes = 10;

/** What came back from the browser, and what was sent with it. */
export type BrowserAnswer = Pick<AuthorizationSecrets, 'codeVerifier'> & {
  callbackUrl: string;
  /** Parameters of the answer; secrets. */
  granted: Readonly<Record<string, string>>;
  /** Undefined where no ID token was asked for. */
  nonce: string | undefined;
};

/**
 * Asks a person in a browser, and goes on with what they allow. The callback URL is listened at before the browser opens, until all is
 * done: an answer that comes too late is told so.
 *
 * @param responseType `code` comes in the query, `token` in the fragment
 * @returns what `use` makes of it, or Salesforce's refusal
 * @throws what is wrong with the callback URL, its port, or with the answer that came there
 */
export async function answerOfBrowser(
  input: FlowInput,
  { network, person, watcher }: FlowEdge,
  { responseType, use }: { responseType: 'code' | 'token'; use: (answer: BrowserAnswer) => Promise<FlowAnswer> }
): Promise<FlowAnswer> {
  const { host, clientId, scope, username } = input;
  const callbackUrl = input.callbackUrl || callbackUrlAt(findProject('.')?.oauthLocalPort);
  const reading = localCallback(callbackUrl);
  if ('problem' in reading) throw toError(reading.problem);
  const { state, nonce, codeVerifier, codeChallenge } = await newAuthorizationSecrets();
  const listener = await listenForCallback(
    { callback: reading.callback, expects: responseType === 'code' ? 'query' : 'fragment', state },
    minutes * 60
  );
  try {
    const asked = { host, clientId, callbackUrl, scope, username, responseType, state, nonce };
    const url = authorizationUrl(responseType === 'code' ? { ...asked, codeChallenge } : asked);
    watcher?.request({ url });
    person.visit(url, { callbackUrl, minutes });
    const answer = await listener.answer;
    const fields = 'refused' in answer ? refusalFields(answer.refused) : answer.granted;
    // The status of the redirect that brought it.
    const redirect = { method: 'GET', url: authorizationUrlOf(host), status: 302 } as const;
    const http = { ...redirect, body: JSON.stringify(fields), receivedAt: network.now() };
    watcher?.answer(http);
    if ('refused' in answer) return http;
    const { granted } = answer;
    return await use({ callbackUrl, codeVerifier, granted, nonce: expectsIdToken(asked) ? nonce : undefined });
  } finally {
    listener.close();
  }
}

const refusalFields = ({ error, errorDescription }: { error: string; errorDescription?: string | undefined }) => ({
  error,
  error_description: errorDescription,
});
