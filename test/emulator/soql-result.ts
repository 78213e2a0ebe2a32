import { SoqlError } from './soql.ts';
import type { Condition, Name, Soql } from './soql.ts';
import type { Asking, ColumnType, Row, Table, Value } from './tables.ts';

/** A field that was found: the relationships on the way to it, then the column. */
type Path = {
  relations: Array<{ name: string; by: string; object: string; table: Table }>;
  column: string;
  table: Table;
};

/** Three lines in front of a message: the query, a caret, the position. */
function pointed({ text }: Soql, { at }: Name, message: string): string {
  const flat = text.replace(/\s/g, ' ');
  return `\n${flat}\n${' '.repeat(at)}^\nERROR at Row:1:Column:${at + 1}\n${message}`;
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The object with this name, in its own spelling, if it exists for the asking user in the API that was asked. */
export function visibleTable(wanted: string, asking: Asking): { name: string; table: Table } | undefined {
  const { org, user, switches, api } = asking;
  const found = Object.entries(org.tables).find(([name]) => sameWord(name, wanted));
  if (!found) return undefined;
  const [name, table] = found;
  const permissions = [table.permission ?? []].flat();
  const allowed = permissions.length === 0 || permissions.some((one) => user.permissions[one]);
  const place = table.place?.(switches) ?? 'both';
  if (!allowed || (place !== 'both' && place !== api) || table.exists?.(org) === false) return undefined;
  return { name, table };
}

function resolveTable(soql: Soql, asking: Asking): { name: string; table: Table } {
  const found = visibleTable(soql.object.text, asking);
  if (found) return found;
  const message =
    `sObject type '${soql.object.text}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
    'after the entity name. Please reference your WSDL or the describe call for the appropriate names.';
  throw new SoqlError('INVALID_TYPE', pointed(soql, soql.object, message));
}

function resolvePath(soql: Soql, field: Name, name: string, table: Table, asking: Asking): Path {
  const words = field.text.split('.');
  const last = words.pop() ?? '';
  const path: Path = { relations: [], column: '', table };
  let object = name;
  for (const word of words) {
    const found = Object.entries(path.table.relations ?? {}).find(([one]) => sameWord(one, word));
    const next = found && asking.org.tables[found[1].object];
    if (!next) {
      const message =
        `Didn't understand relationship '${word}' in field path. If you are attempting to use a custom relationship, be sure to append ` +
        "the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
      throw new SoqlError('INVALID_FIELD', pointed(soql, field, message));
    }
    const [relation, { by }] = found;
    object = found[1].object;
    path.table = next;
    path.relations.push({ name: relation, by, object, table: next });
  }
  const column = Object.keys(path.table.columns).find((one) => sameWord(one, last));
  if (column !== undefined) return { ...path, column };
  const message =
    `No such column '${last}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' ` +
    'after the custom field name. Please reference your WSDL or the describe call for the appropriate names.';
  throw new SoqlError('INVALID_FIELD', pointed(soql, field, message));
}

/** Reads rows once per query, and finds them by id. */
class Rows {
  readonly #asking: Asking;
  readonly #byId = new Map<Table, Map<Value | undefined, Row>>();
  constructor(asking: Asking) {
    this.#asking = asking;
  }

  of(table: Table): Row[] {
    return table.rows(this.#asking.org, this.#asking);
  }

  find(table: Table, id: Value | undefined): Row | undefined {
    const known = this.#byId.get(table) ?? new Map(this.of(table).map((row) => [row['Id'], row]));
    this.#byId.set(table, known);
    return known.get(id);
  }

  value(row: Row, { relations, column }: Path): Value {
    let current: Row | undefined = row;
    for (const { by, table } of relations) current = current && this.find(table, current[by]);
    return current?.[column] ?? null;
  }
}

/** Strings compare without regard to case, ids exactly but in either length. */
function folded(value: Value, type: ColumnType | undefined): Value {
  if (typeof value !== 'string') return value;
  return type === 'id' && /^[0-9A-Za-z]{15}(?:\w{3})?$/.test(value) ? value.slice(0, 15) : value.toLowerCase();
}

/** The regular expression of a LIKE: `%` any characters, `_` one, with a backslash before it itself. */
function pattern(like: string): RegExp {
  const source = like.replace(/\\([%_])|%|_|[^\w\s]/g, (found, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    return found === '%' ? '.*' : found === '_' ? '.' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 'is');
}

type Test = (row: Row) => boolean;

function test(condition: Condition, resolve: (field: Name) => Path, rows: Rows): Test {
  if ('join' in condition) {
    const tests = condition.of.map((one) => test(one, resolve, rows));
    return condition.join === 'AND' ? (row) => tests.every((t) => t(row)) : (row) => tests.some((t) => t(row));
  }
  const path = resolve(condition.field);
  const type = path.table.columns[path.column];
  const { operator, values } = condition;
  if (operator === 'LIKE') {
    const like = pattern(String(values[0]));
    return (row) => like.test(String(rows.value(row, path) ?? ''));
  }
  const wanted = new Set(values.map((value) => folded(value, type)));
  return (row) => wanted.has(folded(rows.value(row, path), type)) === (operator !== '!=');
}

/** Nulls come first. */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  const [one, other] = [folded(a, 'string') ?? '', folded(b, 'string') ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The records of a query, or only their number (docs/reference/salesforce-oauth.md §5.6). */
export function queryRecords(soql: Soql, asking: Asking, base: string): { total: number; records: object[] } {
  const { name, table } = resolveTable(soql, asking);
  const resolve = (field: Name): Path => resolvePath(soql, field, name, table, asking);
  const paths = soql.fields.map(resolve);
  const rows = new Rows(asking);
  const passes = soql.where ? test(soql.where, resolve, rows) : (): boolean => true;
  const order = soql.orderBy.map(({ field, descending }) => ({ path: resolve(field), sign: descending ? -1 : 1 }));
  let found = rows.of(table).filter(passes);
  if (order.length > 0) {
    const byOrder = (a: Row, b: Row): number => {
      const differs = order.map(({ path, sign }) => sign * compare(rows.value(a, path), rows.value(b, path)));
      return differs.find((one) => one !== 0) ?? 0;
    };
    found = found.sort(byOrder);
  }
  found = found.slice(0, soql.limit);
  if (soql.count) return { total: found.length, records: [] };
  const records = found.map((row) => record(row, name, paths, rows, base));
  return { total: records.length, records };
}

/** One record: attributes, then the fields in the order asked for, related ones in objects of their own. */
export function record(row: Row, name: string, paths: Path[], rows: Rows, base: string): Record<string, unknown> {
  const made: Record<string, unknown> = {
    attributes: { type: name, url: `${base}/sobjects/${name}/${String(row['Id'] ?? '')}` },
  };
  for (const path of paths) {
    const [relation, ...others] = path.relations;
    if (!relation) {
      made[path.column] = row[path.column] ?? null;
    } else if (!(relation.name in made)) {
      const related = rows.find(relation.table, row[relation.by]);
      const through = paths.filter((one) => one.relations[0]?.name === relation.name);
      const rest = through.map((one) => ({ ...one, relations: one === path ? others : one.relations.slice(1) }));
      made[relation.name] = related ? record(related, relation.object, rest, rows, base) : null;
    }
  }
  return made;
}

const apexTypes: Record<ColumnType, string> = {
  id: 'Id',
  string: 'String',
  boolean: 'Boolean',
  int: 'Integer',
  datetime: 'Datetime',
};

/** The answer to `&columns=true`, which stock `sf data query` asks for beside every query (docs/reference/sf-cli.md §11). */
export function columnMetadata(soql: Soql, asking: Asking): Record<string, unknown> {
  const { name, table } = resolveTable(soql, asking);
  const paths = soql.fields.map((field) => resolvePath(soql, field, name, table, asking));
  return {
    columnMetadata: describe(paths),
    entityName: name,
    groupBy: false,
    idSelected: paths.some(({ relations, column }) => relations.length === 0 && column === 'Id'),
    keyPrefix: table.keyPrefix,
  };
}

function describe(paths: Path[]): object[] {
  const seen = new Set<string>();
  return paths.flatMap(({ relations, column, table }) => {
    const columnName = relations[0]?.name ?? column;
    if (seen.has(columnName)) return [];
    seen.add(columnName);
    const through = paths.filter((one) => one.relations[0]?.name === columnName);
    const type = relations.length > 0 ? undefined : (table.columns[column] ?? 'string');
    return {
      aggregate: false,
      apexType: type ? apexTypes[type] : null,
      booleanType: type === 'boolean',
      columnName,
      custom: columnName.endsWith('__c'),
      displayName: columnName,
      foreignKeyName: null,
      insertable: false,
      joinColumns: describe(through.map((one) => ({ ...one, relations: one.relations.slice(1) }))),
      numberType: type === 'int',
      textType: type === 'string' || type === 'id',
      updatable: false,
    };
  });
}
