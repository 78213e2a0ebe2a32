import type { HttpAnswer } from '../token/response.ts';
import { stepOf } from './exchange-steps.ts';
import { printable, wrapLine } from './wrap.ts';

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
  ...['code_challenge', 'code_challenge_method', 'login_hint', 'prompt', 'display', 'q'],
  ...['instance_url', 'id', 'token_type', 'issued_at', 'issued_token_type', 'expires_in', 'token_format'],
  ...['error', 'error_description', 'error_uri', 'user_code', 'verification_uri', 'interval', 'api_instance_url'],
  ...['so', 'active', 'sub', 'exp', 'iat', 'nbf', 'preferred_username', 'user_id', 'organization_id'],
]);

/** Masked fields of an answer that a reader should see to be there; of all others only the number is told. */
const telling = /token|secret|^code$|_code$|signature|state/;

/** Longest value that is shown; documented ones are far shorter. */
const longest = 600;

/** Too short to be a secret that an answer could give away by repeating it. */
const shortest = 6;

/**
 * Tells requests and answers as text: what each request is for, where it goes, its fields and those of the answer, with secrets masked. What
 * was masked once is masked wherever it comes again, since an org or whoever answers in its place may repeat what it was sent.
 *
 * @param columns of the terminal
 */
export function exchangeWatcher(tell: (text: string) => void, columns: number) {
  const page: Page = { columns, masked: new Set() };
  const steps = new Map<string, number>();
  let [step, pending] = [0, 0];
  const say = (lines: string[]): void => tell(`${lines.join('\n')}\n`);
  return {
    request: (request: SentRequest): void => {
      step += 1;
      steps.set(request.url, step);
      say([...(pending === 0 ? [] : ['']), ...requestLines(request, step, page)]);
      pending += 1;
    },
    answer: (answer: HttpAnswer): void => {
      pending -= 1;
      say([...answerLines(answer, steps.get(answer.url) ?? step, page), '']);
    },
  };
}

type Page = { columns: number; masked: Set<string> };

/** RFC 6749 §2.3.1 for the form of Basic. */
function requestLines({ url, method, form, headers = {}, bearer }: SentRequest, step: number, page: Page): string[] {
  const address = new URL(url);
  const fields = new URLSearchParams([...address.searchParams, ...(form ?? [])]);
  const [scheme = '', credentials = ''] = headers['authorization']?.split(' ') ?? [];
  for (const secret of [bearer, credentials]) if (secret) page.masked.add(secret);
  return [
    ...wrapLine(`Step ${String(step)}  ${stepOf(address, fields) ?? 'A request to the org.'}`, page.columns),
    ...folded(`> ${method ?? (form ? 'POST' : 'GET')} `, address.origin + address.pathname, page),
    ...(bearer === undefined ? [] : ['>   Authorization: Bearer [masked]']),
    ...(scheme === '' ? [] : [`>   Authorization: ${scheme} [masked]`]),
    ...[...fields].flatMap(([name, value]) => fieldLines('>', name, value, page)),
  ];
}

/** Of a page only that it is one. The number tells which request is answered, since several may be on the way. */
function answerLines({ status, body, contentType }: HttpAnswer, step: number, page: Page): string[] {
  const json = objectIn(body);
  const first = `< HTTP ${String(status)} in answer to step ${String(step)}`;
  if (json) {
    const entries = Object.entries(json).filter(([, value]) => value !== null && value !== undefined);
    const shown = entries.filter(([name]) => open.has(name) || telling.test(name));
    const rest = entries.length - shown.length;
    return [
      first,
      ...shown.flatMap(([name, value]) => fieldLines('<', name, value, page)),
      ...(rest === 0 ? [] : [`<   and ${String(rest)} more ${rest === 1 ? 'field' : 'fields'}`]),
    ];
  }
  const kind = contentType?.split(';')[0] ?? 'no content type';
  const what = body.trim() === '' ? 'without a body' : `${kind}, ${String(body.length)} characters`;
  return folded('< ', `${first.slice(2)}, ${what}`, page);
}

function fieldLines(mark: string, name: string, value: unknown, page: Page): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (open.has(name)) return folded(`${mark}   ${name}: `, text, page);
  if (text.length >= shortest) page.masked.add(text);
  const line = `${mark}   ${printable(name)}: [masked, ${String(text.length)} characters]`;
  if (name !== 'assertion' && !name.endsWith('_assertion')) return [line];
  const claims = claimsIn(text);
  const told: Array<[string, unknown]> = claims ? Object.entries(claims) : samlWords(text);
  return [line, ...told.flatMap(([key, claim]) => folded(`${mark}     ${key}: `, claimText(key, claim), page))];
}

/** One value on as many lines as it needs, broken anywhere: what is shown here is read and not pasted. */
function folded(label: string, value: string, { columns, masked }: Page): string[] {
  let text = printable(value).replace(/\s+/g, ' ');
  for (const secret of masked) text = text.replaceAll(secret, '[masked]');
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const indent = `${label.slice(0, 1)}${' '.repeat(7)}`;
  const lines = [];
  let [rest, start] = [shown, label];
  while (start.length + rest.length > columns && rest.length > 1) {
    const room = Math.max(columns - start.length, 20);
    if (rest.length <= room) break;
    lines.push(start + rest.slice(0, room));
    [rest, start] = [rest.slice(room), indent];
  }
  return [...lines, start + rest];
}

/** What a signed assertion says is no secret; its signature is what makes it one. */
function claimsIn(token: string): Record<string, unknown> | undefined {
  const payload = token.split('.')[1];
  return payload === undefined ? undefined : objectIn(Buffer.from(payload, 'base64url').toString('utf8'));
}

/** What is no secret of a SAML assertion: who says it, of whom, for whom, until when. To be shown, not to be judged by. */
function samlWords(text: string): Array<[string, string]> {
  const xml = Buffer.from(text, 'base64url').toString('utf8');
  const words = /<(?:[\w-]+:)?(Issuer|NameID|Audience)(?:\s[^<>]*)?>([^<]*)<|\s(Recipient|NotOnOrAfter)="([^"]*)"/g;
  return xml.trimStart().startsWith('<')
    ? [...xml.matchAll(words)].map(([, element, content, attribute, value]) => [
        element ?? attribute ?? '',
        (content ?? value ?? '').trim(),
      ])
    : [];
}

function claimText(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const time = name === 'exp' && typeof value === 'number' ? new Date(value * 1000) : undefined;
  return time && !Number.isNaN(time.getTime()) ? `${text} (${time.toISOString()})` : text;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
