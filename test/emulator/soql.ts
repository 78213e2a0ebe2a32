import type { Value } from './tables.ts';

/** A query that the org refuses: with 400, and 403 for INSUFFICIENT_ACCESS (docs/reference/salesforce-oauth.md §5.6). */
export class SoqlError extends Error {
  readonly code: 'MALFORMED_QUERY' | 'INVALID_TYPE' | 'INVALID_FIELD' | 'INSUFFICIENT_ACCESS';
  constructor(code: SoqlError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A field or an object as it was written; a field may be a path, such as `Parent.Profile.Name`. */
export type Name = { text: string; at: number };
/** A date, a time, or words such as TODAY and LAST_N_DAYS:7, as they were written. */
export type DateLiteral = { date: string };
export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | 'LIKE' | 'IN';
export type Comparison = { field: Name; operator: Operator; values: Array<Value | DateLiteral> };
export type Condition = Comparison | { join: 'AND' | 'OR'; of: Condition[] };
export type Soql = {
  text: string;
  /** Also `FIELDS(STANDARD)` and `FIELDS(ALL)`, as one name each. */
  fields: Name[];
  count: boolean;
  object: Name;
  where: Condition | undefined;
  /** Nulls are the smallest of all, unless NULLS says where they go. */
  orderBy: Array<{ field: Name; descending: boolean; nulls: 'FIRST' | 'LAST' | undefined }>;
  limit: number;
};

type Lexeme = { text: string; at: number; kind: 'word' | 'string' | 'date' | 'number' | 'sign' };

function lexemes(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  const word = String.raw`(?<word>[A-Za-z_][\w.]*(?::\d+)?)`;
  const string = String.raw`(?<string>'(?:\\.|[^'\\])*')`;
  const time = String.raw`T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)`;
  const date = String.raw`(?<date>\d{4}-\d\d-\d\d(?:${time})?)`;
  const number = String.raw`(?<number>-?\d+(?:\.\d+)?)`;
  const sign = '(?<sign>!=|<>|<=|>=|[=,()<>])';
  const pattern = new RegExp(String.raw`\s+|${[word, string, date, number, sign].join('|')}`, 'y');
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match)
      throw new SoqlError('MALFORMED_QUERY', `line 1:${at} no viable alternative at character '${text.charAt(at)}'`);
    const kind = (['word', 'string', 'date', 'number', 'sign'] as const).find(
      (one) => match.groups?.[one] !== undefined
    );
    if (kind) found.push({ text: match[0], at, kind });
  }
  return found;
}

class Parser {
  readonly #rest: Lexeme[];
  constructor(text: string) {
    this.#rest = lexemes(text);
  }

  take(kind: Lexeme['kind'], ...texts: string[]): Lexeme {
    const lexeme = this.#rest.shift();
    if (lexeme?.kind !== kind || (texts.length > 0 && !texts.includes(lexeme.text.toUpperCase())))
      throw unexpected(lexeme);
    return lexeme;
  }

  nextIs(...texts: string[]): boolean {
    return texts.includes(this.#rest[0]?.text.toUpperCase() ?? '');
  }

  /** Takes the next lexeme if it is this one. */
  skip(text: string): boolean {
    const found = this.nextIs(text);
    if (found) this.#rest.shift();
    return found;
  }

  end(): void {
    if (this.#rest.length > 0) throw unexpected(this.#rest[0]);
  }

  /** One or more, with commas between. */
  list<T>(one: () => T): T[] {
    const found = [one()];
    while (this.skip(',')) found.push(one());
    return found;
  }

  literal(): Value | DateLiteral {
    const lexeme = this.#rest.shift();
    if (lexeme?.kind === 'date') return { date: lexeme.text };
    if (lexeme && /^(?:TODAY|YESTERDAY|LAST_N_DAYS:\d+)$/i.test(lexeme.text))
      return { date: lexeme.text.toUpperCase() };
    if (lexeme?.kind === 'string') return unescaped(lexeme.text.slice(1, -1));
    if (lexeme?.kind === 'number') return Number(lexeme.text);
    const value = { TRUE: true, FALSE: false, NULL: null }[lexeme?.text.toUpperCase() ?? ''];
    if (value === undefined) throw unexpected(lexeme);
    return value;
  }

  /** AND and OR do not mix without parentheses, as in Salesforce. */
  condition(): Condition {
    const of = [this.#factor()];
    const join = this.nextIs('OR') ? 'OR' : 'AND';
    while (this.skip(join)) of.push(this.#factor());
    const [only] = of;
    return of.length === 1 && only ? only : { join, of };
  }

  #factor(): Condition {
    if (this.skip('(')) {
      const inner = this.condition();
      this.take('sign', ')');
      return inner;
    }
    const field = this.take('word');
    if (this.skip('LIKE'))
      return { field, operator: 'LIKE', values: [unescaped(this.take('string').text.slice(1, -1), '%_')] };
    if (this.skip('IN')) {
      this.take('sign', '(');
      const values = this.list(() => this.literal());
      this.take('sign', ')');
      return { field, operator: 'IN', values };
    }
    const sign = this.take('sign', '=', '!=', '<>', '>', '<', '>=', '<=').text;
    const operator = sign === '<>' ? '!=' : (sign as Operator);
    return { field, operator, values: [this.literal()] };
  }
}

const unexpected = (lexeme: Lexeme | undefined): SoqlError =>
  new SoqlError('MALFORMED_QUERY', lexeme ? `unexpected token: '${lexeme.text}'` : "unexpected token: '<EOF>'");

/** Takes the backslashes away, but for those before the characters that a LIKE gives a meaning. */
const unescaped = (text: string, except = ''): string =>
  text.replace(/\\(.)/g, (both, one: string) => (except.includes(one) ? both : one));

/** A field of the select list, or `FIELDS(STANDARD)`, which is one name here; `FIELDS(ALL)` needs a LIMIT. */
function selected(parser: Parser): Name {
  const name = parser.take('word');
  if (name.text.toUpperCase() !== 'FIELDS' || !parser.skip('(')) return name;
  const group = parser.take('word', 'STANDARD', 'ALL').text.toUpperCase();
  parser.take('sign', ')');
  return { text: `FIELDS(${group})`, at: name.at };
}

/**
 * Reads `SELECT a, b.c, FIELDS(STANDARD) | COUNT() FROM Object [WHERE …] [ORDER BY a [ASC|DESC] [NULLS FIRST|LAST], …] [LIMIT n]`, where
 * conditions are `=`, `!=`, `>`, `<`, `>=`, `<=`, `LIKE` and `IN (literals)`, joined by AND or OR and grouped by parentheses. Everything else
 * that SOQL knows is refused as malformed, never ignored.
 */
export function parseSoql(text: string): Soql {
  const parser = new Parser(text);
  parser.take('word', 'SELECT');
  const fields: Name[] = parser.list(() => selected(parser));
  const count = fields.length === 1 && fields[0]?.text.toUpperCase() === 'COUNT' && parser.skip('(');
  if (count) {
    parser.take('sign', ')');
    fields.pop();
  }
  parser.take('word', 'FROM');
  const object = parser.take('word');
  const where = parser.skip('WHERE') ? parser.condition() : undefined;
  let orderBy: Soql['orderBy'] = [];
  if (parser.skip('ORDER')) {
    parser.take('word', 'BY');
    orderBy = parser.list(() => {
      const field = parser.take('word');
      const descending = parser.nextIs('ASC', 'DESC') && parser.take('word').text.toUpperCase() === 'DESC';
      const place = parser.skip('NULLS') ? parser.take('word', 'FIRST', 'LAST').text.toUpperCase() : undefined;
      return { field, descending, nulls: place as 'FIRST' | 'LAST' | undefined };
    });
  }
  const limit = parser.skip('LIMIT') ? Number(parser.take('number').text) : Infinity;
  parser.end();
  if (fields.some(({ text: one }) => one === 'FIELDS(ALL)') && limit > 200)
    throw new SoqlError('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  return { text, fields, count, object, where, orderBy, limit };
}
