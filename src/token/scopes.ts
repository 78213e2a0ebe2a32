/** A scope as Setup calls it, and what it lets the bearer of a token do. */
export type Scope = { title: string; allows: string };

const identity: Scope = {
  title: 'Access the identity URL service (id, profile, email, address, phone)',
  allows: 'who the user is, at the identity URL',
};
const offline: Scope = {
  title: 'Perform requests at any time (refresh_token, offline_access)',
  allows: 'a refresh token, in the flows that have one',
};

/** The scopes of Salesforce by their names in OAuth (help page xcloud.remoteaccess_oauth_tokens_scopes). */
const scopes: Readonly<Record<string, Scope>> = {
  api: { title: 'Manage user data via APIs (api)', allows: 'the REST, SOAP and Bulk APIs, as the user' },
  web: { title: 'Manage user data via Web browsers (web)', allows: 'web pages, Visualforce included' },
  full: { title: 'Full access (full)', allows: 'all that the user may do; no refresh token' },
  refresh_token: offline,
  offline_access: offline,
  openid: { title: 'Access unique user identifiers (openid)', allows: 'userinfo, and an ID token' },
  ...{ id: identity, profile: identity, email: identity, address: identity, phone: identity },
  chatter_api: { title: 'Access Connect REST API resources (chatter_api)', allows: 'the Connect REST API alone' },
  custom_permissions: {
    title: 'Access custom permissions (custom_permissions)',
    allows: 'which custom permissions of the app the user has',
  },
  visualforce: {
    title: 'Access Visualforce applications (visualforce)',
    allows: 'Visualforce pages that the org made, and no others',
  },
  content: { title: 'Access content resources (content)', allows: 'files and other content' },
  lightning: { title: 'Access Lightning applications (lightning)', allows: 'Lightning pages in a hybrid app' },
  wave_api: { title: 'Access Analytics REST API resources (wave_api)', allows: 'the Analytics REST API' },
  eclair_api: {
    title: 'Access Analytics REST API Charts Geodata resources (eclair_api)',
    allows: 'the geodata of Analytics charts',
  },
  pardot_api: { title: 'Manage Pardot services (pardot_api)', allows: 'the API of Account Engagement' },
  cdp_query_api: {
    title: 'Perform ANSI SQL queries on Customer Data Platform data (cdp_query_api)',
    allows: 'SQL queries of Data Cloud',
  },
  cdp_profile_api: {
    title: 'Manage Customer Data Platform profile data (cdp_profile_api)',
    allows: 'profiles in Data Cloud',
  },
  cdp_ingest_api: {
    title: 'Manage Customer Data Platform Ingestion API data (cdp_ingest_api)',
    allows: 'uploads into Data Cloud',
  },
  sfap_api: { title: 'Access the Salesforce API Platform (sfap_api)', allows: 'the Salesforce API Platform' },
};

/** Their names. */
export const documentedScopes: readonly string[] = Object.keys(scopes);

/** What a scope is called and allows; undefined for a custom scope and for one that is newer than this list. */
export const scopeOf = (name: string): Scope | undefined => (Object.hasOwn(scopes, name) ? scopes[name] : undefined);

/** Names in a scope parameter or claim, which are separated by blanks (RFC 6749 §3.3). */
export const scopeNamesIn = (scope: string | undefined): string[] => scope?.split(/\s+/).filter(Boolean) ?? [];
