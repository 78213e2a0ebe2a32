import type { IncomingHttpHeaders } from 'node:http';
import type { Face } from './http.ts';
import { formFields } from './parameters.ts';

/** One request that reached the org. Nothing is hidden: tests hunt for secrets in here. */
export type Call = {
  face: Face;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
  /** Claims of the assertion in the body, decoded but not judged. */
  claims?: Record<string, unknown>;
  /** The Host header. */
  host: string;
  /** Undefined while unanswered, and for ever after a hang or a reset. */
  status: number | undefined;
};

/** Every call in order of arrival. */
export class CallLog extends Array<Call> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** The requests to the token endpoint of either face. */
  tokenRequests(): Call[] {
    return this.filter((call) => call.path === '/services/oauth2/token');
  }

  clear(): void {
    this.length = 0;
  }
}

/** Claims of the `assertion` field of a form body, if there is one that can be read. */
export async function claimsOf(
  body: string,
  headers: IncomingHttpHeaders
): Promise<Record<string, unknown> | undefined> {
  const assertion = (await formFields(body, headers)).get('assertion');
  try {
    const value: unknown = JSON.parse(Buffer.from(assertion?.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
