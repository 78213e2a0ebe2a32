import type { AppDefinition } from '../app/definition.ts';
import { permissionSetOf, type PermissionSetPlan } from '../app/permission-set.ts';
import { externalOauth } from '../app/read-external.ts';
import { AppReader } from '../org/app-reader.ts';
import { readClientId } from '../org/client-id.ts';
import type { OrgSession } from '../org/session.ts';
import { findLogin } from '../org/stored-logins.ts';
import { readDefinition } from './app-request.ts';
import { granted, readSituation, type Situation } from './app-situation.ts';
import { readPermissionSet } from './permission-set.ts';
import type { Missing } from './setup-missing.ts';
import { grants, type SetupRequest } from './setup-request.ts';
import type { SetupTalk } from './setup-talk.ts';

/** The org as far as it has been asked. */
export type Scene = {
  reader: AppReader;
  definition: AppDefinition;
  situation: Situation;
  permissionSet: PermissionSetPlan | undefined;
};

/**
 * Reads the org, and once more where an answer names what was not asked about.
 *
 * @param missing gets what nobody said
 * @throws what `readDefinition`, `readSituation` and `readPermissionSet` throw
 */
export async function complement(
  request: SetupRequest,
  session: OrgSession,
  talk: SetupTalk,
  missing: Missing[]
): Promise<Scene> {
  const reader = new AppReader(session);
  const scene = await readScene(request, session, reader);
  const { app, grantees } = scene.situation;
  let { contactEmail, permissionSets, createPermissionSet } = request;
  if (!app && contactEmail === undefined) {
    contactEmail = await talk.questions?.contactEmail();
    if (contactEmail === undefined) missing.push('contact-email');
  }
  if (grantees.length === 0 && !grants(request)) {
    const ask = talk.questions?.permissionSet;
    const proposed = permissionSetOf(scene.definition.developerName);
    const chosen = await ask?.(proposed, await permissionSetNames(session));
    if (chosen !== undefined) permissionSets = [chosen];
    else if (ask) createPermissionSet = true;
    else missing.push('permission-set');
  }
  const answered = { ...request, contactEmail, permissionSets, createPermissionSet };
  return readScene(answered, session, reader, scene);
}

/** @param before what is known already, and counts where the request names nothing new */
async function readScene(
  request: SetupRequest,
  session: OrgSession,
  reader: AppReader,
  before?: Scene
): Promise<Scene> {
  const wish = { ...request, certificateFile: undefined, force: false };
  const named = await readDefinition(wish);
  const isKnown = before?.permissionSet !== undefined || !request.createPermissionSet;
  const permissionSet = isKnown
    ? before?.permissionSet
    : await readPermissionSet(session, permissionSetOf(named.developerName));
  const sets = [...request.permissionSets, ...(permissionSet?.created === false ? [permissionSet.name] : [])];
  const definition = await readDefinition({ ...wish, permissionSets: sets });
  const isSame = before !== undefined && String(before.definition.permissionSets) === String(definition.permissionSets);
  const situation = isSame ? before.situation : await readSituation(session, reader, definition, request.username);
  const expected = permissionSet?.created
    ? [{ id: '', kind: 'permission-set' as const, name: permissionSet.name }]
    : [];
  const present = situation.wanted.filter(({ id }) => id !== '');
  return { reader, definition, permissionSet, situation: { ...situation, wanted: [...present, ...expected] } };
}

/** What a person may choose from: none of profiles, none of packages. */
async function permissionSetNames(session: OrgSession): Promise<string[]> {
  const rows = granted(
    await session.query<{ Name: string }>(
      "SELECT Name FROM PermissionSet WHERE IsOwnedByProfile = false AND Type = 'Regular' AND NamespacePrefix = null ORDER BY Name"
    )
  );
  return rows.map(({ Name }) => Name);
}

/** That of an app that exists: as the org shows it, else as the login through it has it, else as somebody says it. */
export async function knownClientId(
  { reader, situation: { app, parts } }: Scene,
  { clientId, username }: SetupRequest,
  talk: SetupTalk,
  missing: Missing[]
): Promise<string | undefined> {
  if (!app || !parts?.global) return undefined;
  const shown = externalOauth(parts.global).clientId ?? (await readClientId(reader, app));
  if (shown !== undefined) return shown;
  const stored = username === undefined ? undefined : await findLogin(username);
  const isOfOrg = stored?.orgId?.slice(0, 15) === reader.session.orgId.slice(0, 15);
  const known = clientId ?? (isOfOrg ? stored.clientId : undefined) ?? (await talk.questions?.clientId(app.label));
  if (known === undefined) missing.push('client-id');
  return known;
}
