import { closest } from 'fastest-levenshtein';
import { problem, type Problem } from '../errors.ts';
import { roomOf, rooms, type AnyCheck } from './define.ts';
import type { Selection } from './run.ts';

/**
 * Chooses checks by id or by room. `only` also takes the checks that read the facts which the chosen ones need, so that a missing fact
 * always has a finding that says why; `skip` wins over both.
 */
export function selectChecks(
  registry: readonly AnyCheck[],
  { only, skip }: { only: readonly string[]; skip: readonly string[] }
): Selection | { problem: Problem<'CheckUnknown'> } {
  const names = [
    ...rooms.filter((room) => registry.some(({ id }) => roomOf(id) === room)),
    ...registry.map(({ id }) => id),
  ];
  const stranger = [...only, ...skip].find((name) => !names.some((known) => known === name));
  if (stranger !== undefined) {
    return { problem: problem('CheckUnknown', [stranger], [`Did you mean "${nearest(stranger, names)}"?`]) };
  }
  const named = (list: readonly string[]) => (check: AnyCheck) =>
    list.includes(check.id) || list.includes(roomOf(check.id));
  const wanted = only.length === 0 ? registry : registry.filter(named(only));
  const needed = new Set(wanted.flatMap(({ needs }) => needs));
  const asked = registry.filter(
    (check) => wanted.includes(check) || (check.reads !== undefined && needed.has(check.reads))
  );
  const forbidden = registry.filter(named(skip));
  return {
    run: asked.filter((check) => !forbidden.includes(check)),
    deselected: asked.filter((check) => forbidden.includes(check)),
    forbidden,
  };
}

/** The known name that takes the fewest edits: good enough for a typing error. */
const nearest = (word: string, names: readonly string[]): string => closest(word.toLowerCase(), names);
