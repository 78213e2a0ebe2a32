import { keystoreBeside, withoutSlash } from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';

const schema = 'http://www.mulesoft.org/schema/mule';

/** Lines of a comment; XML forbids two hyphens in a row in it. */
const notes = (keyPathIsLocal: boolean): string[] => [
  'MuleSoft: a global configuration for Anypoint Connector for Salesforce, version 10. Nothing in it is secret.',
  "The attributes of jwt-connection are those of MuleSoft's documentation; the elements around it are inferred.",
  'keyStore: Mule reads a Java keystore and no PEM. Inferred: it lies beside the key, under the name that',
  '"sf aquila keystore create" gives it with type jks. Make it there or change the path.',
  ...(keyPathIsLocal
    ? [
        'CHANGE keyStore: it is a path on the machine that wrote this file. "sf aquila report" takes the other one as key-path.',
      ]
    : []),
  'storePassword: set the property aquila.keystore.password where your application keeps its secrets.',
  'With several keys in the keystore, add certificateAlias with the alias of this one.',
  'There is no attribute for the Instance URL: the connector takes it from the answer to the login (inferred).',
];

/**
 * A Mule configuration file with one connection (docs/reference/aquila-collector.md §7).
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export function mulesoftFormat(fields: HandoverFields, keyPathIsLocal: boolean): string {
  const audience = withoutSlash(fields.audienceUrl);
  const connection = [
    ['consumerKey', fields.clientId],
    ['principal', fields.username],
    ['keyStore', keystoreBeside(fields.clientKeyPath)],
    ['storePassword', '${aquila.keystore.password}'],
    ['tokenEndpoint', `${audience}/services/oauth2/token`],
    ['audienceUrl', audience],
  ] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!--',
    ...notes(keyPathIsLocal).map((line) => `  ${line}`),
    '-->',
    `<mule xmlns="${schema}/core"`,
    `      xmlns:salesforce="${schema}/salesforce"`,
    '      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    '      xsi:schemaLocation="',
    `        ${schema}/core ${schema}/core/current/mule.xsd`,
    `        ${schema}/salesforce ${schema}/salesforce/current/mule-salesforce.xsd">`,
    '  <salesforce:sfdc-config name="Salesforce_AQUILA">',
    '    <salesforce:jwt-connection',
    ...connection.map(([name, value]) => `      ${name}="${inAttribute(value)}"`),
    '    />',
    '  </salesforce:sfdc-config>',
    '</mule>',
    '',
  ].join('\n');
}

/** A text as the value of an attribute; a parser would make blanks of tabs and line ends (XML 1.0 §3.3.3). */
const inAttribute = (text: string): string =>
  text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
