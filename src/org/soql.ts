/** What SOQL reads as itself inside a string only after a backslash. */
const escaped: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * A value as a SOQL string literal, quoted and escaped, for comparison with `=` and `IN`. (In `LIKE`, `%` and `_` would still be wildcards.)
 * Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export const soqlText = (value: string): string =>
  `'${value.replaceAll(/[\\'\n\r\t\b\f]/g, (character) => escaped[character] ?? character)}'`;
