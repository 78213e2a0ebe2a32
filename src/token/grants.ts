import { problem, type Problem } from '../errors.ts';
import type { ClientAuthenticationMethod } from './client-authentication.ts';

/** The grants of the token endpoint that a command-line client can run (docs/reference/salesforce-oauth.md §1, §4). */
export const grantNames = [
  ...['jwt-bearer', 'client-credentials', 'refresh-token', 'username-password', 'token-exchange'],
  ...['web-server', 'user-agent', 'device'],
  ...['saml2-bearer', 'saml-assertion'],
] as const satisfies readonly string[];
export type GrantName = (typeof grantNames)[number];

/** What is a secret by itself: it comes from a file, the environment or a hidden question, never from a flag's value. */
export const secretNames = [
  ...['clientSecret', 'password', 'refreshToken', 'assertion'],
  ...['subjectToken', 'actorToken'],
] as const satisfies readonly string[];
export type SecretName = (typeof secretNames)[number];

/** Tokens of another identity provider that the org can exchange, by the last word of their type (RFC 8693 §3). */
export const subjectTokenTypes = ['access_token', 'refresh_token', 'id_token', 'jwt', 'saml2'] as const;

/** What a grant is made of, each with the flag that gives it. */
export const ingredientFlags = {
  clientId: 'client-id',
  username: 'username',
  key: 'jwt-key-file',
  certificate: 'certificate-file',
  audience: 'audience',
  scope: 'scope',
  callbackUrl: 'callback-url',
  browser: 'browser',
  clientAuthentication: 'client-authentication',
  clientSecret: 'client-secret-file',
  password: 'password-file',
  refreshToken: 'refresh-token-file',
  assertion: 'assertion-file',
  subjectToken: 'subject-token-file',
  actorToken: 'actor-token-file',
  tokenHandler: 'token-handler',
  subjectTokenType: 'subject-token-type',
} as const satisfies Record<SecretName, string> & Record<string, string>;
export type Ingredient = keyof typeof ingredientFlags;

/** What flags gave, as it was typed: a name, an address, the path of a file or `-`. */
export type Ingredients = Partial<Record<Exclude<Ingredient, 'clientAuthentication'>, string | undefined>> & {
  clientAuthentication?: ClientAuthenticationMethod | undefined;
};

/** Parsed flags by their names; a flag that can be repeated has a list. */
export type GrantFlags = {
  [one in Ingredient as (typeof ingredientFlags)[one]]?: Ingredients[one] | (one extends 'scope' ? string[] : never);
};

/** Takes what a grant is made of out of the flags of a command, blanks between the values of a repeated one. */
export function ingredientsOf(flags: GrantFlags): Ingredients {
  const given = Object.entries(ingredientFlags).flatMap(([name, flag]) => {
    const value = flags[flag];
    return value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(' ')]];
  });
  return Object.fromEntries(given) as Ingredients;
}

export type Grant = {
  needs: readonly Ingredient[];
  /** What it may have besides. */
  takes: readonly Ingredient[];
  /** Why no scope can be asked for, as the second half of a sentence; undefined where one can. */
  scopesAre?: string;
  /** What sf can renew a login by that this grant brings; undefined where the token is all there is. */
  renewedBy?: 'key' | 'refresh-token';
  /** The token is not one for the org's API. */
  forDevice?: true;
};

const client = ['clientSecret', 'clientAuthentication', 'key', 'audience'] as const satisfies readonly Ingredient[];
const ofTheApp = 'the org gives all scopes of the app';

/** @see docs/reference/salesforce-oauth.md §1.1 and §4, RFC 8693 §2.1 for the exchange of tokens */
const grants: Record<GrantName, Grant> = {
  'jwt-bearer': { needs: ['clientId', 'username', 'key'], takes: ['audience'], scopesAre: ofTheApp, renewedBy: 'key' },
  'client-credentials': { needs: ['clientId', 'clientSecret'], takes: client, scopesAre: ofTheApp },
  'refresh-token': {
    needs: ['clientId', 'refreshToken'],
    takes: client,
    scopesAre: 'the new token has the scopes of the refresh token',
    renewedBy: 'refresh-token',
  },
  'username-password': { needs: ['clientId', 'username', 'password'], takes: client, scopesAre: ofTheApp },
  'token-exchange': {
    needs: ['subjectToken'],
    takes: ['actorToken', 'tokenHandler'],
    scopesAre: 'an asset token has none',
    forDevice: true,
  },
  'web-server': {
    needs: ['clientId'],
    takes: ['username', 'scope', 'callbackUrl', 'browser', ...client],
    renewedBy: 'refresh-token',
  },
  'user-agent': {
    needs: ['clientId'],
    takes: ['username', 'scope', 'callbackUrl', 'browser'],
    renewedBy: 'refresh-token',
  },
  device: { needs: ['clientId'], takes: ['username', 'scope', ...client], renewedBy: 'refresh-token' },
  'saml2-bearer': { needs: ['clientId', 'username', 'key', 'certificate'], takes: ['audience'], scopesAre: ofTheApp },
  'saml-assertion': { needs: ['assertion'], takes: [], scopesAre: 'no app takes part that could have any' },
};

/** The exchange of another identity provider's token, which an Apex class of the org judges. */
const foreignExchange: Grant = {
  needs: ['clientId', 'subjectToken', 'tokenHandler'],
  takes: ['subjectTokenType', ...client],
  scopesAre: ofTheApp,
};

/** Grants that Salesforce itself advises against; the text of the warning is `warning.<grant>` in messages/token.request.md. */
export const discouragedGrants: readonly GrantName[] = ['username-password', 'user-agent'];

/** What a grant is made of, with the form that was chosen of it, and with what the client proves itself by (RFC 6749 §2.3, RFC 7523 §2.2). */
export function grantOf(name: GrantName, { tokenHandler, clientAuthentication: method }: Ingredients): Grant {
  const grant = name === 'token-exchange' && tokenHandler !== undefined ? foreignExchange : grants[name];
  if (method === undefined || !grant.takes.includes('clientAuthentication')) return grant;
  const proof: Ingredient[] = method === 'none' ? [] : [method === 'private_key_jwt' ? 'key' : 'clientSecret'];
  return { ...grant, needs: [...grant.needs.filter((one) => one !== 'clientSecret'), ...proof] };
}

/** A flag that a grant has no use for is most likely a mistake about the grant, so it is not ignored. */
export function strayFlag(
  name: GrantName,
  given: Ingredients
): Problem<'FlagNotOfGrant' | 'ScopeNotOfGrant'> | undefined {
  const { needs, takes, scopesAre } = grantOf(name, given);
  if (given.scope !== undefined && scopesAre !== undefined) return problem('ScopeNotOfGrant', [name, scopesAre]);
  const own = [...new Set([...needs, ...takes])];
  const stray = flagsOf((Object.keys(given) as Ingredient[]).filter((one) => !own.includes(one)))[0];
  return stray === undefined ? undefined : problem('FlagNotOfGrant', [stray, name], [name, flagsOf(own).join(', ')]);
}

/** @param present what flags, environment, stored login and answers have given */
export function missingIngredients(
  name: GrantName,
  { needs }: Grant,
  present: ReadonlySet<Ingredient>
): Problem<'GrantIncomplete'> | undefined {
  const missing = flagsOf(needs.filter((one) => !present.has(one)));
  return missing.length === 0 ? undefined : problem('GrantIncomplete', [name, missing.join(', ')]);
}

const flagsOf = (ingredients: readonly Ingredient[]): string[] => ingredients.map((one) => `--${ingredientFlags[one]}`);
