import type { Network } from './http.ts';
import { readRestAnswer, type Answer, type RestRefusal } from './refusal.ts';
import type { GrantedSession } from './granted-session.ts';

/** Hours that the collector looks back at its first start (`initial_interval`, docs/reference/aquila-collector.md §4.3). */
const firstLook = 168;

/** Log files longer than this, in bytes, are not downloaded: the answer must fit into what this plugin reads, in the time that it has. */
const longestSample = 4_000_000;

type LogRow = {
  Id: string;
  EventType: string;
  Interval: string;
  LogDate: string;
  LogFile: string;
  LogFileLength: number;
};

const since = (now: Date): string => new Date(now.getTime() - firstLook * 3_600_000).toISOString();

/**
 * The log files of logins and logouts, by the collector's own query of both streams at once, and for both intervals
 * (docs/reference/aquila-collector.md §5.1).
 */
export async function readEventLogFiles({ query }: GrantedSession, now: Date) {
  const answer = await query<LogRow>(
    'SELECT Id,EventType,Interval,CreatedDate,LogDate,LogFile,LogFileLength FROM EventLogFile ' +
      `WHERE LogDate > ${since(now)} AND Interval IN ('Hourly','Daily') AND EventType IN ('Login','Logout') ` +
      'ORDER BY LogDate ASC NULLS FIRST'
  );
  if ('refused' in answer) return answer;
  const rows = answer.value;
  const count = (interval: string): number => rows.filter(({ Interval }) => Interval === interval).length;
  const sample = rows.filter(({ LogFileLength }) => LogFileLength <= longestSample).at(-1);
  return {
    value: {
      hourly: count('Hourly'),
      daily: count('Daily'),
      sample: sample && {
        id: sample.Id,
        eventType: sample.EventType,
        interval: sample.Interval,
        logDate: sample.LogDate,
        length: sample.LogFileLength,
        path: sample.LogFile,
      },
    },
  };
}

/** Downloads a log file as the collector does: the path behind the Instance URL as it stands, and the token with it (§3.1). */
export async function downloadLogFile(instanceUrl: string, path: string, accessToken: string, network: Network) {
  const url = `${instanceUrl}${path}`;
  const http = await network.send({ url, bearer: accessToken, headers: { accept: '*/*' } });
  const { status, body, contentType } = http;
  const errorCode = status === 200 ? undefined : refusalOf(() => readRestAnswer<unknown>(http))?.errorCode;
  return { url, status, bytes: Buffer.byteLength(body), contentType, ...(errorCode !== undefined && { errorCode }) };
}

/** The org's refusal; undefined where a page answered, or anything else that is none. */
function refusalOf(read: () => Answer<unknown>): RestRefusal | undefined {
  try {
    const answer = read();
    return 'refused' in answer ? answer.refused : undefined;
  } catch {
    return undefined;
  }
}

/** The first row of a stream by the collector's own query; one is enough to see that it runs, and a page of them can be long. */
const first = async ({ query }: GrantedSession, soql: string): Promise<Answer<{ rows: number }>> => {
  const answer = await query<unknown>(`${soql} LIMIT 1`);
  return 'refused' in answer ? answer : { value: { rows: answer.value.length } };
};

export const readEvents = (session: GrantedSession, object: 'LoginEvent' | 'LogoutEvent', now: Date) =>
  first(session, `SELECT FIELDS(STANDARD) FROM ${object} WHERE EventDate > ${since(now)}`);

export const readSetupAuditTrail = (session: GrantedSession, now: Date) =>
  first(
    session,
    `SELECT FIELDS(STANDARD) FROM SetupAuditTrail WHERE CreatedDate > ${since(now)} ORDER BY CreatedDate ASC NULLS FIRST`
  );
