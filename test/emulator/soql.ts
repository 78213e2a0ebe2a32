import type { OrgState, User } from './state.ts';
import type { ColumnType, Table, Value } from './tables.ts';

/** A query that the org refuses with 400 (docs/reference/salesforce-oauth.md §5.6). */
export class SoqlError extends Error {
  readonly code: 'MALFORMED_QUERY' | 'INVALID_TYPE' | 'INVALID_FIELD';
  constructor(code: SoqlError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

type Name = { text: string; at: number };
type Condition = { field: Name; operator: '=' | '!='; value: Value };
export type Soql = { text: string; fields: Name[]; count: boolean; object: Name; where: Condition[]; limit: number };

type Lexeme = { text: string; at: number; kind: 'word' | 'string' | 'number' | 'sign' };

function lexemes(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  const pattern =
    /\s+|(?<word>[A-Za-z_][\w.]*)|(?<string>'(?:\\.|[^'\\])*')|(?<number>-?\d+(?:\.\d+)?)|(?<sign>!=|<>|[=,()<>])/y;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match)
      throw new SoqlError('MALFORMED_QUERY', `line 1:${at} no viable alternative at character '${text.charAt(at)}'`);
    const kind = (['word', 'string', 'number', 'sign'] as const).find((one) => match.groups?.[one] !== undefined);
    if (kind) found.push({ text: match[0], at, kind });
  }
  return found;
}

/**
 * Reads `SELECT a, b | COUNT() FROM Object [WHERE a = literal [AND …]] [LIMIT n]`, with `=` and `!=`. Everything else that SOQL knows is
 * refused as malformed, never ignored.
 */
export function parseSoql(text: string): Soql {
  const rest = lexemes(text);
  const unexpected = (lexeme: Lexeme | undefined): SoqlError =>
    new SoqlError('MALFORMED_QUERY', lexeme ? `unexpected token: '${lexeme.text}'` : "unexpected token: '<EOF>'");
  const next = (kind: Lexeme['kind'], ...texts: string[]): Lexeme => {
    const lexeme = rest.shift();
    if (lexeme?.kind !== kind || (texts.length > 0 && !texts.includes(lexeme.text.toUpperCase())))
      throw unexpected(lexeme);
    return lexeme;
  };
  const nextIs = (word: string): boolean => rest[0]?.text.toUpperCase() === word;
  const literal = (): Value => {
    const lexeme = rest.shift();
    if (lexeme?.kind === 'string') return lexeme.text.slice(1, -1).replace(/\\(.)/g, '$1');
    if (lexeme?.kind === 'number') return Number(lexeme.text);
    const value = { TRUE: true, FALSE: false, NULL: null }[lexeme?.text.toUpperCase() ?? ''];
    if (value === undefined) throw unexpected(lexeme);
    return value;
  };

  next('word', 'SELECT');
  const fields: Name[] = [next('word')];
  const count = nextIs('(') && fields[0]?.text.toUpperCase() === 'COUNT';
  if (count) {
    next('sign', '(');
    next('sign', ')');
    fields.pop();
  }
  while (!count && nextIs(',')) {
    next('sign', ',');
    fields.push(next('word'));
  }
  next('word', 'FROM');
  const object = next('word');
  const where: Condition[] = [];
  for (let word = 'WHERE'; nextIs(word); word = 'AND') {
    next('word', word);
    const field = next('word');
    const operator = next('sign', '=', '!=', '<>').text === '=' ? '=' : '!=';
    where.push({ field, operator, value: literal() });
  }
  let limit = Infinity;
  if (nextIs('LIMIT')) {
    next('word', 'LIMIT');
    limit = Number(next('number').text);
  }
  if (rest.length > 0) throw unexpected(rest[0]);
  return { text, fields, count, object, where, limit };
}

/** Three lines in front of a message: the query, a caret, the position. */
function pointed({ text }: Soql, { at }: Name, message: string): string {
  const flat = text.replace(/\s/g, ' ');
  return `\n${flat}\n${' '.repeat(at)}^\nERROR at Row:1:Column:${at + 1}\n${message}`;
}

function resolveTable(soql: Soql, org: OrgState, user: User): { name: string; table: Table } {
  const wanted = soql.object.text.toLowerCase();
  const found = Object.entries(org.tables).find(([name]) => name.toLowerCase() === wanted);
  if (found) {
    const [name, table] = found;
    const allowed = table.permission === undefined || user.permissions[table.permission];
    if (allowed && table.exists?.(org) !== false) return { name, table };
  }
  const message =
    `sObject type '${soql.object.text}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
    'after the entity name. Please reference your WSDL or the describe call for the appropriate names.';
  throw new SoqlError('INVALID_TYPE', pointed(soql, soql.object, message));
}

function resolveColumn(soql: Soql, field: Name, name: string, table: Table): string {
  const column = Object.keys(table.columns).find((one) => one.toLowerCase() === field.text.toLowerCase());
  if (column !== undefined) return column;
  const message =
    `No such column '${field.text}' on entity '${name}'. If you are attempting to use a custom field, be sure to append the '__c' ` +
    'after the custom field name. Please reference your WSDL or the describe call for the appropriate names.';
  throw new SoqlError('INVALID_FIELD', pointed(soql, field, message));
}

/** The body of a query's answer (docs/reference/salesforce-oauth.md §5.6). Strings compare without regard to case. */
export function queryResult(soql: Soql, org: OrgState, user: User, base: string): Record<string, unknown> {
  const { name, table } = resolveTable(soql, org, user);
  const columns = soql.fields.map((field) => resolveColumn(soql, field, name, table));
  const conditions = soql.where.map(({ field, ...rest }) => ({
    column: resolveColumn(soql, field, name, table),
    ...rest,
  }));
  const folded = (value: Value | undefined): Value =>
    typeof value === 'string' ? value.toLowerCase() : (value ?? null);
  const rows = table
    .rows(org)
    .filter((row) => conditions.every((c) => (folded(row[c.column]) === folded(c.value)) === (c.operator === '=')))
    .slice(0, soql.limit);
  if (soql.count) return { totalSize: rows.length, done: true, records: [] };
  const records = rows.map((row) => ({
    attributes: { type: name, url: `${base}/sobjects/${name}/${String(row['Id'] ?? '')}` },
    ...Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
  }));
  return { totalSize: records.length, done: true, records };
}

/** The answer to `&columns=true`, which stock `sf data query` asks for beside every query (docs/reference/sf-cli.md §11). */
export function columnMetadata(soql: Soql, org: OrgState, user: User): Record<string, unknown> {
  const { name, table } = resolveTable(soql, org, user);
  const apexTypes: Record<ColumnType, string> = {
    id: 'Id',
    string: 'String',
    boolean: 'Boolean',
    int: 'Integer',
    datetime: 'Datetime',
  };
  const columns = soql.fields.map((field) => resolveColumn(soql, field, name, table));
  return {
    columnMetadata: columns.map((column) => {
      const type = table.columns[column] ?? 'string';
      return {
        aggregate: false,
        apexType: apexTypes[type],
        booleanType: type === 'boolean',
        columnName: column,
        custom: column.endsWith('__c'),
        displayName: column,
        foreignKeyName: null,
        insertable: false,
        joinColumns: [],
        numberType: type === 'int',
        textType: type === 'string' || type === 'id',
        updatable: false,
      };
    }),
    entityName: name,
    groupBy: false,
    idSelected: columns.includes('Id'),
    keyPrefix: table.keyPrefix,
  };
}
