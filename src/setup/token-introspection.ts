import type { SfError } from '@salesforce/core/sfError';
import { shellWord } from '../cert/shell.ts';
import { fillFix } from '../checks/fix.ts';
import { aquilaError, problem, toError } from '../errors.ts';
import { appOfSf } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { loginAgain } from '../org/login-again.ts';
import { unavailable } from '../org/refusal.ts';
import { postAsClient } from '../org/token-client.ts';
import { askIdentity } from '../org/token-endpoints.ts';
import { readIdentityAnswer, userinfoPath } from '../token/identity.ts';
import { inactiveCauses, readIntrospection, type Introspection } from '../token/introspection.ts';
import type { Candidate } from '../token/explain/row.ts';
import { capital, causeLines } from '../token/refusal-error.ts';
import { explainRefusal, refusalLine, withoutClientAssertion, type RefusalWords } from '../token/refusal.ts';
import type { HttpAnswer } from '../token/response.ts';
import { orgOfToken, readTokenClaims, type TokenClaims, type TokenFormat } from '../token/token-claims.ts';
import { identityRefused } from './token-owner.ts';
import { findToken, renewalOf, requireToken, type TokenSubject, type TokenWish } from './token-subject.ts';

/** How the secret of an app may prove that the app asks (RFC 7662 §2.1). */
export const introspectionMethods = ['client_secret_post', 'client_secret_basic'] as const;

export type IntrospectionWish = TokenWish & {
  clientId: string | undefined;
  method: (typeof introspectionMethods)[number];
  secret: {
    given: () => Promise<string | undefined>;
    ask: ((clientId: string) => Promise<string | undefined>) | undefined;
  };
};

/** Why userinfo was asked in place of the introspection endpoint. */
export type WithoutSecret = 'no-client' | 'no-secret';

export type TokenIntrospection = Introspection & {
  /** Who said it: the introspection endpoint, or userinfo where no client secret is at hand. */
  source: 'introspection' | 'userinfo';
  withoutSecret?: WithoutSecret;
  format: TokenFormat;
  /** What a token in JWT format says of itself; nobody has verified it. */
  claims?: TokenClaims;
  /** Of a token that introspection calls inactive: whether userinfo took it. */
  accepted?: boolean;
  /** Why the token may be inactive, likeliest first. */
  causes?: Candidate[];
};

type Client = { clientId: string; secret: string };
type Held = TokenSubject & { token: string };

/**
 * Asks the org about a token as it is: nothing is renewed and nothing stored. Without a client secret userinfo is asked, which tells whether
 * an access token is good and whose it is. A token that introspection calls inactive may only be hidden from the app that asks, so
 * userinfo is asked about that one too.
 *
 * @throws ClientIdMissing, IntrospectionNeedsSecret, IntrospectionRefused with the org's words, TokenNotStored, or what finding and
 *   sending throw
 */
export async function introspectToken(wish: IntrospectionWish, network: Network): Promise<TokenIntrospection> {
  const found = await findToken(wish, () => 'access');
  const subject = { ...found, token: requireToken(found).token };
  const client = await clientOf(wish, subject);
  const { format, claims } = await readTokenClaims(subject.token);
  const about = { format, ...(claims && { claims }) };
  if (typeof client === 'string') {
    if (subject.kind === 'refresh') throw aquilaError('IntrospectionNeedsSecret');
    const told = await askUserinfo(subject, network);
    const causes = told.active ? {} : { causes: causesOf(subject, { claims, accepted: undefined }, network) };
    return { ...told, source: 'userinfo', withoutSecret: client, ...about, ...causes };
  }
  const told = await introspect(subject, client, wish.method, network);
  const whole = { ...told, source: 'introspection' as const, ...about };
  if (told.active) return whole;
  const accepted = subject.kind === 'refresh' ? undefined : await isAccepted(subject, network);
  const causes = causesOf(subject, { claims, accepted, clientId: client.clientId }, network);
  return { ...whole, ...(accepted !== undefined && { accepted }), causes };
}

async function clientOf(wish: IntrospectionWish, { stored }: TokenSubject): Promise<Client | WithoutSecret> {
  const own = stored?.login.clientId;
  const clientId = wish.clientId ?? (own === appOfSf ? undefined : own);
  const given = await wish.secret.given();
  if (clientId === undefined) {
    if (given !== undefined) throw aquilaError('ClientIdMissing');
    return 'no-client';
  }
  const kept = clientId === own ? stored?.secrets.clientSecret : undefined;
  const secret = given ?? kept ?? (await wish.secret.ask?.(clientId));
  return secret === undefined ? 'no-secret' : { clientId, secret };
}

async function introspect(
  { token, kind, instanceUrl, name }: Held,
  { clientId, secret }: Client,
  method: IntrospectionWish['method'],
  network: Network
): Promise<Introspection> {
  const endpoint = `${instanceUrl}/services/oauth2/introspect`;
  const parameters = { token, token_type_hint: `${kind}_token` };
  const client = { clientId, authentication: { method, secret } };
  const http = await postAsClient(client, { endpoint, audience: instanceUrl, parameters }, network);
  const answer = readIntrospection(http);
  if ('introspection' in answer) return answer.introspection;
  throw refusedError(answer.refused, http, name);
}

/** The client proves itself as with the client credentials grant, so the same words have the same causes. */
function refusedError(words: RefusalWords, http: HttpAnswer, name: string): SfError {
  if (words.page !== undefined) throw unavailable(http);
  const { causes } = withoutClientAssertion(explainRefusal(words, 'client-credentials'));
  const lines = [refusalLine(words), ...causeLines(causes)];
  const { actions, ...refused } = problem('IntrospectionRefused', [name, new URL(http.url).host, lines.join('\n')]);
  const fixes = [...new Set(causes.map(({ fix }) => capital(fillFix(fix, {}))))];
  const { status, error } = words;
  return toError(
    { ...refused, actions: fixes.length > 0 ? fixes : actions },
    { status, ...(error !== undefined && { error }) }
  );
}

async function askUserinfo(subject: Held, network: Network): Promise<Introspection> {
  const http = await askIdentity(subject, userinfoPath, network);
  const answer = readIdentityAnswer(http);
  if ('identity' in answer) {
    const { username, identityUrl } = answer.identity;
    return { active: true, username, ...(identityUrl !== undefined && { sub: identityUrl }) };
  }
  // A token that lacks a scope is a good token.
  if ('code' in answer && answer.code === 'Invalid_Scope') return { active: true };
  if ('code' in answer && answer.code === 'Bad_OAuth_Token') return { active: false };
  throw identityRefused(answer, http, subject.name);
}

/** The org has answered already, so that a second question that fails takes nothing away. */
async function isAccepted(subject: Held, network: Network): Promise<boolean | undefined> {
  try {
    return (await askUserinfo(subject, network)).active;
  } catch {
    return undefined;
  }
}

function causesOf(
  { token, kind, stored, name }: Held,
  known: { claims: TokenClaims | undefined; accepted: boolean | undefined; clientId?: string },
  { now }: Network
): Candidate[] {
  const [issuer, orgId] = [orgOfToken(token), stored?.login.orgId?.slice(0, 15)];
  const ofAnotherOrg = issuer !== undefined && orgId !== undefined && issuer !== orgId;
  return inactiveCauses({ kind, ...known, ofAnotherOrg, newToken: wayToNewToken(stored, name), now: now() });
}

function wayToNewToken(stored: TokenSubject['stored'], name: string): string | undefined {
  if (!stored) return undefined;
  return renewalOf(stored) === 'none'
    ? `log in again with: ${loginAgain(stored.login)}`
    : `the login makes a new one with the next command, such as: sf aquila token identity --target-org ${shellWord(name)}`;
}
