import { aquilaError } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { loginAgain } from '../org/login-again.ts';
import { unavailable } from '../org/refusal.ts';
import { forgetToken } from '../org/stored-secrets.ts';
import { revokeToken } from '../org/token-endpoints.ts';
import type { TokenKind } from '../token/given-token.ts';
import { refusalLine } from '../token/refusal.ts';
import { readRevocation } from '../token/revocation.ts';
import { readTokenClaims } from '../token/token-claims.ts';
import {
  findToken,
  renewalOf,
  requireToken,
  type Renewal,
  type TokenSubject,
  type TokenWish,
} from './token-subject.ts';

/** What a revocation would end, before anything is sent. */
export type RevocationPlan = {
  subject: TokenSubject;
  /** There is no token left to revoke, as after an earlier revocation. */
  isEmpty: boolean;
  /** Access tokens in JWT format may be accepted for half an hour more (help page connected_app_revoke_jwt). */
  delayed: boolean;
  /** How the stored login goes on without this token; undefined for a token from a file. */
  renewal: Renewal | undefined;
  /** The command that makes the login anew. */
  loginAgain: string | undefined;
};

export type RevokedToken = {
  /** False where the org no longer knew the token: it had ended before. */
  revoked: boolean;
  kind: TokenKind;
  /** The access token is in JWT format, and may be accepted for up to 30 minutes more. */
  delayed: boolean;
  instanceUrl: string;
  /** Of the stored login that the token was taken from. */
  username?: string;
  /** Whether that login still gets itself a new token, by its private key or its refresh token. */
  renewable?: boolean;
  /** Whether the token was taken out of that login; otherwise a dead one stays there, which the org refuses. */
  forgotten?: boolean;
};

/**
 * Finds the token and says what its end means, without a request. Of a stored login it is the refresh token where there is one, because
 * that ends the login; the access token alone would come back with the next command.
 *
 * @param canAsk whether somebody will be asked: otherwise the default org is not enough of a name
 * @throws TokenNotNamed, TokenNotStored for a kind of token that the login never has, or what `findToken` throws
 */
export async function planRevocation(wish: TokenWish, canAsk: boolean): Promise<RevocationPlan> {
  if (wish.given === undefined && wish.targetOrg === undefined && !canAsk) throw aquilaError('TokenNotNamed');
  const subject = await findToken(wish, ({ refreshToken }) => (refreshToken ? 'refresh' : 'access'));
  const { stored, kind, token } = subject;
  if (kind === 'refresh') requireToken(subject);
  const access = kind === 'access' ? token : stored?.secrets.accessToken;
  const format = access === undefined ? 'opaque' : (await readTokenClaims(access)).format;
  return {
    subject,
    isEmpty: token === undefined,
    delayed: format === 'jwt',
    renewal: stored && renewalWithout(stored, kind),
    loginAgain: stored && loginAgain(stored.login),
  };
}

const renewalWithout = ({ login, secrets }: NonNullable<TokenSubject['stored']>, ended: TokenKind): Renewal =>
  renewalOf({ login, secrets: ended === 'refresh' ? { ...secrets, refreshToken: undefined } : secrets });

/**
 * Sends the revocation, and only when the org has answered takes the token out of the stored login. A token that is gone already is
 * no failure.
 *
 * @throws RevocationRefused with the org's words, OrgUnavailable, or the network's error; the stored login is then as it was
 */
export async function revoke({ subject, delayed, renewal }: RevocationPlan, network: Network): Promise<RevokedToken> {
  const { kind, instanceUrl, stored, token } = subject;
  const revoked = token === undefined ? false : await revokeAll({ ...subject, token }, network);
  const result = { revoked, kind, delayed, instanceUrl };
  if (!stored) return result;
  const { username } = stored.login;
  const forgotten = token === undefined || (await forgetToken(username, { value: token, kind }));
  return { ...result, username, renewable: renewal !== 'none', forgotten };
}

type HeldToken = TokenSubject & { token: string };

/**
 * A refresh token takes its access tokens with it. One that was gone already has taken nothing, so that the access token beside it, which
 * may live on, is revoked by itself.
 *
 * @returns whether the org ended anything
 */
async function revokeAll(subject: HeldToken, network: Network): Promise<boolean> {
  if (await revokeOne(subject, network)) return true;
  const beside = subject.kind === 'refresh' ? subject.stored?.secrets.accessToken : undefined;
  return beside === undefined ? false : revokeOne({ ...subject, kind: 'access', token: beside }, network);
}

async function revokeOne(subject: HeldToken, network: Network): Promise<boolean> {
  const http = await revokeToken(subject, network);
  const answer = readRevocation(http);
  if ('outcome' in answer) return answer.outcome === 'revoked';
  if (answer.refused.page !== undefined) throw unavailable(http);
  const { host } = new URL(http.url);
  throw aquilaError('RevocationRefused', [host, subject.kind, subject.name, refusalLine(answer.refused)]);
}
