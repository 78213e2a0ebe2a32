import { createHash } from 'node:crypto';
import type { Context, World } from '../http.ts';
import type { App, User } from '../state.ts';
import { issueRefreshToken, issueToken, signedJwt } from '../tokens.ts';
import type { RefreshToken, Token } from '../tokens.ts';
import { literalLoginUrl } from './audience.ts';
import { refreshes } from './scopes.ts';
import { identityUrl } from './success.ts';

export type Session = {
  user: User;
  app: App;
  scopes: string[];
  nonce?: string | undefined;
  /** Whether this grant may hand over a refresh token at all. */
  refresh: boolean;
  /** Whether this grant hands over an ID token where openid is granted, and whether that one comes through a browser. */
  idToken: boolean;
  isInBrowser?: boolean;
};

/** The keys of a login by a person: authorization code, device, user agent (docs/reference/salesforce-oauth.md §4). */
export function sessionBody(context: Context, session: Session): Record<string, string> {
  const { world, now } = context;
  const { user, app, scopes } = session;
  const token = issueToken(world, user, app, now, scopes);
  const held = session.refresh && scopes.some(refreshes) ? issueRefreshToken(world, user, app) : undefined;
  if (held) {
    Object.assign(held, { scopes, issuedAt: now });
    token.refreshToken = held;
  }
  const openid = session.idToken && scopes.includes('openid') && world.switches.idToken === 'with-openid';
  return {
    access_token: token.value,
    ...(held && { refresh_token: held.value }),
    ...signed(context, token),
    scope: scopes.join(' '),
    ...(openid && { id_token: idToken(context, token, session) }),
    ...whereAndWho(context, token),
    ...formatOf(context, token),
  };
}

/** `signature`, which an app can check with its secret over id and issued_at. */
export function signed({ world, now }: Context, { user, app }: Token): { signature: string } {
  const text = `${identityUrl(world, user)}${now}`;
  return { signature: createHash('sha256').update(`${text}${app.clientSecret}`).digest('base64') };
}

export function whereAndWho({ world, now }: Context, { user }: Token): Record<string, string> {
  return {
    instance_url: world.switches.instanceUrl || world.urls['my-domain'],
    id: identityUrl(world, user),
    token_type: 'Bearer',
    issued_at: String(now),
  };
}

export const formatOf = ({ world }: Context, { app }: Token): Record<string, string> =>
  world.switches.tokenFormatKey && app.tokenFormat === 'jwt' ? { token_format: 'jwt' } : {};

/**
 * The ID token (OpenID Connect Core 1.0 §2, §3.1.3.6), signed by the key at `/id/keys`; its issuer is the host that was asked, as that
 * host's discovery document says, unless `switches.idTokenIssuer` has another. Valid for two minutes, which the reference does not say.
 */
function idToken({ world, face, now }: Context, token: Token, { nonce, isInBrowser = false }: Session): string {
  const seconds = Math.floor(now / 1000);
  const hash = createHash('sha256').update(token.value).digest().subarray(0, 16);
  const { idTokenHash, idTokenIssuer } = world.switches;
  const hasHash = idTokenHash === 'always' || (idTokenHash === 'not-in-browser' && !isInBrowser);
  return signedJwt(
    world.org,
    {},
    {
      iss: idTokenIssuer === 'my-domain' ? world.urls['my-domain'] : issuerAt(world, face),
      sub: identityUrl(world, token.user),
      aud: token.app.clientId,
      iat: seconds,
      exp: seconds + 120,
      ...(hasHash && { at_hash: hash.toString('base64url') }),
      ...(nonce !== undefined && { nonce }),
    }
  );
}

/** The issuer that the discovery document of a host names. */
export const issuerAt = (world: World, face: Context['face']): string =>
  world.switches.idTokenIssuer === 'login-host' ? literalLoginUrl(world) : world.urls[face];

/** Whether a refresh token still serves by its app's policy (docs/reference/external-client-apps.md §2). */
export function refreshTokenServes({ issuedAt, usedAt, app, revoked }: RefreshToken, now: number): boolean {
  if (revoked) return false;
  const { policy, period, unit } = app.refreshToken;
  if (policy === 'Zero') return false;
  // A login of stock sf that a test made has no time of issue: it lasts.
  if (policy === 'Infinite' || period === undefined || issuedAt === undefined) return true;
  const hours = { Hours: 1, Days: 24, Months: 24 * 30 }[unit];
  const since = policy === 'SpecificInactivity' ? (usedAt ?? issuedAt) : issuedAt;
  return now - since < period * hours * 3_600_000;
}
