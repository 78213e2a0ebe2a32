import type { SfError } from '@salesforce/core/sfError';
import type { Dispatcher, request as UndiciRequest } from 'undici';
import { aquilaError } from '../errors.ts';
import type { HttpAnswer } from '../token/response.ts';
import { withoutSent } from './sent-secrets.ts';
import { transportError } from './transport-error.ts';

export type HttpRequest = {
  url: string;
  /** POST where there is something to send, GET where there is not, unless it is said. */
  method?: HttpAnswer['method'];
  /** What is sent: at most one of the three. */
  form?: URLSearchParams;
  json?: unknown;
  body?: HttpBody;
  /** Further headers, with names in lower case. */
  headers?: Record<string, string>;
  /** A secret. It goes to the host of `url` only, since no redirect is followed. */
  bearer?: string;
};

/** Text goes out as UTF-8. */
export type HttpBody = { contentType: string; content: string | Uint8Array };

/** The way out of this process, and the clock that goes with it. One network keeps its connections between requests. */
export type Network = {
  now: () => Date;
  /**
   * Sends one request, once: no retry, no redirect followed, a time limit over everything. A refusal that repeats a secret of the request
   * comes without it. HTTPS_PROXY and NO_PROXY are honoured, and
   * certificates are verified against Node's store and NODE_EXTRA_CA_CERTS.
   *
   * @throws an error of the plugin whose text names the host, never the form or the bearer token, and which has no cause
   */
  send: (request: HttpRequest) => Promise<HttpAnswer>;
};

/** Longest answer that is read, in bytes; what this plugin asks for is far shorter. */
const longestAnswer = 5_000_000;

/**
 * Opens the way out.
 *
 * @param environment proxy variables, and `SF_AQUILA_HTTP_TIMEOUT`: seconds that one request may take in all, ten unless set
 */
export function openNetwork(environment: NodeJS.ProcessEnv, now: () => Date): Network {
  const seconds = timeLimit(environment);
  const proxied = proxies(environment).httpsProxy !== '';
  let agent: Dispatcher | undefined;
  return {
    now,
    send: async (request) => {
      const url = new URL(request.url);
      // The product speaks https only; whoever calls with another scheme has skipped the normalisation of URLs.
      if (url.protocol !== 'https:') throw aquilaError('UrlNotHttps', [request.url], [`https://${url.host}`]);
      const undici = await import('undici');
      agent ??= new undici.EnvHttpProxyAgent({ ...proxies(environment), connect: { timeout: seconds * 1000 } });
      try {
        return await exchange(undici.request, request, { dispatcher: agent, seconds, now });
      } catch (error) {
        throw transportError(error, { host: url.host, seconds, proxied });
      }
    },
  };
}

async function exchange(
  request: typeof UndiciRequest,
  { url, method: wanted, bearer, headers: further, ...content }: HttpRequest,
  { dispatcher, seconds, now }: { dispatcher: Dispatcher; seconds: number; now: () => Date }
): Promise<HttpAnswer> {
  const sent = bodyOf(content);
  const method = wanted ?? (sent ? 'POST' : 'GET');
  const response = await request(url, {
    dispatcher,
    method,
    headers: {
      accept: 'application/json',
      ...further,
      ...(sent && { 'content-type': sent.contentType }),
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    ...(sent && { body: sent.content }),
    signal: AbortSignal.timeout(seconds * 1000),
  });
  const { statusCode: status, headers, body } = response;
  const location = headerText(headers.location);
  if (status >= 300 && status < 400 && location !== undefined) throw redirectError(new URL(url), location);
  return {
    method,
    url,
    status,
    date: readDate(headerText(headers.date)),
    contentType: headerText(headers['content-type']),
    body: withoutSent(await readBody(body, new URL(url)), status, { form: content.form, headers: further, bearer }),
    receivedAt: now(),
  };
}

function bodyOf({ form, json, body }: Pick<HttpRequest, 'form' | 'json' | 'body'>): HttpBody | undefined {
  if (form) return { contentType: 'application/x-www-form-urlencoded', content: form.toString() };
  return json === undefined ? body : { contentType: 'application/json', content: JSON.stringify(json) };
}

function timeLimit(environment: NodeJS.ProcessEnv): number {
  const seconds = Number(environment.SF_AQUILA_HTTP_TIMEOUT);
  return seconds > 0 && seconds <= 600 ? seconds : 10;
}

/** Proxy variables under both spellings; the lower-case one wins, as in curl. */
function proxies(environment: NodeJS.ProcessEnv): { httpProxy: string; httpsProxy: string; noProxy: string } {
  const variable = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  return { httpProxy: variable('HTTP_PROXY'), httpsProxy: variable('HTTPS_PROXY'), noProxy: variable('NO_PROXY') };
}

const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

function readDate(header: string | undefined): Date | undefined {
  const milliseconds = Date.parse(header ?? '');
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}

function redirectError(url: URL, location: string): SfError {
  const target = URL.canParse(location, url.href) ? new URL(location, url).origin : location.slice(0, 100);
  return aquilaError('RedirectRefused', [url.host, target]);
}

async function readBody(body: Dispatcher.ResponseData['body'], url: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > longestAnswer) throw aquilaError('AnswerTooLong', [url.host, longestAnswer]);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
