import type { Candidate } from './explain/row.ts';
import { possibly, sure } from './explain/row.ts';
import type { RefusalWords } from './refusal.ts';
import { settings } from './setup-places.ts';
import { parseObject, readRefusalWords, type HttpAnswer } from './response.ts';

/** Whom a token belongs to, as far as both endpoints tell it; keys that an answer leaves out are left out. */
export type Identity = {
  username: string;
  orgId: string;
  userId: string;
  name?: string;
  email?: string;
  active?: boolean;
  userType?: string;
  language?: string;
  locale?: string;
  timezone?: string;
  /** The identity URL, `https://host/id/ORG/USER`. */
  identityUrl?: string;
};

/** The plain texts with which these endpoints refuse (docs/reference/salesforce-oauth.md §5.3, §5.4). */
const refusalCodes = ['Bad_OAuth_Token', 'Missing_OAuth_Token', 'Wrong_Org', 'Bad_Id', 'Invalid_Scope'] as const;
export type IdentityCode = (typeof refusalCodes)[number];

export type IdentityAnswer = { identity: Identity } | { code: IdentityCode } | { refused: RefusalWords };

export const userinfoPath = '/services/oauth2/userinfo';

/** Reads an answer of userinfo (OpenID Connect Core 1.0 §5.3) or of the identity URL, which call the same facts by other names. */
export function readIdentityAnswer(answer: HttpAnswer): IdentityAnswer {
  const said = answer.body.trim().toLowerCase();
  const code = refusalCodes.find((one) => one.toLowerCase() === said);
  if (code !== undefined && answer.status !== 200) return { code };
  const identity = answer.status === 200 ? identityOf(answer.body) : undefined;
  return identity ? { identity } : { refused: readRefusalWords(answer) };
}

function identityOf(body: string): Identity | undefined {
  const json = parseObject(body) ?? {};
  const text = (...names: string[]): string | undefined =>
    names.map((name) => json[name]).find((value): value is string => typeof value === 'string' && value !== '');
  const [username, orgId, userId] = [text('preferred_username', 'username'), text('organization_id'), text('user_id')];
  if (!isName(username) || !isName(orgId) || !isName(userId)) return undefined;
  const further = {
    name: text('name', 'display_name'),
    email: text('email'),
    active: typeof json['active'] === 'boolean' ? json['active'] : undefined,
    userType: text('user_type'),
    language: text('language'),
    locale: text('locale'),
    timezone: text('zoneinfo', 'timezone'),
    identityUrl: text('sub', 'id'),
  };
  const known = Object.entries(further).filter(([, value]) => value !== undefined);
  return { username, orgId, userId, ...(Object.fromEntries(known) as Partial<Identity>) };
}

/** Names come into errors too, so one that a terminal would obey is none. */
const isName = (value: string | undefined): value is string =>
  value !== undefined && !/[\p{Cc}\p{Bidi_Control}]/u.test(value);

/**
 * The path of an identity URL, asked for as JSON. The host of the URL is often that of the public login page; the token goes to the org's
 * own address only, which serves the same path.
 */
export function identityPath(identityUrl: string): string | undefined {
  const path = /\/id\/00D\w{12,15}\/005\w{12,15}/.exec(identityUrl)?.[0];
  return path === undefined ? undefined : `${path}?format=json`;
}

const newToken = 'get a new token, by a login or as the application that holds it does';

/** What each plain text means for a token that somebody asks about, and what to do, likeliest first. */
export const identityRefusals: Readonly<Record<IdentityCode, { meaning: string; causes: readonly Candidate[] }>> = {
  Bad_OAuth_Token: {
    meaning: 'the org does not accept the token',
    causes: [
      sure('the session ended by its timeout', newToken),
      sure('the token was revoked, by a logout, by an administrator or by "sf aquila token revoke"', newToken),
      possibly('the token is of another org', 'use the address of the org that issued it (Setup > My Domain)'),
      possibly('it is a refresh token, an ID token or a part of a token', 'give the whole access token'),
    ],
  },
  Missing_OAuth_Token: {
    meaning: 'the request arrived without the token',
    causes: [possibly('something on the way removed the header', 'look for a gateway or proxy that rewrites requests')],
  },
  Wrong_Org: {
    meaning: 'the token is of another org than the identity URL',
    causes: [sure('the identity URL is that of another org', 'leave it out: --endpoint userinfo asks without one')],
  },
  Bad_Id: {
    meaning: 'the identity URL names another user than the one that the token belongs to, or none',
    causes: [sure('the identity URL is that of another user', 'leave it out: --endpoint userinfo asks without one')],
  },
  Invalid_Scope: {
    meaning: 'the token is good, but its scopes do not cover this',
    causes: [
      possibly(
        'the app lacks the scopes that show who the user is',
        `${settings} > OAuth Scopes: "Access unique user identifiers (openid)" and "Access the identity URL service (id, profile, email, address, phone)"`
      ),
    ],
  },
};
