import { Problem } from './elements.ts';

/** Tokens of `commaSeparatedOauthScopes` (docs/reference/external-client-apps.md §1.2). */
const tokens =
  'Basic Api Web Full Chatter CustomApplications RefreshToken OpenID Profile Email Address Phone OfflineAccess CustomPermissions Wave ' +
  'Eclair Pardot Lightning Content CDPIngest CDPProfile CDPQuery CDPSegment CDPIdentityResolution CDPCalculatedInsight CDP Chatbot ' +
  'SFApiPlatform Interaction EinsteinGPT PwdlessLogin ForgotPassword UserRegistration MCP SCRT DataCloudUserClaims A2A CmdbDiscovery ' +
  'SemanticLayer';
const externalClientAppTokens = tokens.split(' ');

/** OAuth names that are no mere change of spelling. */
const names: Record<string, string> = {
  Basic: 'id',
  Chatter: 'chatter_api',
  CustomApplications: 'visualforce',
  OpenID: 'openid',
  Wave: 'wave_api',
  Eclair: 'eclair_api',
  Pardot: 'pardot_api',
  CDPIngest: 'cdp_ingest_api',
  CDPProfile: 'cdp_profile_api',
  CDPQuery: 'cdp_query_api',
  Chatbot: 'chatbot_api',
  SFApiPlatform: 'sfap_api',
  SFAP: 'sfap_api',
  EinsteinGPT: 'einstein_gpt_api',
};

const oauthName = (token: string): string => names[token] ?? token.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Which of the two kinds of app: a connected app spells one scope otherwise. */
type Spelling = 'external-client-app' | 'connected-app';

const tokensOf = (kind: Spelling): string[] =>
  kind === 'external-client-app'
    ? externalClientAppTokens
    : externalClientAppTokens.map((token) => (token === 'SFApiPlatform' ? 'SFAP' : token));

/** OAuth names of tokens, which are trimmed and known to the org. */
export function scopesOf(given: readonly string[], kind: Spelling): string[] {
  const valid = tokensOf(kind);
  const trimmed = given.map((token) => token.trim()).filter((token) => token !== '');
  const unknown = trimmed.filter((token) => !valid.includes(token));
  if (unknown.length > 0) {
    throw new Problem(
      `There's a problem with your scope(s): ${unknown.join(', ')}. Valid values are: ${valid.join(', ')}`
    );
  }
  return trimmed.map(oauthName);
}

/** The tokens of OAuth names, in their order. */
export const tokensOfScopes = (scopes: readonly string[], kind: Spelling): string[] =>
  scopes.map((scope) => tokensOf(kind).find((token) => oauthName(token) === scope) ?? scope);
