import { problem, type Problem } from '../errors.ts';
import type { ClientAuthenticationMethod } from './client-authentication.ts';

/** The grants of the token endpoint that a command-line client can run (docs/reference/salesforce-oauth.md §1, §4). */
export const grantNames = ['jwt-bearer', 'client-credentials'] as const;
export type GrantName = (typeof grantNames)[number];

/** What is a secret by itself: it comes from a file, the environment or a hidden question, never from a flag's value. */
export const secretNames = [
  ...['clientSecret', 'password', 'refreshToken', 'assertion'],
  ...['subjectToken', 'actorToken'],
] as const satisfies readonly string[];
export type SecretName = (typeof secretNames)[number];

/** What a grant is made of, each with the flag that gives it. */
export const ingredientFlags = {
  clientId: 'client-id',
  username: 'username',
  key: 'jwt-key-file',
  certificate: 'certificate-file',
  audience: 'audience',
  scope: 'scope',
  callbackUrl: 'callback-url',
  clientAuthentication: 'client-authentication',
  clientSecret: 'client-secret-file',
  password: 'password-file',
  refreshToken: 'refresh-token-file',
  assertion: 'assertion-file',
  subjectToken: 'subject-token-file',
  actorToken: 'actor-token-file',
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
};

export const grants: Record<GrantName, Grant> = {
  'jwt-bearer': { needs: ['clientId', 'username', 'key'], takes: ['audience'] },
  'client-credentials': { needs: ['clientId'], takes: ['clientSecret', 'clientAuthentication', 'key'] },
};

/** A flag that a grant has no use for is most likely a mistake about the grant, so it is not ignored. */
export function strayFlag(grant: GrantName, given: Ingredients): Problem<'FlagNotOfGrant'> | undefined {
  const own = [...grants[grant].needs, ...grants[grant].takes];
  const stray = flagsOf((Object.keys(given) as Ingredient[]).filter((one) => !own.includes(one)))[0];
  return stray === undefined ? undefined : problem('FlagNotOfGrant', [stray, grant], [grant, flagsOf(own).join(', ')]);
}

/** @param present what flags, environment, stored login and answers have given */
export function missingIngredients(
  grant: GrantName,
  present: ReadonlySet<Ingredient>
): Problem<'GrantIncomplete'> | undefined {
  const missing = flagsOf(grants[grant].needs.filter((one) => !present.has(one)));
  return missing.length === 0 ? undefined : problem('GrantIncomplete', [grant, missing.join(', ')]);
}

const flagsOf = (ingredients: readonly Ingredient[]): string[] => ingredients.map((one) => `--${ingredientFlags[one]}`);
