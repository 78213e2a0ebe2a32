import { randomBytes } from 'node:crypto';
import { authorizationCode } from './grants/authorization-code.ts';
import { clientCredentials } from './grants/client-credentials.ts';
import { device, deviceCode } from './grants/device.ts';
import { FlowRefusal } from './grants/flow-errors.ts';
import { jwtBearer } from './grants/jwt-bearer.ts';
import { password } from './grants/password.ts';
import { refreshToken } from './grants/refresh-token.ts';
import { samlAssertion } from './grants/saml-assertion.ts';
import { samlBearer } from './grants/saml-bearer.ts';
import { tokenExchange } from './grants/token-exchange.ts';
import { json, methodNotAllowed } from './http.ts';
import type { Context, Reply } from './http.ts';
import { Refusal, oauthError } from './oauth-errors.ts';
import { formFields } from './parameters.ts';

export type GrantRequest = Context & { parameters: ReadonlyMap<string, string> };

type Success = Record<string, string | number>;

/** A grant answers with the success body, or throws a `Refusal` or `FlowRefusal`. */
export type Grant = (request: GrantRequest) => Success | Promise<Success>;

/** One file per grant, by the value of `grant_type` (docs/reference/salesforce-oauth.md §1, §4). */
const grants = new Map<string, Grant>([
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', jwtBearer],
  ['refresh_token', refreshToken],
  ['client_credentials', clientCredentials],
  ['authorization_code', authorizationCode],
  ['device', device],
  ['password', password],
  ['urn:ietf:params:oauth:grant-type:saml2-bearer', samlBearer],
  ['assertion', samlAssertion],
  ['urn:ietf:params:oauth:grant-type:token-exchange', tokenExchange],
]);

/** Grants that only the My Domain serves; the login host answers them with E19. */
const myDomainOnly = new Set(['client_credentials']);

/** `POST /services/oauth2/token` (docs/reference/salesforce-oauth.md §1.1, §1.4). */
export async function tokenEndpoint(context: Context): Promise<Reply> {
  const { world, method, face } = context;
  const { switches } = world;
  if (method !== 'POST') {
    if (switches.tokenWrongMethod === 405) return methodNotAllowed(method, ['POST']);
    return withHeaders(json(400, { error: 'invalid_request', error_description: 'must use HTTP POST' }));
  }
  const parameters = await formFields(context.body, context.headers);
  if (switches.queryParameters === 'accept') for (const [name, value] of context.query) parameters.set(name, value);
  const grantType = parameters.get('grant_type') ?? '';
  const format = switches.formatParameter === 'honour' ? parameters.get('format') : undefined;
  try {
    if (face === 'login' && myDomainOnly.has(grantType)) throw new Refusal('E19');
    const startsDevice = grantType === '' && parameters.get('response_type') === 'device_code';
    const grant = startsDevice ? deviceCode : grants.get(grantType);
    if (!grant) throw new Refusal('E16');
    const success = json(200, await grant({ ...context, parameters }));
    return inFormat(switches.noStoreOnSuccess ? withHeaders(success) : success, format);
  } catch (error) {
    if (error instanceof FlowRefusal) return inFormat(withHeaders(error.reply(switches)), format);
    if (!(error instanceof Refusal)) throw error;
    const reply = withHeaders(oauthError(error.row, switches));
    return error.row === 'E20' ? reply : inFormat(reply, format);
  }
}

/** The headers captured on an answer of the token endpoint (docs/reference/salesforce-oauth.md §1.3). */
export function withHeaders(reply: Reply): Reply {
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
      Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
      'Set-Cookie': `BrowserId=${randomBytes(16).toString('base64url')}; path=/; Max-Age=31536000; secure`,
      // Salesforce sends a long max-age, which would pin https on every localhost port of a browser that trusts this server.
      'Strict-Transport-Security': 'max-age=0',
      'X-Content-Type-Options': 'nosniff',
    },
  };
}

/** The outputs that `format` may ask for besides JSON (docs/reference/salesforce-oauth.md §1.1; not certain, so behind a switch). */
function inFormat(reply: Reply, format: string | undefined): Reply {
  if (format !== 'xml' && format !== 'urlencoded') return reply;
  const values = Object.entries(JSON.parse(reply.body) as Success).map(
    ([name, value]) => [name, String(value)] as [string, string]
  );
  if (format === 'urlencoded') {
    const headers = { ...reply.headers, 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' };
    return { ...reply, headers, body: new URLSearchParams(values).toString() };
  }
  const elements = values.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  const body = `<?xml version="1.0" encoding="UTF-8"?><OAuth>${elements}</OAuth>`;
  return { ...reply, headers: { ...reply.headers, 'Content-Type': 'application/xml;charset=UTF-8' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
