import { judgeClient } from './grants/client.ts';
import { FlowRefusal } from './grants/flow-errors.ts';
import { refreshTokenServes } from './grants/issue.ts';
import { identityUrl } from './grants/success.ts';
import { json } from './http.ts';
import type { Context, Reply } from './http.ts';
import { Refusal, oauthError } from './oauth-errors.ts';
import { formFields } from './parameters.ts';
import type { App } from './state.ts';
import { withHeaders } from './token-endpoint.ts';
import { findToken } from './tokens.ts';

/**
 * `POST /services/oauth2/introspect` (docs/reference/salesforce-oauth.md §5.1; RFC 7662): client id and secret by Basic or in the body, else
 * E14, also for an unknown client. A token that is not good, or not the caller's, is `{"active":false}` and no more.
 */
export async function introspect(context: Context): Promise<Reply> {
  const { world } = context;
  const { switches } = world;
  const parameters = await formFields(context.body, context.headers);
  try {
    const assertion = switches.introspectClientAssertion === 'accept';
    const app = judgeClient(context, parameters, () => ({ secret: 'required', assertion }));
    const value = parameters.get('token');
    if (!value) throw new FlowRefusal('tokenMissing');
    return withHeaders(json(200, access(value, app, context) ?? refresh(value, app, context) ?? { active: false }));
  } catch (error) {
    if (error instanceof FlowRefusal) return withHeaders(error.reply(switches));
    if (!(error instanceof Refusal)) throw error;
    return withHeaders(oauthError(error.situation === 'unknownClient' ? 'E14' : error.row, switches));
  }
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

function access(value: string, caller: App, { world, now }: Context): object | undefined {
  const { org, switches } = world;
  const token = findToken(org, value);
  if (!token || hidden(caller, token.app, token.byPassword ?? false, world.switches.introspectForeignToken))
    return undefined;
  const minutes = token.app.sessionTimeoutInMinutes ?? org.facts.sessionTimeoutInMinutes;
  // A session that the org never ends has its whole time ahead.
  const since = switches.sessionTimeout === 'enforced' ? (token.usedAt ?? token.issuedAt) : now;
  const expiry = since + minutes * 60_000;
  if (now >= expiry) return undefined;
  return {
    active: true,
    scope: token.scopes.join(' '),
    client_id: token.app.clientId,
    username: token.user.username,
    sub: identityUrl(world, token.user),
    token_type: 'access_token',
    exp: seconds(expiry),
    iat: seconds(token.issuedAt),
    nbf: seconds(token.issuedAt),
  };
}

/** A refresh token without an end has no `exp`, which the reference does not show. */
function refresh(value: string, caller: App, { world, now }: Context): object | undefined {
  const { org, switches } = world;
  const token = org.refreshTokens.find((one) => one.value === value);
  if (!token?.user.active || !refreshTokenServes(token, now)) return undefined;
  if (hidden(caller, token.app, false, switches.introspectForeignToken)) return undefined;
  const issued = token.issuedAt === undefined ? {} : { iat: seconds(token.issuedAt), nbf: seconds(token.issuedAt) };
  return {
    active: true,
    scope: (token.scopes ?? token.app.scopes).join(' '),
    client_id: token.app.clientId,
    username: token.user.username,
    sub: identityUrl(world, token.user),
    token_type: 'refresh_token',
    ...issued,
  };
}

const hidden = (caller: App, owner: App, byPassword: boolean, foreign: 'inactive' | 'active'): boolean =>
  (owner !== caller || byPassword) && foreign === 'inactive' && !caller.flows.introspectAllTokens;
