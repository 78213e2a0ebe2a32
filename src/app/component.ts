/** The metadata types that an external client app is made of (docs/reference/external-client-apps.md §1.1). */
export const partTypes = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
] as const;
export type PartType = (typeof partTypes)[number];

/** The content of an element: text as it stands in the XML, entities resolved, or further elements. */
export type Field = string | Fields | ReadonlyArray<string | Fields>;
export type Fields = { readonly [element: string]: Field };

/** One component of an app as the Metadata API keeps it: nothing nests, and the fullName is whatever the org calls it. */
export type Part = { type: PartType; fullName: string; fields: Fields };
