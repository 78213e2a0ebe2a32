import type { AppGrantee } from '../app/settings.ts';
import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

/** More than these are not counted. */
const most = 200;

/** Active users whom an app is pre-authorised for, and so whom an assertion with its key can name. */
export type NamableUsers = {
  usernames: string[];
  /** False where there are more. */
  complete: boolean;
};

/** The users of profiles and permission sets; of groups too, since whoever has a group is assigned it as a permission set. */
export async function readNamableUsers(
  session: OrgSession,
  grantees: readonly AppGrantee[]
): Promise<Answer<NamableUsers>> {
  const profiles = grantees.filter(({ kind }) => kind === 'profile').map(({ name }) => soqlText(name));
  const sets = grantees.filter(({ kind }) => kind !== 'profile').map(({ id }) => soqlText(id));
  const [ofProfiles, ofSets] = await Promise.all([
    profiles.length === 0
      ? { value: [] }
      : session.query<{ Username: string }>(
          `SELECT Username FROM User WHERE IsActive = TRUE AND Profile.Name IN (${profiles.join(', ')}) LIMIT ${most + 1}`
        ),
    sets.length === 0
      ? { value: [] }
      : session.query<{ Assignee?: { Username?: string } | null }>(
          'SELECT Assignee.Username FROM PermissionSetAssignment WHERE Assignee.IsActive = TRUE AND ' +
            `PermissionSetId IN (${sets.join(', ')}) LIMIT ${most + 1}`
        ),
  ]);
  if ('refused' in ofProfiles) return ofProfiles;
  if ('refused' in ofSets) return ofSets;
  const names = [
    ...ofProfiles.value.map(({ Username }) => Username),
    ...ofSets.value.flatMap(({ Assignee }) => Assignee?.Username ?? []),
  ];
  const complete = ofProfiles.value.length <= most && ofSets.value.length <= most;
  return { value: { usernames: [...new Set(names)].sort(), complete } };
}
