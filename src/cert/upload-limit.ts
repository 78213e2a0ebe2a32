/** The largest certificate that Salesforce takes for an app, in bytes, as PEM or as DER (docs/reference/salesforce-oauth.md §7). */
export const uploadLimit = 4096;
