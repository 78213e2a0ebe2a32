import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EmulatorOptions } from './index.ts';
import { OrgState } from './state.ts';
import { defaultSwitches } from './switches.ts';

type Shape = Record<string, unknown>;

/**
 * Reads the options of `startEmulator` from a JSON file: `{org?, users?, apps?, eventLogFiles?, switches?}`. An app
 * may have `certificateFile` in place of `certificate`, a log file `contentFile` in place of `content`, paths relative to the JSON file; its
 * `logDate` is a time of ISO 8601. Keys and types are those of the state; anything else is an error that names it.
 */
export async function readStateFile(file: string): Promise<Partial<EmulatorOptions>> {
  const state: unknown = JSON.parse(await readFile(file, 'utf8'));
  const { org, users, apps, eventLogFiles, switches } = checked(
    state,
    { org: {}, users: [], apps: [], eventLogFiles: [], switches: {} },
    'the state file'
  );
  const sample = new OrgState();
  const sampleUser = sample.addUser({ username: 'sample@example.com' });
  const app = sample.addApp({ clientId: 'sample' });
  const flows = { ...app.flows, clientCredentialsUser: '' };
  const sampleApp = { ...app, flows, certificate: '', certificateFile: '', approvals: [] };
  const options: Shape = {};
  if (org) options['org'] = checked(org, sample.facts, 'org', ['limits']);
  if (switches) options['switches'] = checked(switches, defaultSwitches(), 'switches', ['loginStatuses']);
  if (users) options['users'] = (users as unknown[]).map((user, i) => checked(user, sampleUser, `users[${i}]`));
  if (apps) {
    options['apps'] = await Promise.all(
      (apps as unknown[]).map(async (given, i) => {
        const { certificateFile, ...app } = checked(given, sampleApp, `apps[${i}]`, ['otherMetadata']);
        if (certificateFile === undefined) return app;
        return { ...app, certificate: await readFile(resolve(dirname(file), certificateFile as string), 'utf8') };
      })
    );
  }
  if (eventLogFiles) {
    const sample = { eventType: '', interval: '', logDate: '', sequence: 0, content: '', contentFile: '' };
    options['eventLogFiles'] = await Promise.all(
      (eventLogFiles as unknown[]).map(async (given, i) => {
        const { contentFile, logDate, ...one } = checked(given, sample, `eventLogFiles[${i}]`);
        if (logDate !== undefined) one['logDate'] = Date.parse(logDate as string);
        if (contentFile !== undefined)
          one['content'] = await readFile(resolve(dirname(file), contentFile as string), 'utf8');
        return one;
      })
    );
  }
  return options;
}

/** An object whose keys the sample has, with values of the same type; `open` keys may hold anything of that type. */
function checked(value: unknown, sample: object, where: string, open: readonly string[] = []): Shape {
  if (typeName(value) !== 'object') throw new Error(`${where} must be an object`);
  const expected = sample as Shape;
  for (const [key, given] of Object.entries(value as Shape)) {
    if (!(key in expected))
      throw new Error(`${where} has no setting "${key}"; it has ${Object.keys(expected).join(', ')}`);
    const wanted = expected[key];
    if (typeName(given) !== typeName(wanted)) throw new Error(`${where}.${key} must be of type ${typeName(wanted)}`);
    const inner = typeName(wanted) === 'object' && !open.includes(key) && Object.keys(wanted as Shape).length > 0;
    if (inner) checked(given, wanted as Shape, `${where}.${key}`);
  }
  return value as Shape;
}

const typeName = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
