import { decodeJwt, type JWTPayload } from 'jose';
import type { HttpRequest, Network } from '../../src/org/http.ts';
import type { HttpAnswer } from '../../src/token/response.ts';
import { aquilaError, type ErrorCode } from '../../src/errors.ts';

/** What a host answers at a path, or the network error that comes instead. */
export type Answer = Partial<Pick<HttpAnswer, 'status' | 'date'>> & { body?: unknown; error?: ErrorCode };

/** One request as it left: the assertion is decoded, so that a test can read its claims. */
export type Sent = { method: 'GET' | 'POST'; url: string; claims?: JWTPayload; bearer?: string };

/** A network that answers from a table of URLs and writes down what was sent; a URL that is not in it is an error of the test. */
export function tableNetwork(answers: Record<string, Answer>, now: Date): { network: Network; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async ({ url, form, bearer }: HttpRequest): Promise<HttpAnswer> => {
    const method = form ? 'POST' : 'GET';
    const assertion = form?.get('assertion');
    sent.push({ method, url, ...(assertion && { claims: decodeJwt(assertion) }), ...(bearer && { bearer }) });
    const answer = answers[url];
    if (!answer) throw new Error(`nobody should ask ${url}`);
    if (answer.error) throw aquilaError(answer.error, [new URL(url).host, 'for the test']);
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    return { method, url, status: answer.status ?? 200, date: answer.date ?? now, body, receivedAt: now };
  };
  return { network: { now: () => now, send }, sent };
}
