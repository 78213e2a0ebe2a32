import type { TokenResponse } from '../token/response.ts';
import { printable } from './wrap.ts';

/** Stands in the place of a token. */
const redactedToken = '[REDACTED]';

/** Whom a token belongs to. */
export type TokenIdentity = { username: string; userId: string; orgId: string };

/** The answer of the token endpoint under its own names, without what is secret in it. */
export type TokenResult = {
  grant: string;
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  token_type?: string;
  issued_token_type?: string;
  instance_url?: string;
  id?: string;
  scope?: string;
  /** ISO 8601. */
  issued_at?: string;
  /** Seconds. */
  expires_in?: number;
  /** Null where the token does not tell. */
  identity: TokenIdentity | null;
  /** With `--save`: the login that was kept, and what sf renews it by. */
  saved?: { username: string; alias?: string; renewedBy: 'key' | 'refresh-token' | 'nothing' };
};

type Granted = {
  grant: string;
  response: TokenResponse;
  who: TokenIdentity | undefined;
  saved: TokenResult['saved'] | undefined;
};

export function tokenResult({ grant, response, who, saved }: Granted): TokenResult {
  const { refreshToken, idToken, tokenType, issuedTokenType, instanceUrl, id, scopes, issuedAt, expiresIn } = response;
  return {
    ...{ grant, access_token: redactedToken },
    ...(refreshToken !== undefined && { refresh_token: redactedToken }),
    ...(idToken !== undefined && { id_token: redactedToken }),
    ...(tokenType !== undefined && { token_type: tokenType }),
    ...(issuedTokenType !== undefined && { issued_token_type: issuedTokenType }),
    ...(instanceUrl !== undefined && { instance_url: instanceUrl }),
    ...(id !== undefined && { id }),
    ...(scopes !== undefined && { scope: scopes.join(' ') }),
    ...(issuedAt !== undefined && { issued_at: issuedAt.toISOString() }),
    ...(expiresIn !== undefined && { expires_in: expiresIn }),
    identity: who ?? null,
    ...(saved && { saved }),
  };
}

/** The same for a reader: what was granted, to whom, where it is good. */
export function renderToken(host: string, { grant, ...result }: TokenResult): string {
  const rows: Array<[string, string | undefined]> = [
    ['User', result.identity?.username],
    ['Org', result.identity?.orgId],
    ['Instance URL', result.instance_url],
    ['Scopes', result.scope],
    ['Token type', result.issued_token_type ?? result.token_type],
    ['Issued', result.issued_at],
    ['Expires', result.expires_in === undefined ? undefined : `in ${String(result.expires_in)} seconds`],
    ['Refresh token', result.refresh_token === undefined ? undefined : 'issued'],
    ['ID token', result.id_token === undefined ? undefined : 'issued'],
  ];
  const shown = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(15)}${printable(value).replaceAll('\n', ' ')}`]
  );
  return [`${host} granted an access token by the grant ${grant}.`, '', ...shown].join('\n');
}

/** What to do about a login that is an access token alone. For another grant than the one that was asked for the app may need another setting. */
export function unrenewedText(grant: string): string {
  const text = 'This login is an access token alone: when it expires, it has to be granted and kept again.';
  return grant === 'saml2-bearer'
    ? `${text} With the same key sf renews a login of the JWT bearer flow, where the app allows that: sf aquila login --help`
    : text;
}

/** What became of a refresh token that the org put in the place of the one that was sent. */
export function rotationText(
  rotation: { login: string } | { file: string } | 'nowhere' | undefined
): string | undefined {
  if (rotation === undefined) return undefined;
  const ended = 'The org replaced the refresh token, which ended the one that was sent.';
  if (rotation === 'nowhere')
    return `${ended} The new one is kept nowhere, since the old one came from standard input.`;
  return 'login' in rotation
    ? `${ended} The stored login of ${rotation.login} has the new one.`
    : `${ended} The new one is in ${rotation.file} now.`;
}
