import { json, restError } from './http.ts';
import type { Context, Reply } from './http.ts';
import { versioned } from './rest.ts';
import { columnMetadata, queryRecords } from './soql-result.ts';
import { SoqlError, parseSoql } from './soql.ts';
import type { Asking } from './tables.ts';
import type { Token } from './tokens.ts';

/** Who asks, and by which of the two APIs. */
const askingOf = ({ world, path, now }: Context, { user }: Token, base: string): Asking => ({
  org: world.org,
  switches: world.switches,
  user,
  base,
  now,
  api: path.split('/')[4] === 'tooling' ? 'tooling' : 'rest',
});

/** `/services/data/vNN.0`, or the Tooling API below it. */
const baseOf = ({ base, api }: Asking): string => (api === 'tooling' ? `${base}/tooling` : base);

/**
 * `GET /services/data/vNN.0/query?q=…` and the same below `/tooling`, also with `&columns=true` (docs/reference/salesforce-oauth.md §5.6,
 * docs/reference/sf-cli.md §11).
 */
export const query = versioned((context, token, version) => {
  const text = context.query.get('q');
  if (text === null) return restError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const asking = askingOf(context, token, version);
  const base = baseOf(asking);
  try {
    const parsed = parseSoql(text);
    if (context.query.get('columns') === 'true') return json(200, columnMetadata(parsed, asking));
    const { total, records } = queryRecords(parsed, asking, base);
    return page(asking, base, { total, records, from: 0, locator: undefined });
  } catch (error) {
    if (!(error instanceof SoqlError)) throw error;
    return restError(error.code === 'INSUFFICIENT_ACCESS' ? 403 : 400, error.code, error.message);
  }
});

/** `GET` of a `nextRecordsUrl`: the next page of the user who asked for the first one. */
export const queryMore = versioned((context, token, version) => {
  const asking = askingOf(context, token, version);
  const [locator = '', from] = (context.path.split('/').at(-1) ?? '').split('-');
  const cursor = asking.org.cursors.get(locator);
  if (cursor?.user !== token.user || from === undefined) {
    return restError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  const { records } = cursor;
  const whole = { total: records.length, records, from: Number(from), locator };
  return page(asking, baseOf(asking), whole);
});

type Whole = { total: number; records: object[]; from: number; locator: string | undefined };

/** One page of records, with the way to the next one if there is one. */
function page({ org, user, switches }: Asking, base: string, { total, records, from, locator }: Whole): Reply {
  const to = from + switches.queryPageSize;
  const shown = records.slice(from, to);
  if (to >= records.length) return json(200, { totalSize: total, done: true, records: shown });
  const id = locator ?? org.newId('01g');
  org.cursors.set(id, { user, records });
  return json(200, { totalSize: total, done: false, nextRecordsUrl: `${base}/query/${id}-${to}`, records: shown });
}
