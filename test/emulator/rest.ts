import { restBearer } from './bearer.ts';
import { insufficientAccess, json, notFound, restError } from './http.ts';
import type { Context, Handler, Reply } from './http.ts';
import type { Token } from './tokens.ts';

const firstVersion = 20;
const lastVersion = 68;
const seasons = ['Winter', 'Spring', 'Summer'] as const;

/** Three releases a year since Winter '11 = v20.0. */
const versions = Array.from({ length: lastVersion - firstVersion + 1 }, (_, i) => {
  const version = `${firstVersion + i}.0`;
  return { label: `${seasons[i % 3]} '${11 + Math.floor(i / 3)}`, url: `/services/data/v${version}`, version };
});

/** `GET /services/data`: ascending list without a login; XML for a browser (docs/reference/salesforce-oauth.md §5.5). */
export const versionList: Handler = ({ headers }) => {
  const accept = headers.accept ?? '';
  if (!/text\/html|application\/xml/.test(accept) || accept.includes('json')) return json(200, versions);
  const items = versions.map(
    ({ label, url, version }) =>
      `<Version><label>${label}</label><url>${url}</url><version>${version}</version></Version>`
  );
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Versions>${items.join('')}</Versions>`,
  };
};

/**
 * A route below `/services/data/vNN.0`: the version must exist, and the token must serve.
 *
 * @param handle its `base` is `/services/data/vNN.0`
 */
export function versioned(handle: (context: Context, token: Token, base: string) => Reply): Handler {
  return (context) => {
    const base = context.path.split('/').slice(0, 4).join('/');
    if (!versions.some(({ url }) => url === base)) return notFound();
    const judged = restBearer(context);
    if ('refusal' in judged) return judged.refusal;
    const reply = requestLimit(context, base) ?? handle(context, judged.token, base);
    return withLimitInfo(reply, context);
  };
}

/** The refusal of an org that has no API request left today (docs/reference/salesforce-oauth.md §5.6). */
function requestLimit({ world, path }: Context, base: string): Reply | undefined {
  const { apiLimit } = world.switches;
  const left = world.org.facts.limits['DailyApiRequests']?.Remaining ?? Infinity;
  const excepted = apiLimit === 'refuse-but-limits' && path.startsWith(`${base}/limits`);
  if (left > 0 || apiLimit === 'ignore' || excepted) return undefined;
  return restError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
}

/** How many of today's API requests are used up (REST API Developer Guide, "Limit Info Header"). */
function withLimitInfo(reply: Reply, { world }: Context): Reply {
  const daily = world.org.facts.limits['DailyApiRequests'];
  if (!daily || !world.switches.limitInfoHeader) return reply;
  const info = `api-usage=${daily.Max - daily.Remaining}/${daily.Max}`;
  return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': info } };
}

/** `GET /services/data/vNN.0`: the resources; what stock `sf org display` and `org list` ask (docs/reference/sf-cli.md §11). */
export const resources = versioned((_context, _token, base) =>
  json(200, {
    limits: `${base}/limits`,
    query: `${base}/query`,
    sobjects: `${base}/sobjects`,
    tooling: `${base}/tooling`,
  })
);

/** `GET /services/data/vNN.0/limits`, with View Setup and Configuration (docs/reference/salesforce-oauth.md §5.6). */
export const limits = versioned(({ world }, token) =>
  world.org.permissionsOf(token.user).viewSetup ? json(200, world.org.facts.limits) : insufficientAccess()
);
