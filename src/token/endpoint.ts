import { problem, type Problem } from '../errors.ts';
import { readOrgUrl } from './org-url.ts';

/** Where one assertion goes: the base URL whose `/services/oauth2/token` gets the POST, and the `aud` inside. Neither ends in a slash. */
export type TokenEndpoint = { host: string; audience: string };

/** What the user and an earlier login say about the endpoint; every part may be missing. */
export type EndpointWish = {
  instanceUrl?: string | undefined;
  audience?: string | undefined;
  storedInstanceUrl?: string | undefined;
};

/**
 * Decides the one host and the one audience of a login. There is no second guess: a failed login with a guessed pair costs rate limit
 * and hides the real cause behind "audience is invalid" (docs/reference/salesforce-oauth.md §3).
 *
 * - only an instance URL: its origin is both;
 * - only an audience: that URL is both, its path included, as the collector joins it;
 * - both: the POST goes to the instance URL, with that audience;
 * - neither: the stored instance URL of that username is both; without one it is a problem, because an external client app works only
 *   through its own My Domain and the public login hosts are never guessed.
 */
export function decideEndpoint(wish: EndpointWish): { endpoint: TokenEndpoint } | { problem: Problem } {
  const instance = wish.instanceUrl ?? (wish.audience === undefined ? wish.storedInstanceUrl : undefined);
  if (instance === undefined && wish.audience === undefined) return { problem: problem('InstanceUrlMissing') };
  const host = readOrgUrl(instance ?? wish.audience ?? '', instance === undefined ? 'path' : 'origin');
  if ('problem' in host) return host;
  const audience = wish.audience === undefined ? host : readOrgUrl(wish.audience, 'path');
  if ('problem' in audience) return audience;
  return { endpoint: { host: host.url, audience: audience.url } };
}

/** The token endpoint under a base URL, joined as the collector joins it (docs/reference/aquila-collector.md §3.1). */
export const tokenUrl = (base: string): string => `${base}/services/oauth2/token`;
