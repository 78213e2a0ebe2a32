import type { EventLogFile, StoredEvent } from '../event-data.ts';
import type { OrgState } from '../state.ts';
import type { Absence, Asking, ColumnType, Row, Table } from '../tables.ts';

const dateTime = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('Z', '+0000');

const userIdOf = (org: OrgState, username: string): string | null => org.user(username)?.id ?? null;

/** Those who see event log files (docs/reference/aquila-collector.md §5.2). */
function eventLogFilesAbsence({ org, user, switches }: Asking): Absence {
  const permissions = org.permissionsOf(user);
  if (permissions.viewEventLogFiles || permissions.viewAllData) return undefined;
  return switches.eventLogFilesWithoutPermission;
}

const day = 86_400_000;

/**
 * The files that are there: with the licence all of the last 30 days, without it the daily ones of a few types for a day; none if
 * the org makes none. A Developer Edition has all without the licence (docs/reference/aquila-collector.md §5.2).
 */
export function eventLogFilesOf({ org, switches, now }: Pick<Asking, 'org' | 'switches' | 'now'>): EventLogFile[] {
  const { facts } = org;
  if (!facts.generateEventLogFiles) return [];
  const licensed = facts.licences.eventMonitoring || facts.organizationType === 'Developer Edition';
  const kept = now - (licensed ? 30 : 1) * day;
  return org.eventLogFiles.filter(({ createdAt, interval, eventType }) => {
    if (createdAt < kept) return false;
    return licensed || (interval === 'Daily' && switches.eventTypesWithoutLicence.includes(eventType));
  });
}

/** Columns of a log whose values are no plain text. */
const logTypes: Readonly<Record<string, string>> = {
  ORGANIZATION_ID: 'Id',
  USER_ID: 'Id',
  USER_ID_DERIVED: 'Id',
  TIMESTAMP_DERIVED: 'DateTime',
  RUN_TIME: 'Number',
  CPU_TIME: 'Number',
};

const eventLogFile: Table = {
  keyPrefix: '0AT',
  place: () => 'rest',
  absence: eventLogFilesAbsence,
  columns: {
    Id: 'id',
    IsDeleted: 'boolean',
    CreatedDate: 'datetime',
    CreatedById: 'id',
    LastModifiedDate: 'datetime',
    LastModifiedById: 'id',
    SystemModstamp: 'datetime',
    EventType: 'string',
    LogDate: 'datetime',
    LogFileLength: 'double',
    LogFileContentType: 'string',
    ApiVersion: 'double',
    Sequence: 'int',
    Interval: 'string',
    LogFileFieldNames: 'string',
    LogFileFieldTypes: 'string',
    LogFile: 'string',
  },
  notFilterable: ['LogFile', 'LogFileFieldNames', 'LogFileFieldTypes'],
  notSortable: ['LogFile', 'LogFileFieldNames', 'LogFileFieldTypes'],
  rows: (org, asking) =>
    eventLogFilesOf(asking).map((file) => {
      const { id, eventType, interval, content } = file;
      const end = content.indexOf('\n');
      const names = content.slice(0, end < 0 ? undefined : end).replaceAll('"', '').split(','); // prettier-ignore
      const created = dateTime(file.createdAt);
      const byWhom = org.idOf('005', 'Automated Process');
      return {
        Id: id,
        IsDeleted: false,
        CreatedDate: created,
        CreatedById: byWhom,
        LastModifiedDate: created,
        LastModifiedById: byWhom,
        SystemModstamp: created,
        EventType: eventType,
        LogDate: dateTime(file.logDate),
        LogFileLength: Buffer.byteLength(content),
        LogFileContentType: asking.switches.logFileContentType,
        ApiVersion: file.apiVersion,
        Sequence: file.sequence,
        Interval: interval,
        LogFileFieldNames: names.join(','),
        LogFileFieldTypes: names.map((name) => logTypes[name] ?? 'String').join(','),
        LogFile: `${asking.base}/sobjects/EventLogFile/${id}/LogFile`,
      };
    }),
};

/** What stored real-time events ask for: permission, licence, storage (docs/reference/aquila-collector.md §5.2). */
const storedAbsence =
  (object: 'LoginEvent' | 'LogoutEvent') =>
  ({ org, user, switches }: Asking): Absence => {
    const { licences, eventStorage } = org.facts;
    const included = object === 'LogoutEvent' && switches.logoutEventsWithoutLicence;
    if (!licences.realTimeEventMonitoring && !included) return switches.realTimeEventsWithoutLicence;
    if (!org.permissionsOf(user).viewRealTimeEventMonitoring) return switches.realTimeEventsWithoutPermission;
    return eventStorage[object] ? undefined : switches.eventsWithoutStorage;
  };

const storedColumns: Record<string, ColumnType> = {
  Id: 'id',
  CreatedDate: 'datetime',
  EventDate: 'datetime',
  EventIdentifier: 'string',
  LoginKey: 'string',
  SessionLevel: 'string',
  SourceIp: 'string',
  UserId: 'id',
  Username: 'string',
};

const storedRow = (org: OrgState, { at, username, sourceIp, identifier }: StoredEvent): Row => ({
  // The records of a big object have one Id, which says nothing.
  Id: '000000000000000AAA',
  CreatedDate: dateTime(at + 10_000),
  EventDate: dateTime(at),
  EventIdentifier: identifier,
  LoginKey: identifier.slice(-12),
  SessionLevel: 'STANDARD',
  SourceIp: sourceIp,
  UserId: userIdOf(org, username),
  Username: username,
});

/** The newest first, as the index of these objects has them. */
const newestFirst = <T extends { at: number }>(events: readonly T[]): T[] => [...events].sort((a, b) => b.at - a.at);

/** `EventDate`, then `EventIdentifier`; of SOQL only WHERE (Platform Events Developer Guide, "Standard SOQL Usage"). */
const stored: Omit<Table, 'columns' | 'rows'> = {
  keyPrefix: '000',
  place: () => 'rest',
  bigObjectIndex: ['EventDate', 'EventIdentifier'],
};

const loginEvent: Table = {
  ...stored,
  absence: storedAbsence('LoginEvent'),
  columns: {
    ...storedColumns,
    ...{ ApiType: 'string', ApiVersion: 'string', Application: 'string', Browser: 'string', ClientVersion: 'string' },
    ...{ HttpMethod: 'string', LoginType: 'string', LoginUrl: 'string', Platform: 'string', Status: 'string' },
  },
  rows: (org) =>
    newestFirst(org.loginEvents).map((event) => ({
      ...storedRow(org, event),
      ApiType: 'N/A',
      ApiVersion: 'N/A',
      Application: event.application,
      Browser: 'Unknown',
      ClientVersion: 'N/A',
      HttpMethod: 'POST',
      LoginType: event.loginType,
      LoginUrl: 'login.salesforce.com',
      Platform: 'Unknown',
      Status: event.status,
    })),
};

const logoutEvent: Table = {
  ...stored,
  absence: storedAbsence('LogoutEvent'),
  columns: storedColumns,
  rows: (org) => newestFirst(org.logoutEvents).map((event) => storedRow(org, event)),
};

const setupAuditTrail: Table = {
  keyPrefix: '0Ym',
  absence: ({ org, user, switches }) =>
    switches.setupAuditTrailPermission === 'none' || org.permissionsOf(user).viewSetup
      ? undefined
      : switches.setupAuditTrailWithoutPermission,
  columns: {
    Id: 'id',
    Action: 'string',
    Section: 'string',
    CreatedDate: 'datetime',
    CreatedById: 'id',
    Display: 'string',
    DelegateUser: 'string',
    ResponsibleNamespacePrefix: 'string',
    CreatedByContext: 'string',
    CreatedByIssuer: 'string',
  },
  relations: { CreatedBy: { object: 'User', by: 'CreatedById' } },
  notFilterable: ['Display', 'Section'],
  rows: (org) =>
    org.setupAuditTrail.map((entry) => ({
      Id: org.idOf('0Ym', `${entry.at} ${entry.action} ${entry.display}`),
      Action: entry.action,
      Section: entry.section,
      CreatedDate: dateTime(entry.at),
      CreatedById: userIdOf(org, entry.username),
      Display: entry.display,
      DelegateUser: null,
      ResponsibleNamespacePrefix: null,
      CreatedByContext: null,
      CreatedByIssuer: null,
    })),
};

/** With Manage Users everybody's logins, without it one's own (Object Reference, LoginHistory). */
const loginHistory: Table = {
  keyPrefix: '0Ya',
  columns: {
    Id: 'id',
    UserId: 'id',
    LoginTime: 'datetime',
    LoginType: 'string',
    LoginSubType: 'string',
    SourceIp: 'string',
    LoginUrl: 'string',
    Browser: 'string',
    Platform: 'string',
    Status: 'string',
    Application: 'string',
    ClientVersion: 'string',
    ApiType: 'string',
    ApiVersion: 'string',
  },
  notFilterable: ['SourceIp', 'Browser', 'Platform', 'Status', 'Application', 'ClientVersion', 'ApiType', 'ApiVersion'],
  rows: (org, { user }) =>
    newestFirst(org.loginHistory)
      .map((attempt) => ({
        Id: attempt.id,
        UserId: userIdOf(org, attempt.username),
        LoginTime: dateTime(attempt.at),
        LoginType: 'Remote Access 2.0',
        LoginSubType: attempt.loginSubType ?? null,
        SourceIp: attempt.sourceIp,
        LoginUrl: attempt.loginUrl,
        Browser: 'Unknown',
        Platform: 'Unknown',
        Status: attempt.status,
        Application: attempt.application,
        ClientVersion: 'N/A',
        ApiType: 'N/A',
        ApiVersion: 'N/A',
      }))
      .filter(({ UserId }) => org.permissionsOf(user).manageUsers || UserId === user.id),
};

/** What happened in the org, as a collector reads it. */
export const eventTables: Readonly<Record<string, Table>> = {
  EventLogFile: eventLogFile,
  LoginEvent: loginEvent,
  LogoutEvent: logoutEvent,
  SetupAuditTrail: setupAuditTrail,
  LoginHistory: loginHistory,
};
