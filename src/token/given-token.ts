import { aquilaError } from '../errors.ts';

/** The two kinds of token that can be looked at and revoked (RFC 7009 §2.1, RFC 7662 §2.1). */
export const tokenKinds = ['access', 'refresh'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** A token that a person handed over. The value is a secret. */
export type GivenToken = {
  value: string;
  kind: TokenKind;
  /** What the same answer of the token endpoint said besides; undefined where the token came alone. */
  instanceUrl?: string | undefined;
  /** The identity URL, `https://host/id/ORG/USER`. */
  identityUrl?: string | undefined;
};

/** The characters of a bearer token (RFC 6750 §2.1), and the exclamation mark of Salesforce's (docs/reference/salesforce-oauth.md §6). */
const tokenForm = /^[\w.~+/!-]{10,}=*$/;

/** What sf and pipelines print in place of a secret. */
const mask = /\[REDACTED\]|^\*+$|\[(?:hidden|redacted|masked)\]/i;

/** How sf writes a login that renews itself as one address (docs/reference/sf-cli.md §3): app, its secret, refresh token, host. */
const authUrl = /^force:\/\/[\w.-]+={0,2}:[\w.-]*={0,2}:(?<refresh>[\w.-]+={0,2})@(?<host>[\w.:-]+)$/;

/** The tokens of one text, and where they are good. */
type Found = Pick<GivenToken, 'instanceUrl' | 'identityUrl'> & Partial<Record<TokenKind, string | undefined>>;

/**
 * The token in the text of a file: alone, behind `Bearer`, in quotes, in an SFDX auth URL, or in a whole answer of the token endpoint, of
 * `sf org auth show-access-token --json` or of `sf org display --verbose --json`.
 *
 * @param source what to call the file in an error
 * @param wanted which token of an answer with two; the access token, or the refresh token where there is no other, if undefined
 * @throws TokenFileEmpty, TokenFileMasked, TokenFileUnrecognised, TokenFileLacksKind; none of them quotes the text
 */
export function readGivenToken(text: string, source: string, wanted: TokenKind | undefined): GivenToken {
  const trimmed = text.trim();
  if (trimmed === '') throw aquilaError('TokenFileEmpty', [source]);
  if (trimmed.startsWith('{')) return pick(foundInJson(parse(trimmed, source)), source, wanted);
  const bare = trimmed
    .replace(/^(?:authorization *: *)?(?:bearer|oauth) +/i, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
  if (mask.test(bare)) throw aquilaError('TokenFileMasked', [source]);
  const login = foundInAuthUrl(bare);
  if (login) return pick(login, source, wanted);
  return { value: requireForm(bare, source), kind: wanted ?? kindOf(bare) };
}

/** Refresh tokens of Salesforce begin alike, but nothing documents it, so what a person says counts more. */
const kindOf = (value: string): TokenKind => (value.startsWith('5Aep') ? 'refresh' : 'access');

function pick(
  { instanceUrl, identityUrl, ...tokens }: Found,
  source: string,
  wanted: TokenKind | undefined
): GivenToken {
  const kind = wanted ?? (tokens.access === undefined ? 'refresh' : 'access');
  const value = tokens[kind];
  if (value === undefined) {
    if (tokens.access ?? tokens.refresh) throw aquilaError('TokenFileLacksKind', [source, kind]);
    throw aquilaError('TokenFileUnrecognised', [source]);
  }
  if (mask.test(value)) throw aquilaError('TokenFileMasked', [source]);
  return { value: requireForm(value, source), kind, instanceUrl, identityUrl };
}

function foundInAuthUrl(text: string): Found | undefined {
  const { refresh, host } = authUrl.exec(text)?.groups ?? {};
  return host === undefined ? undefined : { refresh, instanceUrl: `https://${host}` };
}

function foundInJson(answer: Record<string, unknown>): Found {
  const text = (...names: string[]): string | undefined =>
    names.map((name) => answer[name]).find((value): value is string => typeof value === 'string' && value !== '');
  const written = text('sfdxAuthUrl');
  const login = written === undefined ? {} : (foundInAuthUrl(written) ?? { refresh: written });
  const id = text('id');
  return {
    access: text('access_token', 'accessToken'),
    refresh: text('refresh_token', 'refreshToken') ?? login.refresh,
    instanceUrl: text('instance_url', 'instanceUrl') ?? login.instanceUrl,
    identityUrl: id?.includes('/id/') ? id : undefined,
  };
}

/** The answer itself, or the `result` of a command of sf around it. */
function parse(json: string, source: string): Record<string, unknown> {
  try {
    const answer = JSON.parse(json) as Record<string, unknown>;
    const { result } = answer;
    return typeof result === 'object' && result !== null ? (result as Record<string, unknown>) : answer;
  } catch {
    throw aquilaError('TokenFileUnrecognised', [source]);
  }
}

function requireForm(value: string, source: string): string {
  if (!tokenForm.test(value)) throw aquilaError('TokenFileUnrecognised', [source]);
  return value;
}
