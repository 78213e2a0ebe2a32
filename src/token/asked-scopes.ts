import { distance } from 'fastest-levenshtein';
import { problem, type Problem } from '../errors.ts';
import { documentedScopes as documented } from './scopes.ts';

/** The characters that RFC 6749 §3.3 allows in a scope. */
const possible = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/**
 * Scopes as a person wrote them, separated by blanks or commas, in the form of a request. An app may have scopes of its own, so an unknown
 * name passes; one that is a slip of a documented name away from it does not.
 *
 * @param text empty for no scope at all, which asks for all that the app has
 */
export function readScopes(text: string): { scope: string } | { problem: Problem<'ScopeInvalid'> } {
  const scopes = [...new Set(text.split(/[\s,]+/).filter((one) => one !== ''))];
  for (const one of scopes.filter((scope) => !documented.includes(scope))) {
    if (!possible.test(one)) return { problem: problem('ScopeInvalid', [one], [documented.join(', ')]) };
    const meant = documented.find(
      (known) => folded(known) === folded(one) || (known.length > 4 && distance(known, one) === 1)
    );
    if (meant !== undefined) return { problem: problem('ScopeInvalid', [one], [`Did you mean "${meant}"?`]) };
  }
  return { scope: scopes.join(' ') };
}

/** What Setup, metadata and memory write differently: capital letters, and lines between the words. */
const folded = (scope: string): string => scope.toLowerCase().replace(/[_-]/g, '');
