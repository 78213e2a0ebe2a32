/** Scopes whose name in metadata is not the OAuth name with capital letters (docs/reference/external-client-apps.md §1.2). */
const otherNames: Record<string, string> = { openid: 'openid', offlineaccess: 'offline_access' };

/** OAuth names of scopes of the metadata: `RefreshToken` is `refresh_token`. */
export const scopeNames = (tokens: readonly string[]): string[] =>
  tokens.map((token) => {
    const word = token.trim();
    return otherNames[word.toLowerCase()] ?? word.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  });

/** The three that the guide selects, and what stands for each of them in its place. */
const needed: ReadonlyArray<{ token: string; by: readonly string[] }> = [
  { token: 'Api', by: ['api', 'full'] },
  { token: 'Web', by: ['web', 'full'] },
  { token: 'RefreshToken', by: ['refresh_token', 'offline_access'] },
];

/** Tokens of metadata that the guide asks for and a list of them lacks. Full access holds api and web, but never refresh_token. */
export function lackingScopes(tokens: readonly string[]): string[] {
  const names = scopeNames(tokens);
  return needed.filter(({ by }) => !by.some((name) => names.includes(name))).map(({ token }) => token);
}
