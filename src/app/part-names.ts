import type { PartType } from './component.ts';

/**
 * How the names of an app's parts end (docs/reference/external-client-apps.md §2): first as the org names what is deployed, so that a part
 * of this name is updated and not made twice, then as Setup does.
 */
const endings: Record<PartType, readonly [deployed: string, ...bySetup: string[]]> = {
  ExternalClientApplication: [''],
  ExtlClntAppGlobalOauthSettings: ['_glbloauth'],
  ExtlClntAppOauthSettings: ['_oauth'],
  ExtlClntAppOauthConfigurablePolicies: ['_oauth_defaultPolicy', '_oauthPlcy'],
  ExtlClntAppConfigurablePolicies: ['_defaultPolicy', '_plcy'],
};

/** A name of metadata has up to 80 characters. */
const longestName = 80;

/** The name that this plugin gives to a part of the app with this developer name. */
export const partName = (type: PartType, developerName: string): string => withEnding(developerName, endings[type][0]);

/** Every name under which a part of the app is usually found, the one that this plugin gives first. */
export const usualPartNames = (type: PartType, developerName: string): string[] =>
  endings[type].map((ending) => withEnding(developerName, ending));

/** A long stem gives way to the ending, and no two underscores meet. */
const withEnding = (developerName: string, ending: string): string =>
  `${developerName.slice(0, longestName - ending.length).replace(/_+$/, '')}${ending}`;
