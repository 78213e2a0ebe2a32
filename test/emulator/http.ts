import type { IncomingHttpHeaders } from 'node:http';
import type { OrgState } from './state.ts';
import type { Switches } from './switches.ts';

/** The two hosts of the one org: its My Domain (which is also its instance URL) and the login host that serves it. */
export type Face = 'my-domain' | 'login';

/** What every handler may know. `urls` have no trailing slash. */
export type World = { org: OrgState; switches: Switches; urls: Record<Face, string> };

/** One request as a handler sees it. `now` is the org's clock in milliseconds, which a clock fault moves. */
export type Context = {
  world: World;
  face: Face;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body as it came: what `body` decodes may be binary. */
  bytes: Buffer;
  now: number;
};

/** `bytes`, when there are any, are sent in place of `body`. */
export type Reply = { status: number; headers: Record<string, string>; body: string; bytes?: Buffer };

export type Handler = (context: Context) => Reply | Promise<Reply>;

/** Compact JSON, keys in the order given, with Salesforce's spelling of the content type (docs/reference/salesforce-oauth.md §1.3). */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function plainText(status: number, body: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body };
}

/** An error of the REST API: an array with one object (docs/reference/salesforce-oauth.md §5.6). */
export function restError(status: number, errorCode: string, message: string): Reply {
  return json(status, [{ message, errorCode }]);
}

/** The 403 of what asks for a permission that the user lacks. */
export function insufficientAccess(): Reply {
  return restError(403, 'INSUFFICIENT_ACCESS', insufficientAccessText);
}

export const insufficientAccessText = 'insufficient access rights on cross-reference id';

/** The 404 of the REST API has its two keys the other way round than the 401. */
export function notFound(): Reply {
  return json(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
}

export function methodNotAllowed(method: string, allowed: readonly string[]): Reply {
  const names = allowed.join(',');
  const reply = restError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${names}`);
  return { ...reply, headers: { ...reply.headers, Allow: names } };
}

/** The page that a host in maintenance sends instead of JSON (docs/reference/salesforce-oauth.md §1.4 E20; its markup and status are a guess). */
export function dataNotAvailable(status: number): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=UTF-8' },
    body:
      '<!DOCTYPE html>\n<html><head><title>Data Not Available</title></head>\n' +
      '<body><h1>Data Not Available</h1><p>The data you were trying to access could not be found.</p></body></html>\n',
  };
}
