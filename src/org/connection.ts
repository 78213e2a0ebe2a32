import { PassThrough } from 'node:stream';
import { Connection, type AuthInfo } from '@salesforce/core';
import { aquilaError } from '../errors.ts';
import type { HttpAnswer } from '../token/response.ts';
import { RefusedByOrg, readRestAnswer, soapRefusal, unavailable } from './refusal.ts';
import type { OrgRequest, OrgSession } from './session.ts';

/** Stands where jsforce wants an access token, so that neither it nor core ever holds the real one. */
const placeholder = 'access-token-of-the-session';

/** What jsforce hands to its transport, and what it takes back. */
type Delivery = { method: string; url: string; headers?: Record<string, string>; body?: unknown };
type Delivered = { statusCode: number; headers: Record<string, string>; body: string };

/**
 * The connection that source-deploy-retrieve works with. Everything that it sends goes through the session: once, to the org alone, without
 * redirects, with the session's own renewal and version. Nothing is looked up, stored or logged on the way.
 */
export function openConnection(session: OrgSession): Connection {
  return new SessionConnection(session);
}

/** jsforce's own: core's writes the body of every request, and thereby keys and certificates, into the log of sf. */
const { request: unloggedRequest } = Object.getPrototypeOf(Connection.prototype) as {
  request: (this: Connection, ...call: Parameters<Connection['request']>) => unknown;
};

class SessionConnection extends Connection {
  constructor(session: OrgSession) {
    const { username, orgId, instanceUrl, apiVersion } = session;
    // Of the stored login only this is asked for; the rest of it stays out of reach.
    const identity: Pick<AuthInfo, 'getUsername' | 'getFields'> = {
      getUsername: () => username,
      getFields: () => ({ username, orgId, instanceUrl }),
    };
    const connectionOptions = { instanceUrl, accessToken: placeholder, version: apiVersion };
    super({ authInfo: identity as AuthInfo, connectionOptions });
    const transport = {
      httpRequest: (delivery: Delivery) =>
        Object.assign(deliver(delivery, instanceUrl, session), { stream: () => new PassThrough() }),
    };
    Object.assign(this, { _transport: transport });
  }

  override request<R = unknown>(
    ...call: Parameters<Connection['request']>
  ): ReturnType<typeof Connection.prototype.request<R>> {
    return unloggedRequest.apply(this, call) as ReturnType<typeof Connection.prototype.request<R>>;
  }

  /** Core would ask the org. */
  override retrieveMaxApiVersion(): Promise<string> {
    return Promise.resolve(this.getApiVersion());
  }

  /** Core would ask DNS, also where a proxy resolves the names. */
  override isResolvable(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** @throws RefusedByOrg, or the error of session and network; jsforce passes both on as they are */
async function deliver(delivery: Delivery, base: string, session: OrgSession): Promise<Delivered> {
  const answer = await session.exchange(translated(delivery, base));
  const isSoap = delivery.url.startsWith(`${base}/services/Soap/`);
  const refused = isSoap ? await soapRefusal(answer) : restRefusal(answer);
  if (refused) throw new RefusedByOrg(refused);
  // By its place and not by its header, since jsforce would hand on text as it is where the header is unusual.
  const contentType = isSoap ? 'text/xml' : 'application/json';
  return { statusCode: answer.status, headers: { 'content-type': contentType }, body: answer.body };
}

function translated({ method, url, headers, body }: Delivery, base: string): OrgRequest {
  if (!url.startsWith(`${base}/`)) throw aquilaError('RedirectRefused', [new URL(base).host, new URL(url).origin]);
  const lowerCase = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const {
    authorization,
    'content-length': _length,
    'content-type': contentType = 'application/json',
    ...further
  } = Object.fromEntries(lowerCase) as Record<string, string>;
  const request = {
    method: method as NonNullable<OrgRequest['method']>,
    path: url.slice(base.length),
    headers: further,
  };
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return request;
  if (authorization !== undefined) return { ...request, body: { contentType, content: body } };
  // SOAP carries the token in its header, which comes before everything that the caller wrote.
  const content = (token: string): string => body.toString().replace(placeholder, () => escaped(token));
  return {
    ...request,
    headers: { ...further, accept: 'text/xml' },
    body: { contentType: 'text/xml; charset=UTF-8', content },
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** By REST only deployments go through here: their start answers with an id, their state with a result. */
function restRefusal(answer: HttpAnswer): RefusedByOrg['refused'] | undefined {
  const read = readRestAnswer<Record<string, unknown> | undefined>(answer);
  if ('refused' in read) return read.refused;
  if (!read.value?.[answer.method === 'GET' ? 'deployResult' : 'id']) throw unavailable(answer);
  return undefined;
}
