import { Refusal } from '../oauth-errors.ts';
import type { Grant } from '../token-endpoint.ts';
import { issueRefreshToken, issueToken } from '../tokens.ts';
import { appTrouble, judgeClient } from './client.ts';
import { refreshTokenServes, signed, whereAndWho } from './issue.ts';

/**
 * The refresh token grant (docs/reference/salesforce-oauth.md §4). Stock sf renews a web login by its app PlatformCLI, which has no secret.
 * A new refresh token comes, and the old one ends, only where the app rotates them.
 */
export const refreshToken: Grant = (context) => {
  const { world, parameters, now } = context;
  const { org, switches } = world;
  if (parameters.has('scope') && switches.answers.scopeParameter !== 'accept') {
    throw new Refusal(switches.answers.scopeParameter);
  }
  const value = parameters.get('refresh_token');
  const held = org.refreshTokens.find((one) => one.value === value);
  // Without a secret, a token that is not the client's own is the first thing wrong.
  const app = judgeClient(context, parameters, (client) => ({
    secret: held?.app === client && client.flows.secretRequiredForRefresh ? 'required' : 'optional',
    assertion: true,
  }));
  const trouble = appTrouble(context, app);
  if (trouble) throw trouble;
  if (held?.app !== app || !refreshTokenServes(held, now)) throw new Refusal('refresh-token-expired');
  const { user } = held;
  if (!user.active && switches.answers.inactiveUser !== 'accept') throw new Refusal(switches.answers.inactiveUser);
  const token = issueToken(world, user, app, now, held.scopes);
  held.usedAt = now;
  token.refreshToken = held;
  const rotated = app.flows.refreshTokenRotation ? issueRefreshToken(world, user, app) : undefined;
  if (rotated) {
    Object.assign(rotated, { scopes: held.scopes, issuedAt: now });
    held.revoked = true;
    token.refreshToken = rotated;
  }
  return {
    access_token: token.value,
    ...(rotated && { refresh_token: rotated.value }),
    ...signed(context, token),
    scope: token.scopes.join(' '),
    ...whereAndWho(context, token),
  };
};
