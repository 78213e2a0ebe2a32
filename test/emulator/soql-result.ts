import { insufficientAccessText } from './http.ts';
import { compare, test } from './soql-conditions.ts';
import { SoqlError } from './soql.ts';
import type { Comparison, Condition, Name, Soql } from './soql.ts';
import type { Asking, ColumnType, Row, Table, Value } from './tables.ts';

/** A field that was found: the relationships on the way to it, then the column. */
export type Path = {
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
  const allowed = permissions.length === 0 || permissions.some((one) => org.permissionsOf(user)[one]);
  const place = table.place?.(switches) ?? 'both';
  if (!allowed || (place !== 'both' && place !== api) || table.exists?.(org) === false) return undefined;
  const absence = table.absence?.(asking);
  if (absence === 'invalid-type') return undefined;
  const columns = { ...table.columns, ...table.moreColumns?.(switches, org) };
  return { name, table: { ...table, columns, ...(absence === 'empty' && { rows: () => [] }) } };
}

function resolveTable(soql: Soql, asking: Asking): { name: string; table: Table } {
  const found = visibleTable(soql.object.text, asking);
  if (found?.table.absence?.(asking) === 'insufficient-access')
    throw new SoqlError('INSUFFICIENT_ACCESS', insufficientAccessText);
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

/** What is selected, with what FIELDS(…) stands for. There are no custom fields here, so all are standard. */
function selectedPaths(soql: Soql, resolve: (field: Name) => Path, { columns }: Table): Path[] {
  const names = soql.fields.flatMap((field) =>
    field.text.startsWith('FIELDS(') ? Object.keys(columns).map((text) => ({ text, at: field.at })) : [field]
  );
  const seen = new Set<string>();
  for (const { text } of names) {
    if (seen.has(text.toLowerCase())) throw new SoqlError('INVALID_FIELD', `duplicate field selected: ${text}`);
    seen.add(text.toLowerCase());
  }
  return names.map(resolve);
}

/** What this object does not let a query do, though SOQL knows it (docs/reference/aquila-collector.md §5.2). */
function judgeUse(soql: Soql, { notFilterable = [], notSortable = [], bigObjectIndex }: Table): void {
  const where = soql.where ? comparisons(soql.where) : [];
  const judge = (names: Name[], refused: (name: Name) => boolean, use: string): void => {
    const found = names.find(refused);
    if (!found) return;
    const message = `field '${found.text}' can not be ${use} in a query call`;
    throw new SoqlError('INVALID_FIELD', pointed(soql, found, message));
  };
  const among =
    (columns: readonly string[]) =>
    ({ text }: Name): boolean =>
      columns.some((one) => sameWord(one, text));
  judge(where.map(({ field }) => field), among(notFilterable), 'filtered'); // prettier-ignore
  judge(soql.orderBy.map(({ field }) => field), among(notSortable), 'sorted'); // prettier-ignore
  if (!bigObjectIndex) return;
  judge(where.map(({ field }) => field), (name) => !among(bigObjectIndex)(name), 'filtered'); // prettier-ignore
  // The words of these refusals are a guess.
  const malformed = (reason: string): SoqlError => new SoqlError('MALFORMED_QUERY', `${soql.object.text}: ${reason}`);
  if (soql.count) throw malformed('COUNT is not supported');
  if (soql.orderBy.length > 0) throw malformed('ORDER BY is not supported');
  const mixed = soql.where && 'join' in soql.where && (soql.where.join === 'OR' || soql.where.of.some((one) => 'join' in one)); // prettier-ignore
  if (mixed) throw malformed('only conditions joined by AND are supported');
  if (where.some(({ operator }) => ['!=', 'LIKE', 'IN'].includes(operator)))
    throw malformed('only the operators =, <, >, <= and >= are supported');
  const filtered = [...new Set(where.map(({ field }) => field.text.toLowerCase()))];
  const inOrder = filtered.every((name, i) => sameWord(name, bigObjectIndex[i] ?? ''));
  const last = filtered.at(-1);
  const exact = where.every(({ field, operator }) => operator === '=' || sameWord(field.text, last ?? ''));
  if (!inOrder || !exact) {
    const index = bigObjectIndex.join(', ');
    throw malformed(`filter on ${index} in this order, all but the last of them by =`);
  }
}

const comparisons = (condition: Condition): Comparison[] =>
  'join' in condition ? condition.of.flatMap(comparisons) : [condition];

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

/** The records of a query, or only their number (docs/reference/salesforce-oauth.md §5.6). */
export function queryRecords(soql: Soql, asking: Asking, base: string): { total: number; records: object[] } {
  const { name, table } = resolveTable(soql, asking);
  const resolve = (field: Name): Path => resolvePath(soql, field, name, table, asking);
  const paths = selectedPaths(soql, resolve, table);
  const rows = new Rows(asking);
  const reading = { resolve, value: (row: Row, path: Path) => rows.value(row, path), now: asking.now };
  const passes = soql.where ? test(soql.where, reading) : (): boolean => true;
  const order = soql.orderBy.map(({ field, ...how }) => ({ path: resolve(field), ...how }));
  judgeUse(soql, table);
  let found = rows.of(table).filter(passes);
  if (order.length > 0) {
    const byOrder = (a: Row, b: Row): number => {
      const differs = order.map(({ path, ...how }) => compare(rows.value(a, path), rows.value(b, path), how));
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
function record(row: Row, name: string, paths: Path[], rows: Rows, base: string): Record<string, unknown> {
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
  double: 'Double',
  date: 'Date',
  datetime: 'Datetime',
};

/** The answer to `&columns=true`, which stock `sf data query` asks for beside every query (docs/reference/sf-cli.md §11). */
export function columnMetadata(soql: Soql, asking: Asking): Record<string, unknown> {
  const { name, table } = resolveTable(soql, asking);
  const paths = selectedPaths(soql, (field) => resolvePath(soql, field, name, table, asking), table);
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
      numberType: type === 'int' || type === 'double',
      textType: type === 'string' || type === 'id',
      updatable: false,
    };
  });
}
