import type { AppHeader } from '../app/settings.ts';
import type { AppReader } from './app-reader.ts';
import type { Answer } from './session.ts';

/** What was found, and the names of all apps for whoever mistyped one. */
export type FoundApp = { app: AppHeader | undefined; names: string[] };

/**
 * The app of a client id, or of a label or developer name. Where both kinds have the name, it is the external client app: only that one
 * can still be made.
 */
export async function findApp(
  reader: AppReader,
  { name, clientId }: { name?: string | undefined; clientId?: string | undefined }
): Promise<Answer<FoundApp>> {
  if (clientId !== undefined) {
    const answer = await reader.byClientId(clientId);
    return 'refused' in answer ? answer : { value: { app: answer.value, names: [] } };
  }
  const answer = await reader.apps();
  if ('refused' in answer) return answer;
  const { apps, hidden } = answer.value;
  const wanted = (name ?? '').trim().toLowerCase();
  const app = apps.find(({ developerName, label }) =>
    [label, developerName].some((one) => one.toLowerCase() === wanted)
  );
  // An app that isn't among those that can be seen may well be among the others.
  if (!app && hidden) return { refused: hidden };
  return { value: { app, names: apps.map(({ label }) => label) } };
}

/** The external client app with this name of metadata, which is what a deployment goes by. */
export async function findDeployed(reader: AppReader, developerName: string): Promise<Answer<AppHeader | undefined>> {
  const answer = await reader.apps();
  if ('refused' in answer) return answer;
  const { apps, hidden } = answer.value;
  if (hidden) return { refused: hidden };
  const wanted = developerName.toLowerCase();
  return {
    value: apps.find((app) => app.kind === 'external-client-app' && app.developerName.toLowerCase() === wanted),
  };
}
