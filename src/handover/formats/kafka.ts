import { keystoreBeside, localPathNote, withoutSlash } from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';

const heading = [
  'Kafka Connect: a Salesforce source connector of Confluent. Nothing in it is secret.',
  'The names of the login are documented for every Salesforce connector of Confluent. Which connector and which',
  'topic are examples: this one reads the changes of accounts (Change Data Capture).',
];

const keystoreNotes = [
  'The connector reads a Java keystore and no PEM. Inferred: it lies beside the key, under the name that',
  '"sf aquila keystore create --type jks" gives it. Make it there or change the path.',
];

const passwordNotes = [
  'Kafka reads the password from the line "password=..." of this file, once the worker has',
  'config.providers=file',
  'config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider',
];

const instanceNotes = [
  'The Audience URL. Inferred: the login goes to this host, which is the audience too; queries go to the address',
  'that its answer names.',
];

const exampleNotes = [
  'What to read, and where to put it. Change these to your own. Inferred: releases from 2.0.0 on have',
  'salesforce.cdc.channel in the place of salesforce.cdc.name.',
];

type Line = readonly [key: string, value: string, notes?: readonly string[]];

/**
 * The properties of a Kafka Connect worker in standalone mode (docs/reference/aquila-collector.md §7).
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export function kafkaFormat(fields: HandoverFields, keyPathIsLocal: boolean): string {
  const lines: Line[] = [
    ['name', 'salesforce-aquila'],
    ['connector.class', 'io.confluent.salesforce.SalesforceCdcSourceConnector'],
    ['tasks.max', '1'],
    ['salesforce.grant.type', 'JWT_BEARER', ['The login.']],
    ['salesforce.username', fields.username],
    ['salesforce.consumer.key', fields.clientId],
    ['salesforce.instance', withoutSlash(fields.audienceUrl), instanceNotes],
    [
      'salesforce.jwt.keystore.path',
      keystoreBeside(fields.clientKeyPath),
      [...keystoreNotes, ...(keyPathIsLocal ? localPathNote : [])],
    ],
    ['salesforce.jwt.keystore.password', '${file:/etc/aquila/keystore.properties:password}', passwordNotes],
    ['salesforce.cdc.name', 'AccountChangeEvent', exampleNotes],
    ['salesforce.initial.start', 'latest'],
    ['kafka.topic', 'salesforce'],
    ['confluent.topic.bootstrap.servers', 'localhost:9092', ["Where Confluent's connectors keep their licence."]],
  ];
  return [
    ...heading.map((line) => `# ${line}`),
    ...lines.flatMap(([key, value, notes]) => [
      ...(notes ? ['', ...notes.map((line) => `# ${line}`)] : []),
      `${key}=${propertyValue(value)}`,
    ]),
    '',
  ].join('\n');
}

/** A value as `java.util.Properties` reads it from Latin-1: backslashes doubled, the first blank kept, all else outside ASCII by number. */
const propertyValue = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replace(/^ /, '\\ ')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
