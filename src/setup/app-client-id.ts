import type { AppDefinition } from '../app/definition.ts';
import { externalOauth } from '../app/read-external.ts';
import { aquilaError } from '../errors.ts';
import type { AppReader } from '../org/app-reader.ts';
import { readClientId } from '../org/client-id.ts';
import type { Situation } from './app-situation.ts';

/**
 * The plan compares what the metadata show; what only the REST API shows is compared here.
 *
 * @throws AppClientIdFixed
 */
export async function requireClientId(
  { clientId }: AppDefinition,
  { app, parts }: Situation,
  reader: AppReader
): Promise<void> {
  if (clientId === undefined || !app || !parts?.global || externalOauth(parts.global).clientId !== undefined) return;
  const present = await readClientId(reader, app);
  if (present !== undefined && present !== clientId) throw aquilaError('AppClientIdFixed', [app.label]);
}

/**
 * A login needs the client id, so it must be known before anything is changed for its sake.
 *
 * @throws AppWaitKeyMissing
 */
export async function requireKnownId(
  { clientId }: AppDefinition,
  { app, parts }: Situation,
  reader: AppReader
): Promise<void> {
  if (!app || clientId !== undefined || (parts?.global && externalOauth(parts.global).clientId !== undefined)) return;
  if (parts?.global && (await readClientId(reader, app)) === undefined) {
    throw aquilaError('AppWaitKeyMissing', ['the org does not return the client id: give it with --client-id']);
  }
}
