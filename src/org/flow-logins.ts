import type { Answer, OrgSession } from './session.ts';

type Row = { UserId?: string; LoginSubType?: string | null; Status?: string };

/** What the Login History calls the flows that a person goes through (Object Reference, LoginHistory, LoginSubType). */
const subtypes = {
  'username-password': ['OauthUsernamePassword'],
  'user-agent': ['OauthUserAgent', 'OauthUserAgentIdToken', 'OauthHybridUserAgent'],
  'web-server': ['OauthWebServer', 'OauthHybridWebServer'],
} as const satisfies Record<string, readonly string[]>;
type Flow = keyof typeof subtypes;

const days = 30;
const most = 2000;

/** Logins that succeeded, by flow. */
export type Logins = {
  days: number;
  /** False where there are more than were asked for. */
  complete: boolean;
  flows: Record<Flow, { logins: number; users: number }>;
};

/** The logins of the last 30 days that this session sees: without Manage Users, those of its own user. */
export async function readFlowLogins(session: OrgSession): Promise<Answer<Logins>> {
  const names = Object.values(subtypes).flatMap((some) => some.map((name) => `'${name}'`));
  const rows = await session.query<Row>(
    'SELECT UserId, LoginSubType, Status FROM LoginHistory ' +
      `WHERE LoginTime = LAST_N_DAYS:${days} AND LoginSubType IN (${names.join(', ')}) ORDER BY LoginTime DESC LIMIT ${most}`
  );
  if ('refused' in rows) return rows;
  const good = rows.value.filter(({ Status }) => Status === 'Success');
  const of = (flow: Flow): { logins: number; users: number } => {
    const logins = good.filter(({ LoginSubType }) => subtypes[flow].some((name) => name === LoginSubType));
    return { logins: logins.length, users: new Set(logins.map(({ UserId }) => UserId)).size };
  };
  const flows = {
    'username-password': of('username-password'),
    'user-agent': of('user-agent'),
    'web-server': of('web-server'),
  };
  return { value: { days, complete: rows.value.length < most, flows } };
}
