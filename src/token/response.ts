import { causes } from './causes.ts';
import type { GrantName } from './grants.ts';
import { explainRefusal, type Refusal, type RefusalWords } from './refusal.ts';

/** What a host answered, before anybody judged it. */
export type HttpAnswer = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  status: number;
  /** The `Date` header, if it is there and can be read. */
  date?: Date | undefined;
  contentType?: string | undefined;
  body: string;
  /** When this machine had the answer; to be compared with `date`. */
  receivedAt: Date;
};

/** A successful answer to a token request (docs/reference/salesforce-oauth.md §1.3). The access token is a secret. */
export type TokenGrant = {
  accessToken: string;
  instanceUrl: string;
  /** The identity URL, `https://host/id/ORG/USER`. */
  id: string;
  /** 18 characters, from the identity URL. */
  orgId: string;
  userId: string;
  /** Scopes by their names in the answer; undefined when the answer names none. */
  scopes?: string[] | undefined;
};

export type TokenAnswer = { granted: TokenGrant } | { refused: Refusal };

/**
 * A successful answer to a grant of any kind (docs/reference/salesforce-oauth.md §1.3, §4): not each comes with an instance URL and an
 * identity, as a login does. The three tokens are secrets.
 */
export type TokenResponse = {
  accessToken: string;
  refreshToken?: string | undefined;
  idToken?: string | undefined;
  /** No slash at its end. */
  instanceUrl?: string | undefined;
  /** The identity URL, `https://host/id/ORG/USER`. */
  id?: string | undefined;
  orgId?: string | undefined;
  userId?: string | undefined;
  scopes?: string[] | undefined;
  tokenType?: string | undefined;
  issuedTokenType?: string | undefined;
  issuedAt?: Date | undefined;
  /** Seconds. */
  expiresIn?: number | undefined;
};

const identityUrl = /\/id\/(00D\w{12}(?:\w{3})?)\/(005\w{12}(?:\w{3})?)\/?$/;

/**
 * Reads the answer of a token endpoint to a login. Anything that is not a complete grant is a refusal: an HTML page, a 200 without a token,
 * or an instance URL that is not https, since the bearer token would go there; keys that the documentation does not name are ignored.
 */
export function readTokenAnswer(answer: HttpAnswer): TokenAnswer {
  const reading = readTokenResponse(answer);
  if ('refused' in reading) return reading;
  const { accessToken, instanceUrl, id, orgId, userId, scopes } = reading.granted;
  return instanceUrl && id && orgId && userId
    ? { granted: { accessToken, instanceUrl, id, orgId, userId, scopes } }
    : { refused: refusalOf(answer, 'jwt-bearer') };
}

/** Reads the answer to any grant, as {@link TokenResponse} says; an instance URL that is not https makes it a refusal. */
export function readTokenResponse(
  answer: HttpAnswer,
  grant: GrantName = 'jwt-bearer'
): { granted: TokenResponse } | { refused: Refusal } {
  const json = parseObject(answer.body);
  const text = (key: string): string | undefined => textOf(json, key);
  const number = (key: string): number | undefined => Number(text(key) ?? json?.[key]) || undefined;
  const [accessToken, instanceUrl, id] = [text('access_token'), text('instance_url'), text('id')];
  if (answer.status !== 200 || accessToken === undefined) return { refused: refusalOf(answer, grant) };
  if (instanceUrl !== undefined && !instanceUrl.startsWith('https://')) return { refused: withoutTls(instanceUrl) };
  const [, orgId, userId] = id?.match(identityUrl) ?? [];
  const issuedAt = number('issued_at');
  return {
    granted: {
      ...{ accessToken, refreshToken: text('refresh_token'), idToken: text('id_token') },
      ...{ instanceUrl: instanceUrl?.replace(/\/+$/, ''), id, orgId, userId },
      scopes: text('scope')?.split(/\s+/).filter(Boolean),
      ...{ tokenType: text('token_type'), issuedTokenType: text('issued_token_type') },
      issuedAt: issuedAt === undefined ? undefined : new Date(issuedAt),
      expiresIn: number('expires_in'),
    },
  };
}

/** Of a foreign address no more is repeated than where it leads. */
function withoutTls(instanceUrl: string): Refusal {
  const url = URL.parse(instanceUrl);
  const flaw = url?.host
    ? `the instance URL ${url.protocol}//${url.host}, which is not https`
    : 'an instance URL that is not https';
  return { status: 200, flaw, causes: [causes.instanceUrlWithoutTls] };
}

const refusalOf = (answer: HttpAnswer, grant: GrantName): Refusal => explainRefusal(readRefusalWords(answer), grant);

/** What an OAuth endpoint said when it refused (RFC 6749 §5.2), or the title of the page that came in place of JSON. */
export function readRefusalWords({ status, body }: HttpAnswer): RefusalWords {
  const json = parseObject(body);
  return {
    status,
    error: textOf(json, 'error'),
    errorDescription: textOf(json, 'error_description'),
    ...pageOfError(textOf(json, 'error_uri')),
    page: json ? undefined : pageTitle(body),
  };
}

/** Without query and fragment, which may hold anything. */
function pageOfError(address: string | undefined): { errorUri?: string } {
  const url = address === undefined ? null : URL.parse(address);
  return url?.protocol === 'https:' ? { errorUri: `${url.origin}${url.pathname}` } : {};
}

function textOf(json: Record<string, unknown> | undefined, key: string): string | undefined {
  const value = json?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object in a body; undefined for anything else. */
export function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a page that stands where JSON was expected calls itself: never its body, which may hold anything. */
function pageTitle(body: string): string {
  return titleIn(body) ?? (body.trim() === '' ? 'an empty answer' : 'an answer that is not JSON');
}

/** Title or first heading of a page, on one line and without what a terminal would obey. */
export function titleIn(body: string): string | undefined {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(body)?.[1] ?? /<h1[^>]*>([^<]{1,120})/i.exec(body)?.[1];
  return title?.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ').trim();
}
