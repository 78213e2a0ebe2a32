/** One file of log lines. Times are milliseconds. */
export type EventLogFile = {
  id: string;
  eventType: string;
  interval: 'Hourly' | 'Daily';
  /** The hour or the day that it is about. */
  logDate: number;
  /** When it was made, some hours later. */
  createdAt: number;
  /** From 1 for hourly files, where a late one has the next number; 0 for daily ones. */
  sequence: number;
  apiVersion: number;
  /** CSV, the names of the columns first. */
  content: string;
};

export type NewEventLogFile = Partial<Omit<EventLogFile, 'id'>> & { eventType: string };

/** A login or logout among the stored real-time events. Times are milliseconds; a user is a username. */
export type StoredEvent = { at: number; username: string; sourceIp: string; identifier: string };

export type LoginEvent = StoredEvent & { application: string; loginType: string; status: string };

/** A change in Setup. */
export type AuditEntry = { at: number; username: string; action: string; section: string; display: string };

/** One attempt to log in that the org could tie to a user. */
export type LoginAttempt = {
  id: string;
  at: number;
  username: string;
  application: string;
  loginUrl: string;
  sourceIp: string;
  status: string;
  /** The flow, such as OauthUsernamePassword; none for JWT bearer, for which the documentation has no value. */
  loginSubType?: string;
};

const hour = 3_600_000;
const day = 24 * hour;

/** The file with what is left out: daily, about the last day that has ended, with one line of log. */
export function makeEventLogFile(given: NewEventLogFile, id: string, now: number): EventLogFile {
  const interval = given.interval ?? 'Daily';
  const span = interval === 'Daily' ? day : hour;
  // A file is there three to six hours after what it tells of.
  const createdAt = given.createdAt ?? (given.logDate === undefined ? now - hour : given.logDate + span + 3 * hour);
  const logDate = given.logDate ?? Math.floor((createdAt - 3 * hour - span) / span) * span;
  return {
    id,
    apiVersion: 68,
    sequence: interval === 'Daily' ? 0 : 1,
    content: csv(['EVENT_TYPE', 'TIMESTAMP_DERIVED'], [[given.eventType, new Date(logDate).toISOString()]]),
    ...given,
    interval,
    logDate,
    createdAt,
  };
}

/** CSV as log files have it: every value in quotes. */
export function csv(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  return [columns, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** A log file of type Login with so many lines, some 250 bytes each. */
export function loginLog(
  lines: number,
  { username, userId, at }: { username: string; userId: string; at: number }
): string {
  const columns =
    'EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID RUN_TIME CPU_TIME URI LOGIN_STATUS USER_NAME BROWSER_TYPE SOURCE_IP ' +
    'TIMESTAMP_DERIVED USER_ID_DERIVED';
  const rows = Array.from({ length: lines }, (_, i) => {
    const time = new Date(at + i).toISOString();
    const stamp = `${time.replace(/[-:TZ]|\.\d+/g, '')}.${time.slice(20, 23)}`;
    return [
      ...['Login', stamp, `REQ${i}`, '', userId.slice(0, 15), '12', '8', '/services/oauth2/token', 'LOGIN_NO_ERROR'],
      ...[username, 'Go-http-client/1.1', '203.0.113.7', time, userId],
    ];
  });
  return csv(columns.split(' '), rows);
}
