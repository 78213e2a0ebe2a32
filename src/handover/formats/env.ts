import type { HandoverFields } from '../fields.ts';
import { quoted } from '../quoted.ts';

const variables: ReadonlyArray<readonly [string, keyof HandoverFields]> = [
  ['AQUILA_AUDIENCE_URL', 'audienceUrl'],
  ['AQUILA_CLIENT_KEY_PATH', 'clientKeyPath'],
  ['AQUILA_USERNAME', 'username'],
  ['AQUILA_CLIENT_ID', 'clientId'],
  ['AQUILA_INSTANCE_URL', 'instanceUrl'],
];

/** The five fields as lines that a POSIX shell can source: every value in single quotes. */
export const envFormat = (fields: HandoverFields): string =>
  variables.map(([name, field]) => `${name}=${quoted(fields[field])}\n`).join('');
