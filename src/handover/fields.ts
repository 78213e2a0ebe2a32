import { problem, toError } from '../errors.ts';
import { quoted } from './quoted.ts';
import { audienceOf, nameOf, type StoredLogin } from './stored-login.ts';

/** The five fields that CyTech asks for, under the names of this plugin's JSON. */
export type HandoverFields = {
  audienceUrl: string;
  clientKeyPath: string;
  username: string;
  clientId: string;
  instanceUrl: string;
};

/** A field that can't be handed over, or not without a word. */
export type HandoverGap = { field: keyof HandoverFields; text: string; fix: string; missing: boolean };

/** The labels of the vendor's form, verbatim and in the vendor's order (docs/reference/aquila-collector.md §2.1). */
export const fieldLabels: ReadonlyArray<readonly [keyof HandoverFields, string]> = [
  ['audienceUrl', 'JWT Authentication Audience URL'],
  ['clientKeyPath', 'JWT Authentication Client Key Path'],
  ['username', 'Username'],
  ['clientId', 'Client ID (Consumer Key)'],
  ['instanceUrl', 'Instance URL'],
];

export type Handover = {
  fields: Partial<HandoverFields>;
  /** True where the key path is the one on this machine, because nobody has said where the key lies on the collector. */
  keyPathIsLocal: boolean;
  gaps: HandoverGap[];
};

/**
 * The five fields from the stored login. Nothing is invented: a value that is not stored is a gap, with the command that fills it.
 *
 * @param keyPath the path on the log collector; else the one remembered, else the stored path on this machine
 */
export function handover(login: StoredLogin, keyPath?: string): Handover {
  const collectorPath = keyPath ?? login.aquilaKeyPath;
  const fields = {
    audienceUrl: audienceOf(login),
    clientKeyPath: collectorPath ?? login.keyPath,
    username: login.username,
    clientId: login.clientId,
    instanceUrl: login.instanceUrl?.replace(/\/+$/, ''),
  };
  const gaps = fieldLabels
    .filter(([field]) => fields[field] === undefined)
    .map(([field, label]) => ({
      field,
      text: `${label} is not stored with this login`,
      fix: loginCommand(login),
      missing: true,
    }));
  const keyPathIsLocal = collectorPath === undefined && login.keyPath !== undefined;
  const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { fields: defined, keyPathIsLocal, gaps: [...gaps, ...doubts(login, fields, keyPathIsLocal)] };
}

/** All five fields, with what a person should know about them. */
export type CompleteHandover = { fields: HandoverFields; keyPathIsLocal: boolean; doubts: HandoverGap[] };

/**
 * As {@link handover}, for whoever needs all five.
 *
 * @throws HandoverIncomplete, which names every missing field
 */
export function completeHandover(login: StoredLogin, keyPath?: string): CompleteHandover {
  const { fields, keyPathIsLocal, gaps } = handover(login, keyPath);
  const missing = gaps.filter((gap) => gap.missing);
  if (!isComplete(fields)) {
    const labels = fieldLabels
      .filter(([field]) => missing.some((gap) => gap.field === field))
      .map(([, label]) => label);
    throw toError(problem('HandoverIncomplete', [login.username, labels.join(', ')], [loginCommand(login)]));
  }
  return { fields, keyPathIsLocal, doubts: gaps };
}

const isComplete = (fields: Partial<HandoverFields>): fields is HandoverFields =>
  fieldLabels.every(([field]) => fields[field] !== undefined);

/** What a person should know of a path on the collector that can't be meant; undefined for a full one, of whatever system. */
export const keyPathDoubt = (path: string): string | undefined =>
  /^(\/|[A-Za-z]:[\\/]|\\\\).*[^/\\]$/.test(path)
    ? undefined
    : `"${path}" is not the full path of a file; the collector needs folder and file name`;

/** What is there, but would trip the collector up (docs/reference/aquila-collector.md §3.1). */
function doubts(login: StoredLogin, fields: Partial<HandoverFields>, keyPathIsLocal: boolean): HandoverGap[] {
  const found: HandoverGap[] = [];
  if (keyPathIsLocal) {
    found.push({
      field: 'clientKeyPath',
      text: 'this is the path on this machine; the collector needs the path on its own',
      fix: `sf aquila report --target-org ${nameOf(login)} --key-path /etc/aquila/server.pem`,
      missing: false,
    });
  }
  const doubt = keyPathIsLocal || fields.clientKeyPath === undefined ? undefined : keyPathDoubt(fields.clientKeyPath);
  if (doubt !== undefined) {
    found.push({
      field: 'clientKeyPath',
      text: doubt,
      fix: `sf aquila report --target-org ${nameOf(login)} --key-path /etc/aquila/server.pem`,
      missing: false,
    });
  }
  const host = login.loginUrl?.replace(/\/+$/, '');
  if (fields.audienceUrl !== undefined && host !== undefined && fields.audienceUrl !== host) {
    found.push({
      field: 'audienceUrl',
      text: `this login goes to ${host} with this audience, but the collector sends its login to the audience URL itself`,
      fix: loginCommand(login),
      missing: false,
    });
  }
  return found;
}

/** The login that stores all five fields, with what is known filled in; it can be pasted into a shell. */
export const loginCommand = (login: StoredLogin): string =>
  [
    ['sf', 'aquila', 'login'],
    ['--username', login.username],
    ['--client-id', login.clientId ?? 'CLIENT_ID'],
    ['--jwt-key-file', login.keyPath ?? 'server.key'],
    ['--instance-url', login.instanceUrl ?? 'https://MY_DOMAIN.my.salesforce.com'],
    ...(login.alias === undefined ? [] : [['--alias', login.alias]]),
  ]
    .flat()
    .map((word) => (/^[\w./:@=,+-]+$/.test(word) ? word : quoted(word)))
    .join(' ');
