import type { Part, PartType } from './component.ts';

/** The parts of one app, each under the name that the org gave it; undefined where the org has none. */
export type FoundParts = {
  header: Part;
  global: Part | undefined;
  oauth: Part | undefined;
  oauthPolicy: Part | undefined;
  policy: Part | undefined;
};

/** What each part is to its app. */
export type Slot = keyof FoundParts;

export const slotTypes: Record<Slot, PartType> = {
  header: 'ExternalClientApplication',
  global: 'ExtlClntAppGlobalOauthSettings',
  oauth: 'ExtlClntAppOauthSettings',
  oauthPolicy: 'ExtlClntAppOauthConfigurablePolicies',
  policy: 'ExtlClntAppConfigurablePolicies',
};

/**
 * Picks the parts of one app out of all that was retrieved: by the app that each part names, never by its own name, since Setup and the
 * Metadata API name them in different ways (docs/reference/external-client-apps.md §2).
 *
 * @returns undefined where the app itself is not among the parts
 */
export function matchParts(parts: readonly Part[], app: { fullName: string }): FoundParts | undefined {
  const header = parts.find((part) => part.type === slotTypes.header && isSameName(part.fullName, app.fullName));
  const satellite = (slot: Slot): Part | undefined =>
    parts.find((part) => {
      const parent = part.fields['externalClientApplication'];
      return part.type === slotTypes[slot] && typeof parent === 'string' && isSameName(parent, app.fullName);
    });
  return (
    header && {
      header,
      global: satellite('global'),
      oauth: satellite('oauth'),
      oauthPolicy: satellite('oauthPolicy'),
      policy: satellite('policy'),
    }
  );
}

/** Names in an org differ by more than capital letters. */
const isSameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
