import { readOrgUrl } from '../../token/org-url.ts';

/**
 * Why an audience URL can't be the address of the collector's POST, or undefined. The collector puts `/services/oauth2/token` behind it
 * as it stands (docs/reference/aquila-collector.md §3.1), so it must be written exactly as this plugin would write it.
 */
export function audienceDefect(audience: string): string | undefined {
  const reading = readOrgUrl(audience, 'path');
  if ('problem' in reading) return reading.problem.message;
  if (reading.url === audience) return undefined;
  return audience.endsWith('/')
    ? `${audience} ends in a slash, and the collector would ask ${audience}/services/oauth2/token`
    : `${audience} should be written ${reading.url}`;
}
