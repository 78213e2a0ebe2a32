import { possibly, sure, type Candidate } from './explain/row.ts';
import type { RefusalWords } from './refusal.ts';
import { settings } from './setup-places.ts';
import { parseObject, readRefusalWords, type HttpAnswer } from './response.ts';

/** The answer of an introspection endpoint (RFC 7662 §2.2, docs/reference/salesforce-oauth.md §5.1); other members are left out. */
export type Introspection = {
  active: boolean;
  /** Separated by blanks. */
  scope?: string;
  client_id?: string;
  username?: string;
  /** The identity URL. */
  sub?: string;
  token_type?: string;
  /** Seconds since the epoch. */
  exp?: number;
  iat?: number;
  nbf?: number;
  iss?: string;
};

export type IntrospectionAnswer = { introspection: Introspection } | { refused: RefusalWords };

const textMembers = ['scope', 'client_id', 'username', 'sub', 'token_type', 'iss'] as const;
const timeMembers = ['exp', 'iat', 'nbf'] as const;

/** Reads the answer to an introspection; without a plain yes or no it is a refusal, also with status 200. */
export function readIntrospection(answer: HttpAnswer): IntrospectionAnswer {
  const json = answer.status === 200 ? (parseObject(answer.body) ?? {}) : {};
  const { active } = json;
  if (typeof active !== 'boolean') return { refused: readRefusalWords(answer) };
  const texts = textMembers.flatMap((name) => (typeof json[name] === 'string' ? [[name, json[name]]] : []));
  const times = timeMembers.flatMap((name) => (Number.isFinite(json[name]) ? [[name, json[name]]] : []));
  const told = Object.fromEntries([...texts, ...times] as Array<[string, unknown]>) as Omit<Introspection, 'active'>;
  return { introspection: { active, ...told } };
}

/** What else is known of a token that is not active; each part excludes causes or puts one first. */
export type InactiveEvidence = {
  kind: 'access' | 'refresh';
  /** Whether userinfo took the token; undefined where it was not asked. */
  accepted?: boolean | undefined;
  /** The client that asked; undefined where only userinfo was asked. */
  clientId?: string | undefined;
  /** What the token says of itself. */
  claims?: { exp?: number; client_id?: string } | undefined;
  /** The org that the token names is not the one that was asked. */
  ofAnotherOrg: boolean;
  /** How to get a new token, where the login that holds this one is known. */
  newToken?: string | undefined;
  now: Date;
};

const elsewhereNew = 'get a new token, by a login or as the application that holds it does';
const introspectAll = `ask with the client id and secret of the app that the token is of, or allow the app of this secret to see others: ${settings} > Introspect All Tokens`;

const endings = {
  access: 'it expired: its session was not used for as long as the timeout allows',
  refresh: 'it expired by the refresh token policy of the app',
} as const;
const pushedOut = possibly(
  'newer logins of the same user and app pushed it out, of which five are kept',
  'give each program that logs in an app of its own'
);
const userGone = possibly('its user is inactive or frozen', 'Setup > Users > the user: activate or unfreeze');
const otherOrg = 'use the address of the org that issued it (Setup > My Domain)';
const otherApp = 'it is of another app than the one that asked, which sees its own tokens only';
const byPassword = possibly('it comes from the username-password flow, whose tokens are not shown', introspectAll);

/** Why a token may be inactive, likeliest first; what the evidence excludes is left out (docs/reference/salesforce-oauth.md §5.1, §6). */
export function inactiveCauses(evidence: InactiveEvidence): Candidate[] {
  const { kind, accepted, clientId, claims, ofAnotherOrg, now, newToken = elsewhereNew } = evidence;
  const ofAnotherApp = claims?.client_id !== undefined && clientId !== undefined && claims.client_id !== clientId;
  const foreign = ofAnotherApp ? sure(otherApp, introspectAll) : possibly(otherApp, introspectAll);
  // The org took it a moment ago, so it is alive.
  if (accepted) return ofAnotherApp ? [foreign] : [foreign, byPassword];
  if (ofAnotherOrg) return [sure('it was issued by another org than the one that was asked', otherOrg)];
  if (claims?.exp !== undefined && claims.exp * 1000 <= now.getTime()) {
    return [sure('it expired: the time that it names itself has passed', newToken)];
  }
  const hidden = clientId === undefined || accepted === false ? [] : [foreign];
  const elsewhere = possibly('it was issued by another org, or it is not a whole token', otherOrg);
  const revoked = sure('it was revoked, by a logout, by an administrator or by "sf aquila token revoke"', newToken);
  return [sure(endings[kind], newToken), revoked, ...hidden, pushedOut, elsewhere, userGone];
}
