import type { AppHeader } from '../app/settings.ts';
import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

/** The org shows no more rows of OauthToken than these (Object Reference, OauthToken). */
const most = 2500;

/** Tokens of an app that the org still honours. */
export type AppTokens = {
  tokens: number;
  users: number;
  /** When one of them was used last, ISO 8601; undefined: none ever was. */
  lastUsed: string | undefined;
  /** False where the org may have more. */
  complete: boolean;
};

/** By the label of the app, which is what the org calls it here. */
export async function readAppTokens(session: OrgSession, { label }: AppHeader): Promise<Answer<AppTokens>> {
  const rows = await session.query<{ UserId?: string; LastUsedDate?: string | null }>(
    `SELECT UserId, LastUsedDate FROM OauthToken WHERE AppName = ${soqlText(label)}`
  );
  if ('refused' in rows) return rows;
  const used = rows.value.flatMap(({ LastUsedDate }) => LastUsedDate ?? []).sort();
  return {
    value: {
      tokens: rows.value.length,
      users: new Set(rows.value.map(({ UserId }) => UserId)).size,
      lastUsed: used.at(-1),
      complete: rows.value.length < most,
    },
  };
}
