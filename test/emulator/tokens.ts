import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { World } from './http.ts';
import type { App, OrgState, User } from './state.ts';

/** An access token that the org issued. It serves as long as it is neither expired nor revoked and its user may log in. */
export type Token = {
  value: string;
  user: User;
  app: App;
  scopes: string[];
  /** Milliseconds. */
  issuedAt: number;
  /** When REST last took it, in milliseconds; left out, never. */
  usedAt?: number;
  expired: boolean;
  revoked: boolean;
  /** The refresh token that it came with or from: whoever revokes that ends this too. */
  refreshToken?: RefreshToken;
  /** It came by the password grant. */
  byPassword?: boolean;
};

/** What an app of a person renews its access token with, until it is revoked. */
export type RefreshToken = {
  value: string;
  user: User;
  app: App;
  revoked: boolean;
  /** Left out, those of the app. */
  scopes?: string[];
  /** Milliseconds. */
  issuedAt?: number;
  usedAt?: number;
};

type SigningKey = { privateKey: KeyObject; publicKey: KeyObject; kid: string };
const signingKeys = new WeakMap<OrgState, SigningKey>();

/** The key behind JWT-format access tokens and `/id/keys`, made when first needed. */
function signingKey(org: OrgState): SigningKey {
  let key = signingKeys.get(org);
  if (!key) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = pair.publicKey.export({ type: 'spki', format: 'der' });
    key = { ...pair, kid: createHash('sha256').update(der).digest('hex').slice(0, 16) };
    signingKeys.set(org, key);
  }
  return key;
}

/** The JWK set at `jwks_uri` (docs/reference/salesforce-oauth.md §5.5). */
export function publicKeys(org: OrgState): { keys: object[] } {
  const { publicKey, kid } = signingKey(org);
  return { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid }] };
}

/** Issues a token in the app's format and revokes the oldest ones beyond the limit for this user and app. */
export function issueToken(
  { org, switches, urls }: World,
  user: User,
  app: App,
  now: number,
  scopes: readonly string[] = app.scopes
): Token {
  const value = app.tokenFormat === 'jwt' ? jwtToken(org, urls['my-domain'], user, app, now, scopes) : opaqueToken(org);
  const token: Token = {
    value,
    user,
    app,
    scopes: [...scopes],
    issuedAt: now,
    expired: false,
    revoked: false,
  };
  org.tokens.push(token);
  const held = org.tokens.filter((t) => t.user === user && t.app === app && !t.revoked && !t.expired);
  for (const old of held.slice(0, Math.max(0, held.length - switches.tokensPerUserAndApp))) old.revoked = true;
  return token;
}

/** Issues a refresh token, in the form that core and its redaction know (docs/reference/salesforce-oauth.md §4). */
export function issueRefreshToken({ org }: World, user: User, app: App): RefreshToken {
  const value = `5Aep${randomBytes(62).toString('base64url').replaceAll('-', '.')}`;
  const token: RefreshToken = { value, user, app, revoked: false };
  org.refreshTokens.push(token);
  return token;
}

/** The usable token with this value, if its user may still use it. */
export function findToken(org: OrgState, value: string): Token | undefined {
  const token = org.tokens.find((t) => t.value === value);
  return token && !token.expired && !token.revoked && token.user.active && !token.user.frozen ? token : undefined;
}

/** `00D…!AQ…`, with only the characters that core's own pattern for tokens knows (docs/reference/salesforce-oauth.md §6). */
function opaqueToken(org: OrgState): string {
  return `${org.id.slice(0, 15)}!AQ${randomBytes(69).toString('base64url').replaceAll('-', '.')}`;
}

/** An RS256 JWT; which claims Salesforce puts in is not in the reference, so clients must not read them. */
function jwtToken(
  org: OrgState,
  instanceUrl: string,
  user: User,
  app: App,
  now: number,
  scopes: readonly string[]
): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    scp: scopes.join(' '),
    aud: [instanceUrl],
    sub: `uid:${user.id}`,
    nbf: seconds,
    iss: instanceUrl,
    exp: seconds + 1800,
    iat: seconds,
    client_id: app.clientId,
    jti: randomBytes(16).toString('hex'),
  };
  return signedJwt(org, { tnk: 'core/prod', ver: '1.0', tty: 'sfdc-core-token' }, claims);
}

/** An RS256 JWT by the org's own key, whose `kid` names it at `/id/keys`. */
export function signedJwt(org: OrgState, header: object, claims: object): string {
  const { privateKey, kid } = signingKey(org);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ ...header, kid, typ: 'JWT', alg: 'RS256' })}.${part(claims)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
}
