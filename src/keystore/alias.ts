import { problem, type Problem } from '../errors.ts';

/** A certificate's label in Setup takes no more, and the alias becomes its name (docs/reference/keys-and-keystores.md §10). */
const maximumLength = 64;

/** Letters, digits and single underscores, a letter first, no underscore last: what Salesforce calls a unique name. */
const uniqueName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

type AliasProblemCode = 'KeystoreAliasIsNumber' | 'KeystoreAliasInvalid' | 'KeystoreAliasTooLong';

/** Why Salesforce would not take a keystore with this alias; undefined if it would. Source: docs/reference/keys-and-keystores.md §10. */
export function aliasProblem(alias: string): Problem<AliasProblemCode> | undefined {
  const instead = [defaultAlias(alias)];
  if (/^\d+$/.test(alias)) return problem('KeystoreAliasIsNumber', [alias], instead);
  if (!uniqueName.test(alias)) return problem('KeystoreAliasInvalid', [shownAlias(alias)], instead);
  if (alias.length > maximumLength) {
    return problem('KeystoreAliasTooLong', [shownAlias(alias), alias.length, maximumLength], instead);
  }
  return undefined;
}

/** A name of files as an alias that `aliasProblem` has nothing against, in lower case as Java writes every alias. */
export function defaultAlias(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '');
  const alias = /^\d/.test(words) ? `cert_${words}` : words;
  return alias.slice(0, maximumLength).replace(/_+$/, '') || 'aquila';
}

/** An alias out of a file, fit for a message: one line, no control characters, not endless. */
export function shownAlias(alias: string): string {
  const plain = alias.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\uFFFD');
  return plain.length > maximumLength ? `${plain.slice(0, maximumLength - 1)}…` : plain;
}
