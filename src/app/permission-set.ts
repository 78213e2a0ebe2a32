import type { Fields } from './component.ts';
import { isMarked, withMarker } from './marker.ts';
import { allOf, isTrue, textOf } from './words.ts';
import { readFields, writeFields } from './xml.ts';

/** The metadata type. */
export const permissionSetType = 'PermissionSet';

/** A user permission by its name in metadata, and as Setup words it. */
export type UserPermission = { name: string; label: string };

/** What every collector needs (docs/reference/aquila-collector.md §5.2). */
export const collectorPermissions: readonly UserPermission[] = [
  { name: 'ApiEnabled', label: 'API Enabled' },
  { name: 'ViewEventLogFiles', label: 'View Event Log Files' },
];

/** What stored login and logout events need besides; not every org knows it (docs/reference/aquila-collector.md §5.2). */
export const realTimePermission: UserPermission = {
  name: 'ViewDataLeakageEvents',
  label: 'View Real-Time Event Monitoring Data',
};

/** A permission set as it shall be, and what that changes. */
export type PermissionSetPlan = {
  /** API name. */
  name: string;
  /** The org does not have it yet. */
  created: boolean;
  /** Permissions that it gets. */
  lacking: UserPermission[];
  /** The whole file; undefined where the org's own will do. */
  xml: string | undefined;
};

export type PermissionSetReading = { plan: PermissionSetPlan } | { foreign: { lacking: UserPermission[] } };

/** The permission set that belongs to an app: `AQUILA_Collector` for the app AQUILA. */
export const permissionSetOf = (developerName: string): string => `${developerName}_Collector`;

/**
 * What must change so that a permission set lets a user collect. It has no licence: one that is backed by the licence Salesforce API
 * Integration can't let its users use an app, by one report (docs/reference/aquila-collector.md §2.3). Nothing is taken away.
 *
 * @param xml what the org has; undefined for a permission set that is to be made
 * @returns `foreign` for one that lacks something and was not made by this plugin
 * @throws AppMetadataUnreadable
 */
export async function planPermissionSet(
  name: string,
  wanted: readonly UserPermission[],
  xml: string | undefined
): Promise<PermissionSetReading> {
  const found = xml === undefined ? undefined : await readFields(permissionSetType, name, xml);
  const present = allOf(found, 'userPermissions').filter((one) => typeof one !== 'string' && isTrue(one, 'enabled'));
  const lacking = wanted.filter(({ name: right }) => !present.some((one) => isAbout(one, right)));
  const created = found === undefined;
  if (!created && lacking.length === 0) return { plan: { name, created, lacking, xml: undefined } };
  const description = textOf(found, 'description');
  if (!created && !isMarked(description)) return { foreign: { lacking } };
  const rights = lacking.map((one): Fields => ({ enabled: 'true', name: one.name }));
  const kept = allOf(found, 'userPermissions').filter((one) => !lacking.some(({ name: other }) => isAbout(one, other)));
  const fields: Fields = {
    ...(found ?? { hasActivationRequired: 'false', label: name.replaceAll('_', ' ') }),
    description: withMarker(description),
    userPermissions: [...kept, ...rights],
  };
  return { plan: { name, created, lacking, xml: writeFields(permissionSetType, fields) } };
}

const isAbout = (right: string | Fields, name: string): boolean =>
  typeof right !== 'string' && textOf(right, 'name')?.toLowerCase() === name.toLowerCase();

/**
 * Whether this plugin made a permission set, by its file.
 *
 * @throws AppMetadataUnreadable
 */
export const isMarkedPermissionSet = async (name: string, xml: string): Promise<boolean> =>
  isMarked(textOf(await readFields(permissionSetType, name, xml), 'description'));
