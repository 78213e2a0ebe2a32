import type { OrgSession } from './session.ts';

/**
 * Where the org says that clients register themselves, by its discovery document, which everybody may read (OpenID Connect Discovery 1.0;
 * docs/reference/salesforce-oauth.md §5.5). Null: the document names no such place; undefined: the org shows no such document.
 */
export async function readRegistrationEndpoint(session: OrgSession): Promise<string | null | undefined> {
  const { status, body } = await session.exchange({ path: '/.well-known/openid-configuration' });
  if (status !== 200) return undefined;
  try {
    const { registration_endpoint: endpoint } = JSON.parse(body) as { registration_endpoint?: unknown };
    return typeof endpoint === 'string' ? endpoint : null;
  } catch {
    return undefined;
  }
}
