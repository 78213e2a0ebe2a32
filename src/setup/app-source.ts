import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { clientIdBytes, newClientId } from '../app/client-id.ts';
import { partName } from '../app/part-names.ts';
import { planApp } from '../app/plan.ts';
import { sourcePath } from '../app/source.ts';
import { readPart, writePart } from '../app/xml.ts';
import { externalOauth } from '../app/read-external.ts';
import type { AppDefinition } from '../app/definition.ts';
import { aquilaError, problemOf, toError } from '../errors.ts';
import { readInputFile } from '../files/read.ts';
import { withIgnoredLine } from '../files/git-ignore.ts';
import { publishFiles, takenNames, type NewFile } from '../files/publish.ts';
import { readDefinition, type CreateAppRequest } from './app-request.ts';
import type { CreatedApp } from './create-app.ts';
import { sourceTree } from './source-tree.ts';

/** The folder whose file holds the client id and the certificate; Salesforce says to keep it out of source control. */
const ignored = 'extlClntAppGlobalOauthSets/';

export type AppSourceRequest = Omit<CreateAppRequest, 'targetOrg' | 'dryRun' | 'wait'> & { outputDir: string };

export type WrittenApp = Omit<CreatedApp, 'instanceUrl' | 'plan'> & { files: string[] };

/**
 * Writes the metadata of a new app as a source tree, all files or none, without asking any org. Outside a Salesforce DX project the
 * folder becomes one, so that it can be deployed as it is.
 *
 * @throws what keeps the app from being defined, and what `publishFiles` throws
 */
export async function writeAppSource(request: AppSourceRequest): Promise<WrittenApp> {
  const definition = await readDefinition({ ...request, dryRun: false, wait: 0 });
  if (definition.permissionSets.length + definition.profiles.length === 0) throw aquilaError('AppGranteeMissing');
  const directory = resolve(request.outputDir);
  const { below, files: ofProject } = sourceTree(directory);
  const clientId =
    definition.clientId ??
    (request.force ? await writtenId(join(directory, below), definition) : undefined) ??
    randomId();
  const plan = planApp({ wanted: definition, found: undefined, clientId, orgId: '' });
  if ('problem' in plan) throw toError(plan.problem);

  const files: NewFile[] = [
    ...plan.parts.map((part): NewFile => ({
      name: `${below}${sourcePath(part.type, part.fullName)}`,
      bytes: writePart(part),
      mode: 0o644,
    })),
    ...ofProject,
  ];
  refuseTaken(
    directory,
    files.map(({ name }) => name),
    request.force
  );
  const ignore = withIgnoredLine(directory, ignored);
  const gitIgnore: NewFile[] = ignore ? [{ name: '.gitignore', bytes: ignore.text, mode: 0o644 }] : [];
  // Ignored first: the file must never lie there for git to take.
  if (ignore?.exists) await publishFiles(directory, gitIgnore, { force: true });
  const written = ignore?.exists === false ? [...gitIgnore, ...files] : files;
  await publishFiles(directory, written, { force: request.force });
  return {
    name: definition.label,
    developerName: definition.developerName,
    clientId,
    changes: plan.changes,
    files: [...gitIgnore, ...files].map(({ name }) => join(directory, name)),
  };
}

const randomId = (): string => newClientId(randomBytes(clientIdBytes));

/** The client id of the source that is replaced: an app that was made from it would silently keep it (docs/reference/external-client-apps.md §4). */
async function writtenId(folder: string, { developerName }: AppDefinition): Promise<string | undefined> {
  const type = 'ExtlClntAppGlobalOauthSettings';
  const fullName = partName(type, developerName);
  try {
    const { bytes } = await readInputFile(join(folder, sourcePath(type, fullName)), 'any');
    return externalOauth(await readPart(type, fullName, bytes.toString('utf8'))).clientId;
  } catch (error) {
    // Whatever lies there and is no such file says nothing of a client id.
    problemOf(error);
    return undefined;
  }
}

/** @throws AppSourceExists */
function refuseTaken(directory: string, names: string[], force: boolean): void {
  const taken = takenNames(directory, names, { force: true });
  if (taken.length > 0 && !force) throw aquilaError('AppSourceExists', [directory, taken.join(', ')], []);
}
