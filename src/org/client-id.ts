import type { AppHeader } from '../app/settings.ts';
import type { AppReader } from './app-reader.ts';

type Credentials = { consumers?: Array<{ id?: string; key?: string }> };

/**
 * The client id of an app: from its metadata, else from the REST API, which shows it only in orgs that allow that
 * (docs/reference/external-client-apps.md §4, §10.3). Undefined where neither does; then only Setup shows it.
 */
export async function readClientId(reader: AppReader, app: AppHeader): Promise<string | undefined> {
  const oauth = await reader.oauth(app);
  if ('value' in oauth && oauth.value?.clientId !== undefined) return oauth.value.clientId;
  const path = `/apps/oauth/credentials/${encodeURIComponent(app.id)}`;
  const answer = await reader.session.request<Credentials | undefined>({ method: 'GET', path });
  return 'value' in answer ? answer.value?.consumers?.find(({ key }) => Boolean(key))?.key : undefined;
}
