import { plainText, restError } from './http.ts';
import type { Context, Reply } from './http.ts';
import type { OrgState } from './state.ts';
import { findToken } from './tokens.ts';
import type { Token } from './tokens.ts';

type Judged = { token: Token } | { refusal: Reply };

/** The token of a request under `/services/oauth2` or `/id`, whose errors are plain text (docs/reference/salesforce-oauth.md §5.3, §5.4). */
export function identityBearer(context: Context): Judged {
  const { headers, world } = context;
  const value = bearerValue(headers.authorization);
  if (headers.authorization === undefined) return { refusal: plainText(403, 'Missing_OAuth_Token') };
  const token = value === undefined ? undefined : findToken(world.org, value);
  if (!token) return { refusal: plainText(403, 'Bad_OAuth_Token') };
  const identifies = token.scopes.some((scope) => ['openid', 'id', 'full'].includes(scope));
  if (world.switches.identityScope === 'require' && !identifies) return { refusal: plainText(403, 'Invalid_Scope') };
  return { token };
}

/** The token of a REST request (docs/reference/salesforce-oauth.md §5.6). */
export function restBearer({ headers, world, now }: Context): Judged {
  const { org, switches } = world;
  const { authorization } = headers;
  const value = bearerValue(authorization);
  if (authorization !== undefined && value === undefined) {
    return { refusal: restError(switches.invalidAuthHeaderStatus, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE') };
  }
  const unauthorized = (message: string): Judged => {
    const reply = restError(401, 'INVALID_SESSION_ID', message);
    if (switches.wwwAuthenticate) reply.headers['WWW-Authenticate'] = 'Token';
    return { refusal: reply };
  };
  const token = value === undefined ? undefined : findToken(org, value);
  if (token && switches.sessionTimeout === 'enforced') judgeSession(token, org, now);
  if (!token || token.expired) return unauthorized('Session expired or invalid');
  if (!token.scopes.some((scope) => scope === 'api' || scope === 'full')) {
    return unauthorized('This session is not valid for use with the REST API');
  }
  if (!org.permissionsOf(token.user).apiEnabled) {
    const message = 'The REST API is not enabled for this Organization.';
    return { refusal: restError(switches.apiDisabledStatus, 'API_DISABLED_FOR_ORG', message) };
  }
  return { token };
}

/** A session ends when it was not used for as long as its app, or else the org, allows. */
function judgeSession(token: Token, org: OrgState, now: number): void {
  const minutes = token.app.sessionTimeoutInMinutes ?? org.facts.sessionTimeoutInMinutes;
  if (now - (token.usedAt ?? token.issuedAt) >= minutes * 60_000) token.expired = true;
  else token.usedAt = now;
}

function bearerValue(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth) +(\S+)$/i.exec(authorization ?? '')?.[1];
}
