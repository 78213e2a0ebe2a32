import type { PartType } from './component.ts';

/** Every type of metadata that this plugin writes or names in a source tree. */
export type SourceType = PartType | 'PermissionSet' | 'ConnectedApp' | 'Settings';

/** Folder and suffix of each type (docs/reference/external-client-apps.md §1.1). */
const places: Record<SourceType, { folder: string; suffix: string }> = {
  ConnectedApp: { folder: 'connectedApps', suffix: 'connectedApp' },
  ExternalClientApplication: { folder: 'externalClientApps', suffix: 'eca' },
  ExtlClntAppConfigurablePolicies: { folder: 'extlClntAppPolicies', suffix: 'ecaPlcy' },
  ExtlClntAppGlobalOauthSettings: { folder: 'extlClntAppGlobalOauthSets', suffix: 'ecaGlblOauth' },
  ExtlClntAppOauthConfigurablePolicies: { folder: 'extlClntAppOauthPolicies', suffix: 'ecaOauthPlcy' },
  ExtlClntAppOauthSettings: { folder: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  PermissionSet: { folder: 'permissionsets', suffix: 'permissionset' },
  Settings: { folder: 'settings', suffix: 'settings' },
};

/** Where the file of a component lies below the folder of a package, as `sf project deploy start` looks for it. */
export const sourcePath = (type: SourceType, fullName: string): string =>
  `${places[type].folder}/${fullName}.${places[type].suffix}-meta.xml`;
