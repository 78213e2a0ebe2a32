import type { HttpAnswer } from '../token/response.ts';

/** What is sent, as far as it is shown. */
export type SentRequest = {
  url: string;
  method?: HttpAnswer['method'];
  form?: URLSearchParams;
  headers?: Record<string, string>;
  bearer?: string;
};

/** Fields of requests and answers whose values are no secrets; every other value is masked, whatever its name. */
const open = new Set([
  ...['grant_type', 'client_id', 'redirect_uri', 'response_type', 'scope', 'username', 'assertion_type', 'format'],
  ...['client_assertion_type', 'subject_token_type', 'actor_token_type', 'token_handler', 'token_type_hint'],
  ...['code_challenge', 'code_challenge_method', 'login_hint', 'prompt', 'display'],
  ...['instance_url', 'id', 'token_type', 'issued_at', 'issued_token_type', 'expires_in', 'token_format'],
  ...['error', 'error_description', 'error_uri', 'user_code', 'verification_uri', 'interval', 'api_instance_url'],
  ...['active', 'sub', 'exp', 'iat', 'nbf', 'preferred_username', 'user_id', 'organization_id'],
]);

/** Watches requests and answers and tells them as text, masked. */
export const exchangeWatcher = (tell: (text: string) => void) => ({
  request: (request: SentRequest): void => tell(`${requestLines(request).join('\n')}\n`),
  answer: (answer: HttpAnswer): void => tell(`${answerLines(answer).join('\n')}\n`),
});

/** A request as lines for a reader: where it goes, each field, secrets masked (RFC 6749 §2.3.1 for the form of Basic). */
function requestLines({ url, method, form, headers = {}, bearer }: SentRequest): string[] {
  const { origin, pathname, searchParams } = new URL(url);
  const authorization = headers['authorization'];
  return [
    `> ${method ?? (form ? 'POST' : 'GET')} ${origin}${pathname}`,
    ...(bearer === undefined ? [] : ['>   Authorization: Bearer [masked]']),
    ...(authorization === undefined ? [] : [`>   Authorization: ${authorization.split(' ')[0] ?? ''} [masked]`]),
    ...[...searchParams, ...(form ?? [])].flatMap(([name, value]) => fieldLines('>', name, value)),
  ];
}

/** An answer in the same way; of a page only that it is one. */
function answerLines({ status, body, contentType }: HttpAnswer): string[] {
  const json = objectIn(body);
  const first = `< HTTP ${String(status)}`;
  if (json) return [first, ...Object.entries(json).flatMap(([name, value]) => fieldLines('<', name, value))];
  const kind = contentType?.split(';')[0] ?? 'no content type';
  return [body.trim() === '' ? `${first}, without a body` : `${first}, ${kind}, ${String(body.length)} characters`];
}

function fieldLines(mark: string, name: string, value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (open.has(name)) return [`${mark}   ${name}: ${oneLine(text)}`];
  const line = `${mark}   ${name}: [masked, ${String(text.length)} characters]`;
  const claims = name === 'assertion' || name.endsWith('_assertion') ? claimsIn(text) : undefined;
  return claims
    ? [line, ...Object.entries(claims).map(([key, claim]) => `${mark}     ${key}: ${oneLine(claimText(key, claim))}`)]
    : [line];
}

/** What a signed assertion says is no secret; its signature is what makes it one. */
function claimsIn(token: string): Record<string, unknown> | undefined {
  const payload = token.split('.')[1];
  return payload === undefined ? undefined : objectIn(Buffer.from(payload, 'base64url').toString('utf8'));
}

const claimText = (name: string, value: unknown): string =>
  name === 'exp' && typeof value === 'number'
    ? `${String(value)} (${new Date(value * 1000).toISOString()})`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** An org or whoever answers in its place must not be able to write on the terminal. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 300);

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
