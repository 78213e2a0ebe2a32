import { randomBytes } from 'node:crypto';
import type { OrgState } from '../state.ts';
import { Refusal } from '../oauth-errors.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { findToken, issueToken, signedJwt } from '../tokens.ts';
import { readAssertion, readCertificate, signedBy } from './assertion.ts';
import { appTrouble, judgeClient } from './client.ts';
import { FlowRefusal } from './flow-errors.ts';
import type { ErrorBody } from './flow-errors.ts';
import { judgeUser } from './person.ts';
import { successBody } from './success.ts';

const prefix = 'urn:ietf:params:oauth:token-type:';
const subjectTypes = ['access_token', 'refresh_token', 'id_token', 'jwt', 'saml2'].map((name) => prefix + name);

/** An admin's Apex class that says who a foreign token is for, or refuses it in its own words. */
export type TokenHandler = (subjectToken: string, subjectTokenType: string) => { username: string } | ErrorBody;

const handlers = new WeakMap<OrgState, Map<string, TokenHandler>>();

/** The token exchange handlers of an org, by the name that `token_handler` gives; to be filled by a test. */
export function tokenHandlers(org: OrgState): Map<string, TokenHandler> {
  const known = handlers.get(org) ?? new Map<string, TokenHandler>();
  handlers.set(org, known);
  return known;
}

/**
 * The two grants of RFC 8693 (docs/reference/salesforce-oauth.md §4): with `token_handler` a foreign token for an access token, without it
 * an access token of this org, and an actor token where there is one, for an asset token.
 */
export const tokenExchange: Grant = (request) =>
  request.parameters.has('token_handler') ? foreignToken(request) : assetToken(request);

function foreignToken(request: GrantRequest): Record<string, string> {
  const { world, parameters, now } = request;
  const app = judgeClient(request, parameters, ({ flows }) => ({
    secret: flows.secretOptional ? 'optional' : 'required',
  }));
  const trouble = appTrouble(request, app);
  if (trouble) throw trouble;
  if (!app.flows.tokenExchange || !app.flows.tokenExchangePolicy) throw new FlowRefusal('tokenExchangeOff');
  const type = parameters.get('subject_token_type') ?? '';
  const subject = parameters.get('subject_token');
  const handler = tokenHandlers(world.org).get(parameters.get('token_handler') ?? '');
  if (!subject || !subjectTypes.includes(type) || !handler) throw new FlowRefusal('tokenExchangeRequest');
  const said = handler(subject, type);
  if ('error' in said) throw new FlowRefusal(said);
  const user = world.org.user(said.username);
  if (!user) throw new Refusal(world.switches.answers.unknownUser, 'unknownUser');
  judgeUser(request, user, app);
  return successBody(request, issueToken(world, user, app, now));
}

/** An asset token lives a minute; its claims are not in the reference, so clients must not read them. */
function assetToken(request: GrantRequest): Record<string, string | number> {
  const { world, parameters, now, face } = request;
  if (parameters.get('subject_token_type') !== `${prefix}access_token`) throw new FlowRefusal('tokenExchangeRequest');
  const subject = findToken(world.org, parameters.get('subject_token') ?? '');
  if (!subject) throw new FlowRefusal('subjectToken');
  const { app, user } = subject;
  const trouble = appTrouble(request, app);
  if (trouble) throw trouble;
  if (!app.flows.assetTokens) throw new FlowRefusal('tokenExchangeOff');
  const actor = judgeActor(request, app.certificate);
  const seconds = Math.floor(now / 1000);
  const times = { iat: seconds, exp: seconds + 60, jti: randomBytes(16).toString('hex') };
  const who = { iss: world.urls[face], sub: user.id, aud: app.clientId };
  return {
    access_token: signedJwt(world.org, {}, { ...who, ...times, ...(actor && { act: actor }) }),
    issued_token_type: `${prefix}jwt`,
    token_type: 'Bearer',
    expires_in: 60,
  };
}

/** The claims of the actor token: a JWT about the device, signed by the key of the app's certificate. */
function judgeActor({ parameters }: GrantRequest, pem: string | undefined): Record<string, unknown> | undefined {
  const text = parameters.get('actor_token');
  const type = parameters.get('actor_token_type');
  if (text === undefined && type === undefined) return undefined;
  const actor = readAssertion(text);
  const certificate = readCertificate(pem);
  const right = type === `${prefix}jwt` && actor && certificate && signedBy(actor, certificate);
  if (!right) throw new FlowRefusal('actorToken');
  return actor.claims;
}
