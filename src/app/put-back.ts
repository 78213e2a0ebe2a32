import type { Part } from './component.ts';
import { slotTypes, type FoundParts, type Slot } from './found.ts';
import { deployable } from './plan.ts';
import { listed, textOf } from './words.ts';

/**
 * What restores an app after a deployment that is not to stay: the parts as they were, and the removal of those that were new. Removing
 * the app itself removes its parts. Settings whose certificate the org did not return are left as they are now, since deploying them
 * would clear it (docs/reference/external-client-apps.md §3).
 */
export function putBack(
  found: FoundParts | undefined,
  changed: readonly Part[],
  orgId: string
): { deploy: Part[]; remove: Part[] } {
  const slotOf = (part: Part): Slot | undefined =>
    (Object.keys(slotTypes) as Slot[]).find((slot) => slotTypes[slot] === part.type);
  if (!found) return { deploy: [], remove: changed.filter(({ type }) => type === slotTypes.header) };
  const before = changed.flatMap((part) => {
    const slot = slotOf(part);
    const was = slot && found[slot];
    if (!slot || !was) return [];
    if (slot === 'global' && textOf(was.fields, 'certificate') === undefined) return [];
    return [deployable(slot, was, orgId)];
  });
  return { deploy: before, remove: [] };
}

const grantLists = ['commaSeparatedPermissionSet', 'commaSeparatedProfile'];

/** The parts without the names, in their lists of permission sets and profiles, that have access already. */
export const withoutGranted = (parts: readonly Part[], granted: readonly string[]): Part[] =>
  parts.map((part) => {
    if (part.type !== slotTypes.oauthPolicy) return part;
    const known = new Set(granted.map((name) => name.toLowerCase()));
    const kept = Object.entries(part.fields).flatMap(([element, field]) => {
      if (!grantLists.includes(element) || typeof field !== 'string') return [[element, field]];
      const names = listed(field, ',').filter((name) => !known.has(name.toLowerCase()));
      return names.length > 0 ? [[element, names.join(',')]] : [];
    });
    return { ...part, fields: Object.fromEntries(kept) as Part['fields'] };
  });
