import type { AppHeader } from '../app/settings.ts';

/** What the org said when it refused: its own code and words. */
export type Refused = { refused: { status: number; errorCode: string; message: string } };

/** One row of EventLogFile. */
export type LogFile = {
  id: string;
  eventType: string;
  interval: string;
  logDate: string;
  /** Bytes. */
  length: number;
  /** What the collector puts behind the Instance URL. */
  path: string;
};

/** The log files of the last days: how many of each interval, and the one to be downloaded as a sample. */
export type EventLogFiles = { hourly: number; daily: number; sample: LogFile | undefined };

/** The download of the sample from the Instance URL that is handed over; `errorCode` where the org refused it. */
export type LogDownload = {
  url: string;
  status: number;
  bytes: number;
  contentType: string | undefined;
  errorCode?: string | undefined;
};

/** Rows of a stream that has nothing to be counted: 1 where there is anything, since one row is asked for. */
export type Rows = { rows: number };

/** Requests of the last 24 hours. */
export type ApiLimit = { remaining: number; max: number };

/** What the user of the token may do, by UserPermissionAccess. */
export type UserRights = {
  apiEnabled: boolean;
  viewEventLogFiles: boolean;
  /** Undefined where the org has no such column. */
  viewRealTimeEvents: boolean | undefined;
  viewAllData: boolean;
  viewSetup: boolean;
};

/** Whether the user can log in at all: a granted token says so, or the rows of the user that an administrator sees. */
export type UserState = {
  active: boolean;
  /** Undefined where the administrator may not see it. */
  frozen: boolean | undefined;
  seenBy: 'login' | 'administrator';
};

/** Minutes of a session, and whose setting that is. `token-app`: the app's, for tokens in JWT format. */
export type SessionLifetime = {
  /** Undefined where the administrator may not see the settings of the org. */
  minutes: number | undefined;
  of: 'app' | 'token-app' | 'org';
  app: AppHeader;
};

/** What is read as the collector reads it, with the token of its login; and of its user. Undefined: nobody could be asked. */
export type DataRead = {
  /** Undefined after a refused login, where no administrator's session can tell. */
  userState: UserState | undefined;
  /** Undefined where the org shows no such row. */
  userRights: UserRights | Refused | undefined;
  eventLogFiles: EventLogFiles | Refused;
  /** Undefined where there is no log file yet, or none that is short enough. */
  logDownload: LogDownload | undefined;
  loginEvents: Rows | Refused;
  logoutEvents: Rows | Refused;
  setupAuditTrail: Rows | Refused;
  /** Undefined where the answer names no such limit. */
  apiLimit: ApiLimit | Refused | undefined;
  /** Undefined without an administrator's session. */
  sessionLifetime: SessionLifetime | undefined;
};
