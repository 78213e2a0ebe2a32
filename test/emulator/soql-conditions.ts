import { SoqlError } from './soql.ts';
import type { Comparison, Condition, DateLiteral, Name, Operator } from './soql.ts';
import type { Path } from './soql-result.ts';
import type { ColumnType, Row, Value } from './tables.ts';

type Test = (row: Row) => boolean;

/** How a condition finds its field, and the value of it in a row. `now` is the org's clock in milliseconds. */
type Reading = { resolve: (field: Name) => Path; value: (row: Row, path: Path) => Value; now: number };

/** Whether a row meets a condition. */
export function test(condition: Condition, reading: Reading): Test {
  if ('join' in condition) {
    const tests = condition.of.map((one) => test(one, reading));
    return condition.join === 'AND' ? (row) => tests.every((t) => t(row)) : (row) => tests.some((t) => t(row));
  }
  const path = reading.resolve(condition.field);
  const type = path.table.columns[path.column] ?? 'string';
  judgeTypes(condition, type);
  const value = (row: Row): Value => reading.value(row, path);
  const { operator, values } = condition;
  if (operator === 'LIKE') {
    const [text = null] = values;
    const like = pattern(isDate(text) ? text.date : String(text));
    return (row) => like.test(String(value(row) ?? ''));
  }
  if (type === 'datetime' || type === 'date') {
    const spans = values.map((one) => (isDate(one) ? spanOf(one.date, reading.now) : undefined));
    return (row) => meets(operator, value(row), spans);
  }
  if (operator === '=' || operator === '!=' || operator === 'IN') {
    const wanted = new Set(values.map((one) => (isDate(one) ? null : folded(one, type))));
    return (row) => wanted.has(folded(value(row), type)) === (operator !== '!=');
  }
  const [wanted = null] = values.map((one) => (isDate(one) ? null : one));
  return (row) => {
    const found = value(row);
    if (found === null || wanted === null) return false;
    const order = compare(found, wanted);
    return operator === '>' ? order > 0 : operator === '<' ? order < 0 : operator === '>=' ? order >= 0 : order <= 0;
  };
}

const isDate = (value: Value | DateLiteral): value is DateLiteral => typeof value === 'object' && value !== null;

/** A time takes no quotes, and what is no time takes no date. The words of the second refusal are a guess. */
function judgeTypes({ field, operator, values }: Comparison, type: ColumnType): void {
  const refuse = (text: string): never => {
    throw new SoqlError('INVALID_FIELD', text);
  };
  const mustBe = `value of filter criterion for field '${field.text}' must be of type`;
  if (type === 'datetime') {
    // A date alone is no time either.
    const fits = (one: Value | DateLiteral): boolean => one === null || (isDate(one) && !/^[\d-]+$/.test(one.date));
    if (!values.every(fits)) refuse(`${mustBe} dateTime and should not be enclosed in quotes`);
  } else if (type === 'date') {
    const fits = (one: Value | DateLiteral): boolean => one === null || (isDate(one) && !/T\d/.test(one.date));
    if (!values.every(fits)) refuse(`${mustBe} date and should not be enclosed in quotes`);
  } else if (values.some(isDate)) {
    refuse(`${mustBe} ${type}`);
  }
  const ordered = ['>', '<', '>=', '<='].includes(operator);
  if (ordered && type === 'boolean') refuse(`invalid operator on boolean field`);
}

/** The milliseconds from the first to before the second. `after` is what `>` compares with. */
type Span = { from: number; to: number; after: number };

const day = 86_400_000;

/**
 * A time is a span of one millisecond; TODAY and the like are whole days of UTC. After LAST_N_DAYS is from its first moment on, as everybody
 * writes it; whether Salesforce takes the first day in is not documented.
 */
function spanOf(literal: string, now: number): Span {
  const today = Math.floor(now / day) * day;
  if (literal === 'TODAY') return { from: today, to: today + day, after: today + day };
  if (literal === 'YESTERDAY') return { from: today - day, to: today, after: today };
  const days = /^LAST_N_DAYS:(\d+)$/.exec(literal)?.[1];
  const first = today - Number(days) * day;
  if (days !== undefined) return { from: first, to: today + day, after: first };
  const from = Date.parse(literal);
  return { from, to: from + 1, after: from + 1 };
}

/** From a span on is from its beginning. An undefined span stands for null. */
function meets(operator: Operator, value: Value, spans: Array<Span | undefined>): boolean {
  const time = value === null ? undefined : Date.parse(String(value));
  const within = spans.some((span) =>
    span && time !== undefined ? time >= span.from && time < span.to : span === time
  );
  if (operator === '=' || operator === 'IN') return within;
  if (operator === '!=') return !within;
  const [span] = spans;
  if (!span || time === undefined) return false;
  if (operator === '>') return time >= span.after;
  if (operator === '>=') return time >= span.from;
  return operator === '<' ? time < span.from : time < span.to;
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

/** The order of two values; nulls are the smallest, unless told where they go. */
export function compare(
  a: Value,
  b: Value,
  { descending = false, nulls }: { descending?: boolean; nulls?: 'FIRST' | 'LAST' | undefined } = {}
): number {
  if (a === b) return 0;
  const sign = descending ? -1 : 1;
  if (a === null || b === null) {
    const first = nulls === undefined ? sign : nulls === 'FIRST' ? 1 : -1;
    return a === null ? -first : first;
  }
  const [one, other] = [folded(a, 'string') ?? '', folded(b, 'string') ?? ''];
  return one < other ? -sign : one > other ? sign : 0;
}
