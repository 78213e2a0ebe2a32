import fc from 'fast-check';
import type { HandoverFields } from '../../src/handover/fields.ts';

/** Five fields as most orgs have them. */
export const usualFields: HandoverFields = {
  audienceUrl: 'https://acme.my.salesforce.com',
  clientKeyPath: '/etc/aquila/server.pem',
  username: 'integration@acme.com',
  clientId: '3MVG9abc',
  instanceUrl: 'https://acme--dev.sandbox.my.salesforce.com',
};

/** Values that some format takes for something else when it is careless. */
const traps = [
  ...[
    'C:\\aquila\\new\\temp\\server.pem',
    '\\\\host\\share$\\server.pem',
    'C:/aquila/server.pem',
    "/home/o'brien/my key.pem",
  ],
  ...[
    ' leading and trailing ',
    '\ttab',
    'two\nlines',
    'a: b',
    'a #b',
    '#a',
    '- a',
    '? a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a`',
  ],
  ...[
    '[a]',
    '{a: b}',
    '"a"',
    '""',
    "''",
    '|',
    '>',
    '---',
    '...',
    '<<',
    '=',
    '~',
    'null',
    'true',
    'yes',
    'no',
    'on',
    'NaN',
  ],
  ...[
    '0',
    '007',
    '0x1F',
    '1e3',
    '1_000',
    '12:30:45',
    '2026-11-21',
    '.inf',
    '${HOME}',
    '$HOME',
    '%HOME%',
    'a=b',
    '<a b="c">&amp;',
  ],
  ...['\\u0041', '\\', 'ends with \\', 'Ünïcödé@例え.jp', '🔑', 'a'.repeat(300)],
];

const text = fc
  .oneof(fc.constantFrom(...traps), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }))
  .filter((value) => !value.includes('$${'));

const url = fc
  .tuple(fc.webAuthority({ withPort: true }), fc.constantFrom('', '/', '//'))
  .map(([host, slashes]) => `https://${host}${slashes}`);

/** Five fields of any content. */
export const oddFields: fc.Arbitrary<HandoverFields> = fc.record({
  audienceUrl: url,
  clientKeyPath: text,
  username: text,
  clientId: text,
  instanceUrl: url,
});

/** The same with the URLs as they must arrive. */
export const asHandedOver = (fields: HandoverFields): HandoverFields => ({
  ...fields,
  audienceUrl: fields.audienceUrl.replace(/\/+$/, ''),
  instanceUrl: fields.instanceUrl.replace(/\/+$/, ''),
});
