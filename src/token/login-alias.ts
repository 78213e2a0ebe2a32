import { problem, type Problem } from '../errors.ts';

/**
 * Whether a text can name a stored login: `sf alias set` cuts it at the first `=` and warns of blanks, and a word that begins with a
 * hyphen is read as a flag.
 *
 * @returns the problem, or undefined for a good alias
 */
export function loginAliasProblem(alias: string): Problem<'LoginAliasInvalid'> | undefined {
  const good = /^[^-\s=\p{Cc}][^\s=\p{Cc}]*$/u.test(alias);
  return good ? undefined : problem('LoginAliasInvalid', [alias.replace(/\p{Cc}/gu, '\uFFFD')]);
}
