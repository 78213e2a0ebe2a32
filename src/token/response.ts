import { explainRefusal, type Refusal } from './refusal.ts';

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

const identityUrl = /\/id\/(00D\w{12}(?:\w{3})?)\/(005\w{12}(?:\w{3})?)\/?$/;

/**
 * Reads the answer of a token endpoint. Anything that is not a complete grant is a refusal: an HTML page, a 200 without a token, or an
 * instance URL that is not https, since the bearer token would go there; keys that the documentation does not name are ignored.
 */
export function readTokenAnswer(answer: HttpAnswer): TokenAnswer {
  const json = parseObject(answer.body);
  const text = (key: string): string | undefined => {
    const value = json?.[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [accessToken, instanceUrl, id] = [text('access_token'), text('instance_url'), text('id')];
  const [, orgId, userId] = id?.match(identityUrl) ?? [];
  if (answer.status === 200 && accessToken && instanceUrl?.startsWith('https://') && id && orgId && userId) {
    const grant = { accessToken, instanceUrl: instanceUrl.replace(/\/+$/, ''), id, orgId, userId };
    return { granted: { ...grant, scopes: text('scope')?.split(/\s+/).filter(Boolean) } };
  }
  return {
    refused: explainRefusal({
      status: answer.status,
      error: text('error'),
      errorDescription: text('error_description'),
      page: json ? undefined : pageTitle(answer.body),
    }),
  };
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a page that stands where JSON was expected calls itself: never its body, which may hold anything. */
function pageTitle(body: string): string {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(body)?.[1] ?? /<h1[^>]*>([^<]{1,120})/i.exec(body)?.[1];
  return title?.replace(/\s+/g, ' ').trim() ?? (body.trim() === '' ? 'an empty answer' : 'an answer that is not JSON');
}
