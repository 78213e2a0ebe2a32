import { authorize } from './authorize.ts';
import { connectDevice } from './device.ts';
import { authConfiguration, keys, openidConfiguration } from './discovery.ts';
import { dataNotAvailable, methodNotAllowed, notFound } from './http.ts';
import type { Context, Face, Handler, Reply } from './http.ts';
import { identity, userinfo } from './identity.ts';
import { consumerCredentials, consumers, oauthUsage } from './credentials.ts';
import { introspect } from './introspect.ts';
import { logFile } from './log-file.ts';
import { query, queryMore } from './query.ts';
import { deployRequest, deployRequestById } from './metadata/rest.ts';
import { metadataSoap } from './metadata/soap.ts';
import { revoke } from './revoke.ts';
import { limits, resources, versionList } from './rest.ts';
import { objectOrNewRecord, oneRecord } from './sobjects.ts';
import { tokenEndpoint } from './token-endpoint.ts';

type Route = {
  path: string | RegExp;
  /** Undefined: the handler judges the method itself. */
  methods?: readonly string[];
  /** Undefined: both faces. */
  face?: Face;
  handle: Handler;
};

const get = ['GET', 'HEAD'] as const;

/** Every path that the org serves; each handler names the source of its behaviour. */
const routes: readonly Route[] = [
  { path: '/services/oauth2/token', handle: tokenEndpoint },
  { path: '/services/oauth2/authorize', methods: [...get, 'POST'], handle: authorize },
  { path: '/services/oauth2/introspect', methods: ['POST'], handle: introspect },
  { path: '/services/oauth2/revoke', methods: [...get, 'POST'], handle: revoke },
  { path: '/setup/connect', methods: [...get, 'POST'], handle: connectDevice },
  { path: '/services/oauth2/userinfo', methods: [...get, 'POST'], handle: userinfo },
  { path: '/id/keys', methods: get, handle: keys },
  { path: /^\/id\/\w+\/\w+$/, methods: get, handle: identity },
  { path: '/.well-known/openid-configuration', methods: get, handle: openidConfiguration },
  { path: '/.well-known/auth-configuration', methods: get, face: 'my-domain', handle: authConfiguration },
  { path: /^\/services\/data\/?$/, methods: get, face: 'my-domain', handle: versionList },
  { path: /^\/services\/data\/v[\d.]+\/?$/, methods: get, face: 'my-domain', handle: resources },
  { path: /^\/services\/data\/v[\d.]+\/limits\/?$/, methods: get, face: 'my-domain', handle: limits },
  { path: /^\/services\/data\/v[\d.]+\/(tooling\/)?query\/?$/, methods: get, face: 'my-domain', handle: query },
  {
    path: /^\/services\/data\/v[\d.]+\/(tooling\/)?query\/\w+-\d+$/,
    methods: get,
    face: 'my-domain',
    handle: queryMore,
  },
  { path: /^\/services\/data\/v[\d.]+\/sobjects\/\w+\/?$/, face: 'my-domain', handle: objectOrNewRecord },
  { path: /^\/services\/data\/v[\d.]+\/sobjects\/\w+\/\w+$/, face: 'my-domain', handle: oneRecord },
  {
    ...{ path: /^\/services\/data\/v[\d.]+\/sobjects\/EventLogFile\/\w+\/LogFile$/, methods: get },
    ...{ face: 'my-domain', handle: logFile },
  },
  { path: /^\/services\/data\/v[\d.]+\/apps\/oauth\/usage$/, methods: get, face: 'my-domain', handle: oauthUsage },
  {
    path: /^\/services\/data\/v[\d.]+\/apps\/oauth\/credentials\/\w+$/,
    methods: get,
    face: 'my-domain',
    handle: consumers,
  },
  {
    path: /^\/services\/data\/v[\d.]+\/apps\/oauth\/credentials\/\w+\/\w+$/,
    methods: get,
    face: 'my-domain',
    handle: consumerCredentials,
  },
  { path: /^\/services\/Soap\/m\/[\d.]+\/?$/, methods: ['POST'], face: 'my-domain', handle: metadataSoap },
  {
    ...{ path: /^\/services\/data\/v[\d.]+\/metadata\/deployRequest\/?$/, methods: ['POST'] },
    ...{ face: 'my-domain', handle: deployRequest },
  },
  {
    ...{ path: /^\/services\/data\/v[\d.]+\/metadata\/deployRequest\/\w+$/, methods: [...get, 'PATCH'] },
    ...{ face: 'my-domain', handle: deployRequestById },
  },
];

/** The org's own answer. A path that neither face or only the other one serves is a 404. */
export async function answer(context: Context): Promise<Reply> {
  const { world, path, face, method } = context;
  if (world.org.facts.maintenance) return dataNotAvailable(world.switches.htmlStatus);
  const route = routes.find((one) => (typeof one.path === 'string' ? one.path === path : one.path.test(path)));
  if (!route || (route.face !== undefined && route.face !== face)) return notFound();
  if (route.methods && !route.methods.includes(method)) return methodNotAllowed(method, route.methods);
  return route.handle(context);
}
