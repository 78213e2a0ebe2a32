import type { Answer, OrgSession } from './session.ts';

type Row = { UserId?: string; LoginSubType?: string | null; Status?: string };

/** What the Login History calls the flows that a person goes through (Object Reference, LoginHistory, LoginSubType). */
const flowOf = {
  OauthUsernamePassword: 'username-password',
  OauthUserAgent: 'user-agent',
  OauthUserAgentIdToken: 'user-agent',
  OauthHybridUserAgent: 'user-agent',
  OauthWebServer: 'web-server',
  OauthHybridWebServer: 'web-server',
} as const satisfies Record<string, string>;
type Flow = (typeof flowOf)[keyof typeof flowOf];

const days = 30;
const most = 2000;

/** Logins of the last 30 days that succeeded, by flow. */
export type Logins = {
  days: number;
  /** False where there are more than were asked for. */
  complete: boolean;
  flows: Record<Flow, { logins: number; users: number }>;
};

/** Undefined where the session sees nobody's logins but its own: without Manage Users the org answers with these, and no refusal. */
export async function readFlowLogins(session: OrgSession): Promise<Answer<Logins | undefined>> {
  const names = Object.keys(flowOf).map((name) => `'${name}'`);
  const [rights, rows] = await Promise.all([
    session.query<{ PermissionsManageUsers?: boolean }>('SELECT PermissionsManageUsers FROM UserPermissionAccess'),
    session.query<Row>(
      'SELECT UserId, LoginSubType, Status FROM LoginHistory ' +
        `WHERE LoginTime = LAST_N_DAYS:${days} AND LoginSubType IN (${names.join(', ')}) ORDER BY LoginTime DESC LIMIT ${most}`
    ),
  ]);
  if ('refused' in rights) return rights;
  if ('refused' in rows) return rows;
  if (rights.value[0]?.PermissionsManageUsers !== true) return { value: undefined };
  const good = rows.value.filter(({ Status }) => Status === 'Success');
  const of = (flow: Flow): { logins: number; users: number } => {
    const logins = good.filter(({ LoginSubType }) => flowNamed(LoginSubType) === flow);
    return { logins: logins.length, users: new Set(logins.map(({ UserId }) => UserId)).size };
  };
  const flows = {
    'username-password': of('username-password'),
    'user-agent': of('user-agent'),
    'web-server': of('web-server'),
  };
  return { value: { days, complete: rows.value.length < most, flows } };
}

const flowNamed = (name: string | null | undefined): Flow | undefined =>
  Object.entries(flowOf).find(([subtype]) => subtype === name)?.[1];
