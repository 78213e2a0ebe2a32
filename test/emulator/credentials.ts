import { json, notFound, restError } from './http.ts';
import type { Context, Reply } from './http.ts';
import { sameId } from './ids.ts';
import { versioned } from './rest.ts';
import type { App, OrgState, Permissions } from './state.ts';

const externalClientApps = (org: OrgState): App[] =>
  org.facts.externalClientApps ? org.apps.filter(({ kind }) => kind === 'external-client-app') : [];

const insufficient = (): Reply =>
  restError(403, 'INSUFFICIENT_ACCESS', "You don't have permission to access the credentials of external client apps");

const seesApps = (permissions: Permissions): boolean =>
  permissions.externalClientAppDeveloper || permissions.externalClientAppAdmin || permissions.externalClientAppViewer;

/** `GET /services/data/vNN.0/apps/oauth/usage?page=&pageSize=`: apps by name and id (docs/reference/external-client-apps.md §10.3). */
export const oauthUsage = versioned(({ world, query }, { user }, base) => {
  const { org, switches } = world;
  if (!seesApps(user.permissions)) return insufficient();
  const page = Number(query.get('page') ?? 0);
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(page) || page < 0 || !Number.isInteger(size) || size < 1) {
    return restError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'page and pageSize must be whole numbers');
  }
  const used = (app: App): boolean => org.tokens.some((token) => token.app === app && !token.revoked);
  const all = externalClientApps(org).filter((app) => switches.oauthUsageLists === 'all' || used(app));
  const apps = all.slice(page * size, (page + 1) * size).map((app) => ({
    developerName: app.developerName,
    identifier: app.id.slice(0, switches.oauthUsageIdentifier),
    label: app.name,
  }));
  const more = all.length > (page + 1) * size;
  const next = `${base}/apps/oauth/usage?page=${page + 1}&pageSize=${size}`;
  return json(200, { apps, nextPageUrl: more ? next : null });
});

/** The id of an app's OAuth consumer, of which there is one here. */
const consumerId = (org: OrgState, app: App): string => org.idOf('888', app.id);

/** The app of the path, if toggle and permissions show its credentials (§10.3). */
function judged(
  { world, path }: Context,
  permissions: Permissions,
  secret: boolean
): { app: App } | { refusal: Reply } {
  const { org, switches } = world;
  const open = org.facts.clientSecretInRestApi || (switches.connectKeyWithoutToggle && !secret);
  if (!open) {
    const message = 'Access to client credentials in the REST API is not currently enabled for this org';
    return { refusal: restError(403, 'FUNCTIONALITY_NOT_ENABLED', message) };
  }
  if (!permissions.externalClientAppDeveloper || !permissions.viewClientSecret) return { refusal: insufficient() };
  const id = path.split('/')[7] ?? '';
  const app = externalClientApps(org).find((one) => sameId(one.id, id));
  return app ? { app } : { refusal: notFound() };
}

/** `GET /services/data/vNN.0/apps/oauth/credentials/{appId}`: its consumers. */
export const consumers = versioned((context, { user }, base) => {
  const found = judged(context, user.permissions, false);
  if ('refusal' in found) return found.refusal;
  const { app } = found;
  const id = consumerId(context.world.org, app);
  const own = `${base}/apps/oauth/credentials/${app.id}`;
  const consumer = {
    id,
    key: app.clientId,
    name: app.name,
    url: `${own}/${id}`,
    stagedCredentialsUrl: `${own}/${id}/staged`,
  };
  return json(200, { consumers: [consumer] });
});

/** `GET /services/data/vNN.0/apps/oauth/credentials/{appId}/{consumerId}?part=key|secret|keyandsecret`. */
export const consumerCredentials = versioned((context, { user }) => {
  const part = context.query.get('part') ?? 'key';
  if (!['key', 'secret', 'keyandsecret'].includes(part)) {
    return restError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'part must be key, secret or keyandsecret');
  }
  const found = judged(context, user.permissions, part !== 'key');
  if ('refusal' in found) return found.refusal;
  const { app } = found;
  const id = consumerId(context.world.org, app);
  if (!sameId(id, context.path.split('/')[8] ?? '')) return notFound();
  return json(200, {
    id,
    ...(part !== 'secret' && { key: app.clientId }),
    ...(part !== 'key' && { secret: app.clientSecret }),
  });
});
