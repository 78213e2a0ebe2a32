import { flowErrorBody } from './grants/flow-errors.ts';
import type { FlowRow } from './grants/flow-errors.ts';
import { json } from './http.ts';
import type { Context, Reply } from './http.ts';
import { formFields } from './parameters.ts';
import { findToken } from './tokens.ts';

/**
 * `/services/oauth2/revoke` (docs/reference/salesforce-oauth.md §5.2): `token` by POST form or GET query, or by GET with `callback` for a
 * script of JSONP. No client authentication; `revoke_reason` is taken and ignored. 200 with an empty body, or 400. A refresh token takes
 * its access tokens with it. A session of the user interface would be `unsupported_token_type`; this org has none, so what is no token
 * at all is.
 */
export async function revoke({ world, method, query, body, headers }: Context): Promise<Reply> {
  const { org, switches } = world;
  const parameters = method === 'POST' ? await formFields(body, headers) : new Map(query);
  const trouble = revoked(parameters.get('token') ?? '');
  const callback = method === 'POST' ? undefined : parameters.get('callback');
  const answer = trouble && flowErrorBody(trouble, switches);
  if (callback !== undefined && /^[\w$.]+$/.test(callback)) {
    const status = answer ? switches.revokeCallbackErrorStatus : 200;
    return script(status, `${callback}(${JSON.stringify(answer ? { error: answer.error } : {})});`);
  }
  if (!answer) return { status: 200, headers: {}, body: '' };
  if (switches.revokeErrorEncoding === 'json') return json(400, answer);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  return { status: 400, headers: form, body: new URLSearchParams(answer).toString() };

  function revoked(value: string): FlowRow | undefined {
    const refresh = org.refreshTokens.find((one) => one.value === value && !one.revoked);
    if (refresh) {
      refresh.revoked = true;
      for (const token of org.tokens) if (token.refreshToken === refresh) token.revoked = true;
      return undefined;
    }
    const token = findToken(org, value);
    if (token) token.revoked = true;
    else return /^(00D\w{12,15}!|eyJ|5Aep)/.test(value) ? 'revokeUnknown' : 'revokeUnsupported';
    return undefined;
  }
}

const script = (status: number, body: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/javascript;charset=UTF-8', 'X-Content-Type-Options': 'nosniff' },
  body,
});
