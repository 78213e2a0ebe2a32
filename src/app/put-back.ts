import type { Part } from './component.ts';
import { slotTypes, type FoundParts, type Slot } from './found.ts';
import { deployable } from './plan.ts';
import { listed, textOf } from './words.ts';

/**
 * What restores an app after a deployment that is not to stay: the parts as they were, and the removal of those that were new. Removing
 * the app itself removes its parts. A certificate that the org did not return can't be put back; the one that was deployed stays in its
 * place, since settings without any would clear it (docs/reference/external-client-apps.md §3).
 */
export function putBack(
  found: FoundParts | undefined,
  changed: readonly Part[],
  orgId: string
): { deploy: Part[]; remove: Part[]; certificateLost: boolean } {
  const slotOf = (part: Part): Slot | undefined =>
    (Object.keys(slotTypes) as Slot[]).find((slot) => slotTypes[slot] === part.type);
  if (!found) {
    return { deploy: [], remove: changed.filter(({ type }) => type === slotTypes.header), certificateLost: false };
  }
  let certificateLost = false;
  const before = changed.flatMap((part) => {
    const slot = slotOf(part);
    const was = slot && found[slot];
    if (!slot || !was) return [];
    const restored = deployable(slot, was, orgId);
    if (slot !== 'global' || textOf(was.fields, 'certificate') !== undefined) return [restored];
    const sent = part.fields['certificate'];
    if (sent === undefined) return [];
    certificateLost = true;
    return [{ ...restored, fields: { ...restored.fields, certificate: sent } }];
  });
  const remove = changed.filter((part) => {
    const slot = slotOf(part);
    return slot !== undefined && !found[slot];
  });
  return { deploy: before, remove, certificateLost };
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
