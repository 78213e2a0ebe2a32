import { problem, type Problem } from '../errors.ts';

/** The grants of the token endpoint that a command-line client can run (docs/reference/salesforce-oauth.md §1, §4). */
export const grantNames = ['jwt-bearer', 'client-credentials'] as const;
export type GrantName = (typeof grantNames)[number];

/** What is a secret by itself: it comes from a file, the environment or a hidden question, never from a flag's value. */
export type SecretName = 'clientSecret' | 'password' | 'refreshToken' | 'assertion' | 'subjectToken' | 'actorToken';

/** What a grant is made of, each with the flag that gives it. */
export const ingredientFlags = {
  clientId: 'client-id',
  username: 'username',
  key: 'jwt-key-file',
  audience: 'audience',
  clientSecret: 'client-secret-file',
  clientAuthentication: 'client-authentication',
} as const satisfies Partial<Record<SecretName, string>> & Record<string, string>;
export type Ingredient = keyof typeof ingredientFlags;

export type Grant = {
  needs: readonly Ingredient[];
  /** What it may have besides. */
  takes: readonly Ingredient[];
};

export const grants: Record<GrantName, Grant> = {
  'jwt-bearer': { needs: ['clientId', 'username', 'key'], takes: ['audience'] },
  'client-credentials': { needs: ['clientId'], takes: ['clientSecret', 'clientAuthentication', 'key'] },
};

/**
 * A flag that a grant has no use for is most likely a mistake about the grant, so it is not ignored.
 *
 * @param flags names of the flags that were given, without their dashes; flags of no ingredient don't count
 */
export function strayFlag(grant: GrantName, flags: readonly string[]): Problem<'FlagNotOfGrant'> | undefined {
  const own = flagsOf([...grants[grant].needs, ...grants[grant].takes]);
  const all: readonly string[] = Object.values(ingredientFlags);
  const stray = flags.find((flag) => all.includes(flag) && !own.includes(flag));
  return stray === undefined
    ? undefined
    : problem('FlagNotOfGrant', [`--${stray}`, grant], [grant, own.map((flag) => `--${flag}`).join(', ')]);
}

/** @param present what flags, environment, stored login and answers have given */
export function missingIngredients(
  grant: GrantName,
  present: ReadonlySet<Ingredient>
): Problem<'GrantIncomplete'> | undefined {
  const missing = flagsOf(grants[grant].needs.filter((one) => !present.has(one))).map((flag) => `--${flag}`);
  return missing.length === 0 ? undefined : problem('GrantIncomplete', [grant, missing.join(', ')]);
}

const flagsOf = (ingredients: readonly Ingredient[]): string[] => ingredients.map((one) => ingredientFlags[one]);
