import { problem, type Problem } from '../errors.ts';

type UrlProblemCode = 'UrlInvalid' | 'UrlNotHttps' | 'UrlHasCredentials' | 'UrlIsLightning' | 'UrlIsSetup';

/** A URL of an org as the token endpoint and the `aud` claim want it, or why it can't be one. */
export type OrgUrlReading = { url: string } | { problem: Problem<UrlProblemCode> };

/**
 * Hosts of Salesforce that show pages but never serve tokens, and the My Domain host that belongs to each.
 * Source: docs/reference/sf-cli.md §7, docs/reference/aquila-collector.md §1.6.
 */
const pageHosts: ReadonlyArray<{ code: 'UrlIsLightning' | 'UrlIsSetup'; suffix: string; myDomain: string }> = [
  { code: 'UrlIsLightning', suffix: '.lightning.force.com', myDomain: '.my.salesforce.com' },
  { code: 'UrlIsLightning', suffix: '.lightning.crmforce.mil', myDomain: '.my.salesforce.mil' },
  { code: 'UrlIsLightning', suffix: '.lightning.sfcrmapps.cn', myDomain: '.my.sfcrmproducts.cn' },
  { code: 'UrlIsSetup', suffix: '.my.salesforce-setup.com', myDomain: '.my.salesforce.com' },
];

/**
 * Reads what a person typed or pasted as the URL of an org. A missing scheme is taken as https; the host becomes lower case; query,
 * fragment and every trailing slash go, because the collector joins strings and `//services` is not a token endpoint.
 *
 * @param text as typed
 * @param keep 'origin' drops the path too (an instance URL pasted from a browser); 'path' keeps it, since an Experience Cloud site's
 *   audience has one (`https://site.force.com/customers`)
 */
export function readOrgUrl(text: string, keep: 'origin' | 'path'): OrgUrlReading {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url?.hostname || /\s/.test(trimmed)) return { problem: problem('UrlInvalid', [trimmed]) };
  if (url.username || url.password) return { problem: problem('UrlHasCredentials', [url.host]) };
  if (url.protocol !== 'https:') return { problem: problem('UrlNotHttps', [trimmed], [`https://${url.host}`]) };
  const page = pageHosts.find(({ suffix }) => url.hostname.endsWith(suffix));
  if (page) {
    const name = url.hostname.slice(0, -page.suffix.length);
    return { problem: problem(page.code, [trimmed], [`https://${name}${page.myDomain}`]) };
  }
  return { url: (keep === 'origin' ? url.origin : url.origin + url.pathname).replace(/\/+$/, '') };
}
