import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { SignJWT } from 'jose';
import { parse } from 'yaml';

/**
 * A collector in small: it takes a configuration as the documentation of Elastic's input reads it, and does with it what the input does
 * (docs/reference/aquila-collector.md §3). Nothing in here comes from src/.
 */

/** One of the two ways to collect: `default` is asked first, `value` from then on. */
export type Method = {
  name: 'event_log_file' | 'object';
  interval: string;
  query: { default: string; value: string };
  cursorField: string;
};

export type CollectorInput = {
  id: string;
  version: number;
  clientId: string;
  username: string;
  keyPath: string;
  /** `aud`, and what stands before the path of the token endpoint. */
  audience: string;
  /** What stands before the path of a log file. */
  instanceUrl: string;
  methods: Method[];
};

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A configuration as Beats reads it: YAML 1.1, a dot in a key is a level, `$${` is `${`, and any other `${` a variable, of which there are none. */
export function readConfiguration(text: string): Tree {
  return withLevels(parse(text, { version: '1.1' })) as Tree;
}

function withLevels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLevels);
  if (typeof value === 'string') return withoutEscapes(value);
  if (!isTree(value)) return value;
  const tree: Tree = {};
  for (const [path, inner] of Object.entries(value)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let level = tree;
    for (const key of keys) {
      const next = level[key] ?? {};
      if (!isTree(next)) throw new Error(`${path} is a value and a level`);
      level = level[key] = next;
    }
    if (last in level) throw new Error(`${path} is there twice`);
    level[last] = withLevels(inner);
  }
  return tree;
}

function withoutEscapes(text: string): string {
  if (/(?<!\$)\$\{/.test(text)) throw new Error(`${text} has a variable`);
  return text.replaceAll('$${', () => '${');
}

/** The inputs of a filebeat.yml that are switched on. */
export const filebeatInputs = (text: string): CollectorInput[] =>
  listAt(readConfiguration(text), 'filebeat', 'inputs')
    .filter((one) => one['type'] === 'salesforce' && one['enabled'] === true)
    .map(inputOf);

/** The streams of the inputs of a standalone policy. */
export const agentInputs = (text: string): CollectorInput[] =>
  listAt(readConfiguration(text), 'inputs')
    .filter((one) => one['type'] === 'salesforce')
    .flatMap((one) => listAt(one, 'streams'))
    .map(inputOf);

/** What the input checks before it starts, in its own terms. */
function inputOf(config: Tree): CollectorInput {
  const flows = treeAt(config, 'auth', 'oauth2');
  const enabled = Object.values(flows).filter((flow) => isTree(flow) && flow['enabled'] === true);
  if (enabled.length !== 1) throw new Error('only one auth provider must be enabled');
  const flow = treeAt(flows, 'jwt_bearer_flow');
  const version = config['version'];
  if (typeof version !== 'number' || version < 46) throw new Error('not a valid version i.e., 46.0 or above');
  const methods = (['event_log_file', 'object'] as const).flatMap((name) => {
    const method = treeAt(config, 'event_monitoring_method')[name];
    return isTree(method) && method['enabled'] === true ? [methodOf(name, method)] : [];
  });
  if (methods.length === 0) throw new Error('no event monitoring method is enabled');
  return {
    id: textAt(config, 'id'),
    version,
    clientId: textAt(flow, 'client', 'id'),
    username: textAt(flow, 'client', 'username'),
    keyPath: textAt(flow, 'client', 'key_path'),
    audience: textAt(flow, 'url'),
    instanceUrl: textAt(config, 'url'),
    methods,
  };
}

function methodOf(name: Method['name'], config: Tree): Method {
  const interval = textAt(config, 'interval');
  if (!/^[1-9]\d*(?:s|m|h)$/.test(interval)) throw new Error(`not a valid interval ${interval}`);
  const query = { default: textAt(config, 'query', 'default'), value: textAt(config, 'query', 'value') };
  return { name, interval, query, cursorField: textAt(config, 'cursor', 'field') };
}

function at(tree: Tree, keys: string[]): unknown {
  return keys.reduce<unknown>((level, key) => (isTree(level) ? level[key] : undefined), tree);
}

function treeAt(tree: Tree, ...keys: string[]): Tree {
  const value = at(tree, keys);
  if (!isTree(value)) throw new Error(`${keys.join('.')} is required`);
  return value;
}

function listAt(tree: Tree, ...keys: string[]): Tree[] {
  const value = at(tree, keys);
  if (!Array.isArray(value) || !value.every(isTree)) throw new Error(`${keys.join('.')} is required`);
  return value;
}

function textAt(tree: Tree, ...keys: string[]): string {
  const value = at(tree, keys);
  if (typeof value !== 'string' || value === '') throw new Error(`${keys.join('.')} is required`);
  return value;
}

/** The certificate that the servers of the test have. */
export type Trust = { ca: string };

export type Session = { accessToken: string; instanceUrl: string };

/** One request with one pair of audience and host; the reason of a refusal is dropped, as the input drops it. */
export async function logIn(input: CollectorInput, trust: Trust): Promise<Session> {
  const key = createPrivateKey(await readFile(input.keyPath, 'utf8'));
  const assertion = await new SignJWT({
    iss: input.clientId,
    sub: input.username,
    aud: input.audience,
    exp: Math.floor(Date.now() / 1000) + 180,
  })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
  const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const { status, body } = await send(`${input.audience}/services/oauth2/token`, trust, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  if (status !== 200) throw new Error(`session response error: ${status}`);
  const answer = JSON.parse(body) as { access_token: string; instance_url: string };
  return { accessToken: answer.access_token, instanceUrl: answer.instance_url };
}

export type SalesforceRecord = Record<string, unknown>;

type Page = { records: SalesforceRecord[]; nextRecordsUrl?: string };

/** All records of a query, at the address that the answer to the login named. */
async function query(session: Session, version: number, soql: string, trust: Trust): Promise<SalesforceRecord[]> {
  const records: SalesforceRecord[] = [];
  let path: string | undefined = `/services/data/v${version}.0/query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const { status, body } = await send(session.instanceUrl + path, trust, { headers: bearer(session) });
    if (status !== 200) throw new Error(`query: ${status} ${body}`);
    const page = JSON.parse(body) as Page;
    records.push(...page.records);
    path = page.nextRecordsUrl;
  }
  return records;
}

/** What one run brought, and what the next one goes on from. */
export type Run = { records: SalesforceRecord[]; files: string[]; cursor: string | undefined };

/**
 * One run of a method: the first one without a cursor. Log files are downloaded through the Instance URL of the configuration.
 *
 * @param cursor of the run before
 */
export async function collect(
  input: CollectorInput,
  method: Method,
  session: Session,
  trust: Trust,
  cursor?: string
): Promise<Run> {
  const soql = cursor === undefined ? method.query.default : withCursor(method, cursor);
  const records = await query(session, input.version, soql, trust);
  const files: string[] = [];
  for (const record of method.name === 'event_log_file' ? records : []) {
    const url = input.instanceUrl + textAt(record, 'LogFile');
    const { status, body } = await send(url, trust, { headers: bearer(session) });
    if (status !== 200) throw new Error(`unexpected status code ${status} for log file`);
    files.push(body);
  }
  const newest = method.query.value.includes('last_event_time') ? records.at(-1) : records[0];
  return { records, files, cursor: newest ? textAt(newest, method.cursorField) : cursor };
}

function withCursor({ name, query: { value } }: Method, cursor: string): string {
  const soql = value.replace(
    new RegExp(String.raw`\[\[ \.cursor\.${name}\.(?:first|last)_event_time \]\]`, 'g'),
    () => cursor
  );
  if (soql.includes('[[')) throw new Error(`template execution failed: ${soql}`);
  return soql;
}

const bearer = ({ accessToken }: Session): Record<string, string> => ({ Authorization: `Bearer ${accessToken}` });

type Outgoing = { headers: Record<string, string>; body?: string };

/** A GET, or with a body a POST, to the very address, redirects not followed. */
function send(url: string, { ca }: Trust, { headers, body }: Outgoing): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { method: body === undefined ? 'GET' : 'POST', headers, ca, agent: false };
    const outgoing = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
