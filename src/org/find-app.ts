import type { AppHeader } from '../app/settings.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError } from '../errors.ts';
import type { AppReader } from './app-reader.ts';
import { readClientId } from './client-id.ts';
import type { Answer } from './session.ts';

/** What was found, and what there is besides where nothing was. */
export type FoundApp = {
  app: AppHeader | undefined;
  /** Labels of all apps, for whoever mistyped one. */
  names: string[];
  /** Apps that may have the client id that was looked for: the org does not show theirs. */
  unidentified: AppHeader[];
};

/**
 * The app of a client id, or of a developer name or label, in this order: developer names are one of a kind, labels are not. Where both
 * kinds have the developer name, it is the external client app: only that one can still be made.
 *
 * @throws AppNameAmbiguous
 */
export async function findApp(
  reader: AppReader,
  { name, clientId }: { name?: string | undefined; clientId?: string | undefined }
): Promise<Answer<FoundApp>> {
  if (clientId !== undefined) return findByClientId(reader, clientId);
  const answer = await reader.apps();
  if ('refused' in answer) return answer;
  const { apps, hidden } = answer.value;
  const wanted = name?.trim() ?? '';
  const named = (one: string): boolean => one.toLowerCase() === wanted.toLowerCase();
  const labelled = apps.filter(({ label }) => named(label));
  const app = apps.find(({ developerName }) => named(developerName)) ?? labelled[0];
  if (app && !named(app.developerName) && labelled.length > 1) throw ambiguous(wanted, labelled);
  // An app that isn't among those that can be seen may well be among the others.
  if (!app && hidden) return { refused: hidden };
  return { value: { app, names: apps.map(({ label }) => label), unidentified: [] } };
}

const ambiguous = (label: string, apps: readonly AppHeader[]): Error =>
  aquilaError(
    'AppNameAmbiguous',
    [label, apps.map(({ kind, developerName }) => `${developerName} (${kind.replaceAll('-', ' ')})`).join(', ')],
    [apps.map(({ developerName }) => `--name ${shellWord(developerName)}`).join(' or ')]
  );

/** REST is asked once for each app: more than these would be a burst. */
const mostAsked = 20;

async function findByClientId(reader: AppReader, clientId: string): Promise<Answer<FoundApp>> {
  const answer = await reader.byClientId(clientId);
  if ('refused' in answer) return answer;
  if (answer.value) return { value: { app: answer.value, names: [], unidentified: [] } };
  const candidates = await reader.unidentified();
  // REST knows external client apps alone (docs/reference/external-client-apps.md §10.3).
  const external = candidates.filter(({ kind }) => kind === 'external-client-app');
  const asked = external.length > mostAsked ? [] : external;
  const ids = new Map(await Promise.all(asked.map(async (app) => [app, await readClientId(reader, app)] as const)));
  const app = asked.find((one) => ids.get(one) === clientId);
  const unidentified = app ? [] : candidates.filter((one) => ids.get(one) === undefined);
  return { value: { app, names: [], unidentified } };
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
