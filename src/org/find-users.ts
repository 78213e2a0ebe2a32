import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

/** A user as a person knows one. */
export type UserChoice = { username: string; name: string; profile: string | undefined };

type Row = { Username: string; Name?: string | null; Profile?: { Name?: string } | null };

/** More than these on a screen help nobody. */
const most = 20;

/** Active users whose name or username has a text in it, in alphabetical order, one more than is shown at most. */
export async function findUsers(session: OrgSession, text: string): Promise<Answer<UserChoice[]>> {
  // In LIKE these two are wildcards unless a backslash stands before them; no username has a backslash itself.
  const literal = soqlText(text.trim().replaceAll('\\', ''))
    .slice(1, -1)
    .replace(/[%_]/g, String.raw`\$&`);
  const pattern = `'%${literal}%'`;
  const answer = await session.query<Row>(
    `SELECT Username, Name, Profile.Name FROM User WHERE IsActive = true AND (Username LIKE ${pattern} OR Name LIKE ${pattern}) ` +
      `ORDER BY Username LIMIT ${String(most + 1)}`
  );
  if ('refused' in answer) return answer;
  return {
    value: answer.value.map(({ Username, Name, Profile }) => ({
      username: Username,
      name: Name ?? '',
      profile: Profile?.Name,
    })),
  };
}
