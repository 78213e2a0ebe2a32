import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import {
  apiVersion,
  localPathNote,
  logFileInterval,
  withoutSlash,
  withoutVariables,
  type Queries,
  type Stream,
  type StreamRecords,
} from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';

/** One key of a map, with the lines of the comment above it. */
export type Entry = readonly [key: string, value: unknown, notes?: readonly string[]];

/** Lines of prose as the library takes them: it writes the `#`, the blank is ours. */
const prose = (lines: readonly string[]): string => lines.map((line) => ` ${line}`).join('\n');

export function mapOf(entries: readonly Entry[]): YAMLMap {
  const map = new YAMLMap();
  for (const [name, value, notes = []] of entries) {
    const key = new Scalar(name);
    if (notes.length > 0) key.commentBefore = prose(notes);
    map.items.push(new Pair(key, value));
  }
  return map;
}

/**
 * A stored value: always quoted, since what Elastic's programs read is older than YAML 1.2 and takes `no` or `12:30` for something else.
 */
export function verbatim(value: string): Scalar<string> {
  const scalar = new Scalar(withoutVariables(value));
  scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}

const query = (soql: string): Scalar<string> => {
  const scalar = new Scalar(soql);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
};

/** The text of a file, or of a part of one. Lines are never folded: they are copied. */
const textOf = (content: YAMLMap, heading: readonly string[] = []): string => {
  const document = new Document(content);
  if (heading.length > 0) document.commentBefore = prose(heading);
  return document.toString({ lineWidth: 0 });
};

/** What holds for all streams together (docs/reference/aquila-collector.md §3.5). */
export const sessionNote = [
  'Each stream is a session of its own: four access tokens. Elastic documents a limit of five for one user and',
  'app; whether Salesforce counts these logins is not known. So let nothing else use this app.',
] as const;

/** What the settings of every input say of themselves; a file says it once. */
export type Telling = { keyPathIsLocal: boolean; notes: boolean };

/**
 * The settings of one input of Elastic's kind `salesforce`, the same in Filebeat and in Elastic Agent
 * (docs/reference/aquila-collector.md §3, §4.1, §4.2).
 */
export function inputSettings(fields: HandoverFields, stream: Stream, telling: Telling): Entry[] {
  const say = (...lines: string[]): string[] => (telling.notes ? lines : []);
  return [
    ['version', apiVersion, say('Version of the Salesforce API; 46 or newer.')],
    ['auth.oauth2', mapOf([['jwt_bearer_flow', jwtBearerFlow(fields, telling), say('One flow, no second one.')]])],
    [
      'url',
      verbatim(withoutSlash(fields.instanceUrl)),
      say(
        'Instance URL: log files are downloaded from here, while queries go to the address that the',
        'answer to the login names. No slash at the end.'
      ),
    ],
    ['event_monitoring_method', monitoring(stream, telling)],
  ];
}

function jwtBearerFlow(fields: HandoverFields, { keyPathIsLocal, notes }: Telling): YAMLMap {
  const say = (...lines: string[]): string[] => (notes ? lines : []);
  const audience = withoutSlash(fields.audienceUrl);
  const flow = mapOf([
    ['enabled', true],
    ['client.id', verbatim(fields.clientId), say('Client ID: the consumer key of the app.')],
    ['client.username', verbatim(fields.username), say('The Salesforce username, not the e-mail address.')],
    [
      'client.key_path',
      verbatim(fields.clientKeyPath),
      [
        ...say(
          'The private key on the collector: RSA, PEM, PKCS#1 or PKCS#8, not encrypted, the first block',
          'of its file, and readable for the user that runs this program.'
        ),
        ...(keyPathIsLocal ? localPathNote : []),
      ],
    ],
    [
      'url',
      verbatim(audience),
      say(
        'JWT Authentication Audience URL: claim "aud" of the assertion and, with /services/oauth2/token',
        'behind it, the address of the login. No slash at the end.'
      ),
    ],
  ]);
  if (notes) {
    flow.comment = [
      prose([
        'A login host that is not the audience. Only programs with pull request 43933 of elastic/beats know',
        'this key; in which release that is, is not known.',
      ]),
      switchedOff(mapOf([['token_url', verbatim(audience)]])),
    ].join('\n');
  }
  return flow;
}

function monitoring({ logFiles, records }: Stream, { notes }: Telling): YAMLMap {
  const map = mapOf([
    ...(logFiles ? [logFileEntry(logFiles, notes)] : []),
    ...(records?.enabled ? [objectEntry(records, records.needs)] : []),
  ]);
  if (records?.enabled === false) {
    map.comment = [prose(records.needs), switchedOff(mapOf([objectEntry(records)]))].join('\n');
  }
  return map;
}

function logFileEntry(queries: Queries, notes: boolean): Entry {
  const about = [
    'Event log files. They need the permissions API Enabled and View Event Log Files.',
    `Interval = '${logFileInterval}': inferred, 'Hourly' finds nothing without Salesforce Shield or the Event Monitoring`,
    'add-on. Where the org has hourly log files, write Hourly into both queries; "sf aquila verify" counts',
    'either kind.',
  ];
  const poll = [
    'A session timeout shorter than this ends the collection in programs that do not log in again; which',
    'releases do, is not known.',
  ];
  return ['event_log_file', method(queries, notes ? poll : []), notes ? about : []];
}

const objectEntry = (records: StreamRecords, notes: readonly string[] = []): Entry => [
  'object',
  method(records),
  notes,
];

const method = (queries: Queries, notes: readonly string[] = []): YAMLMap =>
  mapOf([
    ['enabled', true],
    ['interval', queries.interval, notes],
    [
      'query',
      mapOf([
        ['default', query(queries.default)],
        ['value', query(queries.value)],
      ]),
    ],
    ['cursor', mapOf([['field', queries.cursor]])],
  ]);

/** Settings as lines that do nothing until their `#` is taken away; unlike prose they have no blank, or two, behind it. */
const switchedOff = (settings: YAMLMap): string => textOf(settings).trimEnd();

/**
 * A file with one list of inputs.
 *
 * @param heading lines of the comment at the top
 */
export const inputFile = (heading: readonly string[], key: string, inputs: ReadonlyArray<readonly Entry[]>): string =>
  textOf(mapOf([[key, listOf(inputs)]]), heading);

/** A list of maps, a blank line between them. */
export function listOf(items: ReadonlyArray<readonly Entry[]>): YAMLSeq {
  const list = new YAMLSeq();
  for (const entries of items) {
    const item = mapOf(entries);
    item.spaceBefore = list.items.length > 0;
    list.items.push(item);
  }
  return list;
}
