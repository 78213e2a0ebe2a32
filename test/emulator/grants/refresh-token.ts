import { createHash } from 'node:crypto';
import { Refusal } from '../oauth-errors.ts';
import type { Grant } from '../token-endpoint.ts';
import { issueToken } from '../tokens.ts';
import { identityUrl } from './success.ts';

/**
 * The refresh token grant (docs/reference/salesforce-oauth.md §4), as stock sf renews a web login: by its app PlatformCLI, which has no
 * secret. The refresh token is not rotated.
 */
export const refreshToken: Grant = ({ world, parameters, now }) => {
  const { org, switches, urls } = world;
  if (parameters.has('scope') && switches.answers.scopeParameter !== 'accept') {
    throw new Refusal(switches.answers.scopeParameter);
  }
  const clientId = parameters.get('client_id') ?? '';
  const app = clientId === org.cli.clientId ? org.cli : org.app(clientId);
  if (!app) throw new Refusal(switches.answers.unknownClient);
  const value = parameters.get('refresh_token');
  const held = org.refreshTokens.find((one) => one.value === value && one.app === app && !one.revoked);
  if (!held) throw new Refusal('refresh-token-expired');
  const { user } = held;
  if (!user.active && switches.answers.inactiveUser !== 'accept') throw new Refusal(switches.answers.inactiveUser);
  const token = issueToken(world, user, app, now);
  const id = identityUrl(world, user);
  return {
    access_token: token.value,
    signature: createHash('sha256').update(`${id}${now}`).digest('base64'),
    scope: token.scopes.join(' '),
    instance_url: switches.instanceUrl || urls['my-domain'],
    id,
    token_type: 'Bearer',
    issued_at: String(now),
  };
};
