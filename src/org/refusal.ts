import type { SfError } from '@salesforce/core/sfError';
import { aquilaError } from '../errors.ts';
import { titleIn, type HttpAnswer } from '../token/response.ts';

/** What the org said when it refused a request: Salesforce's own code and words, verbatim. */
export type RestRefusal = { status: number; errorCode: string; message: string };

/** A refusal by the org is data, because callers judge it; what the network does is thrown. */
export type Answer<T> = { value: T } | { refused: RestRefusal };

/** Carries a refusal through libraries that only know exceptions; it is caught where they were called. */
export class RefusedByOrg extends Error {
  readonly refused: RestRefusal;

  constructor(refused: RestRefusal) {
    super(`${refused.errorCode}: ${refused.message}`);
    this.name = 'RefusedByOrg';
    this.refused = refused;
  }
}

/** Turns a {@link RefusedByOrg} back into data; everything else goes on. */
export async function answerOf<T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedByOrg) return { refused: error.refused };
    throw error;
  }
}

/**
 * Reads an answer of the REST API. A refusal is an array of errors, of which the first counts, or the object of an OAuth error
 * (docs/reference/salesforce-oauth.md §5.6).
 *
 * @throws OrgUnavailable for a page or anything else that is not JSON
 */
export function readRestAnswer<T>(answer: HttpAnswer): Answer<T> {
  const { status, body } = answer;
  const succeeded = status >= 200 && status < 300;
  if (succeeded && body.trim() === '') return { value: undefined as T };
  const json = parse(answer);
  if (succeeded) return { value: json as T };
  const first: unknown = Array.isArray(json) ? json[0] : json;
  const text = (...keys: string[]): string | undefined =>
    keys
      .map((key) => (first as Record<string, unknown> | null | undefined)?.[key])
      .find((one) => typeof one === 'string');
  const errorCode = text('errorCode', 'error');
  if (errorCode === undefined) throw unavailable(answer);
  return { refused: { status, errorCode, message: text('message', 'error_description') ?? errorCode } };
}

/**
 * The refusal in an answer of the SOAP API; undefined where the call succeeded.
 *
 * @throws OrgUnavailable for a page or anything else that is not SOAP
 */
export async function soapRefusal(answer: HttpAnswer): Promise<RestRefusal | undefined> {
  const { status, body } = answer;
  // A whole result goes on to jsforce, whose parser need not be met with pages and fragments.
  const isWhole =
    /^\s*(?:<\?xml[^>]*\?>\s*)?<(?:\w+:)?Envelope[\s>]/.test(body) && /<\/(?:\w+:)?Envelope>\s*$/.test(body);
  if (!isWhole) throw unavailable(answer);
  if (status < 400 && /<(?:\w+:)?\w+Response[\s/>]/.test(body)) return undefined;
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true });
  const { Envelope } = parser.parse(body) as { Envelope?: { Body?: { Fault?: Record<string, unknown> } } };
  const { faultcode, faultstring } = Envelope?.Body?.Fault ?? {};
  if (typeof faultcode !== 'string') throw unavailable(answer);
  const errorCode = faultcode.replace(/^\w+:/, '');
  return { status, errorCode, message: typeof faultstring === 'string' ? faultstring : errorCode };
}

/** The org's session is over, in the words of either API; a new access token helps. */
export function isExpired({ status, body }: HttpAnswer): boolean {
  if (status === 500) return /<faultcode>\w+:INVALID_SESSION_ID<\/faultcode>/.test(body);
  // These say so too, and mean that the app lacks the scope api, or is not the one that the org admits: a new token would change nothing.
  // The OAuth endpoints say it in plain text (docs/reference/salesforce-oauth.md §5.3).
  if (status === 403) return body.trim() === 'Bad_OAuth_Token';
  return (
    status === 401 &&
    body.includes('INVALID_SESSION_ID') &&
    !body.includes('not valid for use with the REST API') &&
    !body.includes('not attached to Agent')
  );
}

function parse(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    throw unavailable(answer);
  }
}

/** Of a page only the title is told: its body may hold anything. */
export function unavailable({ url, status, body }: HttpAnswer): SfError {
  const title = titleIn(body) ?? 'something that is no answer of its API';
  return aquilaError('OrgUnavailable', [new URL(url).host, status, title]);
}
