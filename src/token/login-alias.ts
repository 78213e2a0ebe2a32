import { problem, type Problem } from '../errors.ts';
import { usernameProblem } from './username.ts';

/**
 * Whether a text can name a stored login: `sf alias set` cuts it at the first `=` and warns of blanks, a word that begins with a hyphen is
 * read as a flag, and sf takes a username for that of its user only where no alias is called so.
 *
 * @returns the problem, or undefined for a good alias
 */
export function loginAliasProblem(alias: string): Problem<'LoginAliasInvalid'> | undefined {
  const good = /^[^-\s=\p{Cc}][^\s=\p{Cc}]*$/u.test(alias) && usernameProblem(alias) !== undefined;
  return good ? undefined : problem('LoginAliasInvalid', [alias.replace(/\p{Cc}/gu, '\uFFFD')]);
}
