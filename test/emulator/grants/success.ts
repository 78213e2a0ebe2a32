import type { GrantRequest } from '../token-endpoint.ts';
import type { World } from '../http.ts';
import type { User } from '../state.ts';
import type { Token } from '../tokens.ts';
import { createHash } from 'node:crypto';
import { literalLoginUrl } from './audience.ts';

/** The identity URL of a user; its host is login or test even after a login through the My Domain (docs/reference/salesforce-oauth.md §1.3). */
export function identityUrl(world: World, user: User): string {
  const { org, switches, urls } = world;
  const hosts = { 'login-face': urls.login, salesforce: literalLoginUrl(world), 'my-domain': urls['my-domain'] };
  return `${hosts[switches.idHost]}/id/${org.id}/${user.id}`;
}

/** The five keys of a success, in Salesforce's order, plus what switches add (docs/reference/salesforce-oauth.md §1.3). */
export function successBody({ world, now }: GrantRequest, token: Token): Record<string, string> {
  const { switches, urls } = world;
  const scopes = token.scopes.filter(
    (scope) => switches.scopeListsRefreshToken || !/^(refresh_token|offline_access)$/.test(scope)
  );
  const id = identityUrl(world, token.user);
  return {
    access_token: token.value,
    ...(switches.extraSuccessKeys && { signature: createHash('sha256').update(`${id}${now}`).digest('base64') }),
    scope: scopes.join(' '),
    instance_url: switches.instanceUrl || urls['my-domain'],
    id,
    token_type: 'Bearer',
    ...(switches.extraSuccessKeys && { issued_at: String(now) }),
    ...(switches.tokenFormatKey && token.app.tokenFormat === 'jwt' && { token_format: 'jwt' }),
    ...(switches.apiInstanceUrl && { api_instance_url: 'https://api.salesforce.com' }),
  };
}
