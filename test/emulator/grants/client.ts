import { timingSafeEqual, createHash } from 'node:crypto';
import type { Context } from '../http.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App } from '../state.ts';
import type { Answers } from '../switches.ts';
import { readAssertion, readCertificate, signedBy } from './assertion.ts';

export type Parameters = ReadonlyMap<string, string>;
type Situation = [situation: keyof Answers, found: boolean];

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What is wrong with an app for a login at this host, first things first; undefined if nothing is. */
export function appTrouble(
  { world, face, now }: Context,
  app: App,
  allowed: Array<keyof Answers> = []
): Refusal | undefined {
  const { org, switches } = world;
  const situations: Situation[] = [
    ['inactiveOrg', !org.facts.active],
    ['externalAppAtLoginHost', app.kind === 'external-client-app' && face === 'login'],
    ['notYetKnown', now - app.changedAt < switches.propagationSeconds * 1000],
    ['disabledApp', !app.enabled || !app.oauthEnabled],
    ['uninstalledApp', !app.installed],
    ['blockedApp', app.blocked],
  ];
  for (const [situation, found] of situations) {
    const row = switches.answers[situation];
    if (found && row !== 'accept' && !allowed.includes(situation)) return new Refusal(row, situation);
  }
  return undefined;
}

/** The app with this client id; that of stock sf is one of them. */
export function appOf({ world }: Context, clientId: string): App | undefined {
  const { org } = world;
  return clientId === org.cli.clientId ? org.cli : org.app(clientId);
}

type Wanted = {
  secret: 'required' | 'optional';
  /** A signed client assertion counts as a secret (RFC 7523 §2.2); authorization code and refresh token. */
  assertion?: boolean;
};

/**
 * Proves who asks (docs/reference/salesforce-oauth.md §4): client id and secret by HTTP Basic (RFC 6749 §2.3.1) or in the body, E6 for
 * an unknown client, E14 for a secret that is wrong, or absent where one is needed. A secret that is not needed is judged all the same.
 * Stock sf has none.
 */
export function judgeClient(context: Context, parameters: Parameters, wanted: (app: App) => Wanted): App {
  const given = credentials(context, parameters);
  const app = given.id === undefined ? undefined : appOf(context, given.id);
  if (!app) throw new Refusal(context.world.switches.answers.unknownClient, 'unknownClient');
  const { secret, assertion } = wanted(app);
  const right =
    given.secret !== undefined
      ? sameSecret(given.secret, app.clientSecret)
      : assertion && given.assertion !== undefined
        ? assertionIsOf(given.assertion, app, context)
        : secret === 'optional' || app === context.world.org.cli;
  if (!right) throw new Refusal('E14');
  return app;
}

type Credentials = { id?: string | undefined; secret?: string | undefined; assertion?: string | undefined };

function credentials({ headers }: Context, parameters: Parameters): Credentials {
  const basic = /^Basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon >= 0) return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
  }
  const isJwt = parameters.get('client_assertion_type') === assertionType;
  const assertion = isJwt ? parameters.get('client_assertion') : undefined;
  const issuer = readAssertion(assertion)?.claims['iss'];
  const id = parameters.get('client_id') ?? (typeof issuer === 'string' ? issuer : undefined);
  return { id, secret: parameters.get('client_secret'), assertion };
}

/** Both halves of Basic are form-encoded before they are joined; what does not decode is taken as it is. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const sameSecret = (given: string, own: string): boolean => timingSafeEqual(digest(given), digest(own));

/** `iss` and `sub` name the client, `aud` this token endpoint or its host, `exp` lies ahead, and the app's certificate fits (RFC 7523 §3). */
function assertionIsOf(text: string, app: App, { world, now }: Context): boolean {
  const assertion = readAssertion(text);
  const certificate = readCertificate(app.certificate);
  if (!assertion || !certificate || !signedBy(assertion, certificate)) return false;
  const { iss, sub, aud, exp } = assertion.claims;
  const hosts = Object.values(world.urls).flatMap((url) => [url, `${url}/services/oauth2/token`]);
  return iss === app.clientId && sub === app.clientId && hosts.includes(String(aud)) && Number(exp) > now / 1000;
}
