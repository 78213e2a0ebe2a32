import type { Face, World } from '../http.ts';
import type { App } from '../state.ts';

/** The host that serves production logins, and the one for sandboxes and scratch orgs (docs/reference/salesforce-oauth.md §2). */
export function literalLoginUrl({ org }: World): string {
  return org.facts.kind === 'production' ? 'https://login.salesforce.com' : 'https://test.salesforce.com';
}

/**
 * Whether the org accepts an `aud` at a host (docs/reference/salesforce-oauth.md §1.2, §2): at the login host the login host itself; at
 * the My Domain the My Domain, and for a connected app the login host too, since GovCloud needs that pair. The literal
 * login.salesforce.com or test.salesforce.com of the org's kind counts as its login host.
 */
export function audienceAccepted(aud: unknown, face: Face, app: App, world: World): boolean {
  const { switches } = world;
  const given = Array.isArray(aud) && switches.audienceArray === 'accept' ? (aud as unknown[]) : [aud];
  const accepted = new Set([...documented(face, app, world), ...switches.additionalAudiences].map(withoutSlash));
  return given.some(
    (one) => typeof one === 'string' && spellings(one, world).some((spelling) => accepted.has(spelling))
  );
}

function documented(face: Face, app: App, world: World): string[] {
  const { switches, urls } = world;
  if (!switches.documentedAudiences) return [];
  const login = [urls.login, literalLoginUrl(world)];
  if (face === 'login') return login;
  if (app.kind === 'external-client-app') return [urls['my-domain']];
  return switches.connectedAppMyDomainAudience === 'accept' ? [urls['my-domain'], ...login] : login;
}

/** The forms of a given audience that may match: as it is, and those that a switch lets pass. */
function spellings(audience: string, { switches }: World): string[] {
  if (audience.endsWith('/') && switches.audienceTrailingSlash === 'refuse') return [];
  const plain = withoutSlash(audience);
  return switches.audienceBareHost === 'accept' && !plain.includes('://') ? [plain, `https://${plain}`] : [plain];
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
