/** The oldest API version that Elastic's package asks for; its input takes 46 and newer (docs/reference/aquila-collector.md §3.1, §4.3). */
export const apiVersion = 56;

/**
 * Which log files the queries ask for. Without the paid add-on an org has very likely none of the hourly ones, although they are the
 * default of Elastic's package (docs/reference/aquila-collector.md §5.2).
 */
export const logFileInterval = 'Daily';

/** SOQL of the first run and of the later ones, in which the input puts the last value of the cursor field. */
export type Queries = { interval: string; default: string; value: string; cursor: string };

/** Records that a stream reads beside, or instead of, log files. */
export type StreamRecords = Queries & {
  object: string;
  /** What it takes to read them, line by line. */
  needs: readonly string[];
  /** False: they need more than log files do, so they are handed over switched off. */
  enabled: boolean;
};

/** What one input collects. */
export type Stream = {
  /** As Elastic's package calls it: its data set is `salesforce.<name>`. */
  name: 'login' | 'logout' | 'apex' | 'setupaudittrail';
  logFiles?: Queries;
  records?: StreamRecords;
};

/** Filter, order and cursor are one field, as the input asks for. */
function logFiles(...eventTypes: string[]): Queries {
  const quoted = eventTypes.map((type) => `'${type}'`);
  const ofType = quoted.length === 1 ? `EventType = ${quoted.join()}` : `EventType IN (${quoted.join(', ')})`;
  const from = `SELECT Id,CreatedDate,LogDate,LogFile FROM EventLogFile WHERE Interval = '${logFileInterval}' AND ${ofType}`;
  const order = 'ORDER BY CreatedDate ASC NULLS FIRST';
  return {
    interval: '1h',
    default: `${from} ${order}`,
    value: `${from} AND CreatedDate > [[ .cursor.event_log_file.last_event_time ]] ${order}`,
    cursor: 'CreatedDate',
  };
}

/** Big objects come newest first and in no other order, so the first event is the newest. */
function realTime(object: 'LoginEvent' | 'LogoutEvent', licence: readonly string[]): StreamRecords {
  const from = `SELECT FIELDS(STANDARD) FROM ${object}`;
  return {
    object,
    needs: [
      `Real-time events are switched off. They need: ${object} with Enable Storage in Event Manager,`,
      'View Real-Time Event Monitoring Data, perhaps permission for the object itself, and',
      ...licence,
    ],
    enabled: false,
    interval: '5m',
    default: from,
    value: `${from} WHERE EventDate > [[ .cursor.object.first_event_time ]]`,
    cursor: 'EventDate',
  };
}

const auditTrail = 'SELECT FIELDS(STANDARD) FROM SetupAuditTrail';

/** The four streams of Elastic's package (docs/reference/aquila-collector.md §5). */
export const streams: readonly Stream[] = [
  {
    name: 'login',
    logFiles: logFiles('Login'),
    records: realTime('LoginEvent', ['the licence Salesforce Shield or the Event Monitoring add-on.']),
  },
  {
    name: 'logout',
    logFiles: logFiles('Logout'),
    records: realTime('LogoutEvent', [
      'a licence, which Enterprise and Unlimited Edition include according to Elastic.',
    ]),
  },
  {
    name: 'apex',
    logFiles: logFiles(
      ...['ApexCallout', 'ApexExecution', 'ApexRestApi', 'ApexSoap', 'ApexTrigger'],
      'ExternalCustomApexCallout'
    ),
  },
  {
    name: 'setupaudittrail',
    records: {
      object: 'SetupAuditTrail',
      needs: [
        'The setup audit trail needs no licence. Inferred, not documented: it needs View Setup and Configuration.',
        'Its cursor is CreatedDate; some templates of Elastic name EventDate, which the object does not have.',
      ],
      enabled: true,
      interval: '1h',
      default: `${auditTrail} ORDER BY CreatedDate ASC NULLS FIRST`,
      value: `${auditTrail} WHERE CreatedDate > [[ .cursor.object.last_event_time ]] ORDER BY CreatedDate ASC NULLS FIRST`,
      cursor: 'CreatedDate',
    },
  },
];

/** A base URL as the collectors need it: they put a path behind it without looking (docs/reference/aquila-collector.md §3.1). */
export const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** A value that holds `${`, which Elastic's programs would take for a variable, as they take it verbatim. */
export const withoutVariables = (value: string): string => value.replaceAll('${', () => '$${');

/** What a person must know of a key path that is not the collector's, for a comment. */
export const localPathNote = [
  'CHANGE THIS: it is the path on the machine that wrote this file, not on the collector.',
  'Or say it once: sf aquila report --key-path PATH_ON_THE_COLLECTOR',
] as const;

/** Where the JKS is that `sf aquila` makes of the key, if it lies beside it: under the name that the vendor's guide gives it. */
export const keystoreBeside = (keyPath: string): string =>
  keyPath.replace(/^([A-Za-z]:|\\\\)/.test(keyPath) ? /[^\\/]*$/ : /[^/]*$/, () => 'servercert.jks');
