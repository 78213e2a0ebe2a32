import { expect } from 'chai';
import { soqlText } from '../../src/org/soql.ts';

describe('text in SOQL', () => {
  const literals: Array<[string, string, string]> = [
    ['plain text', 'AQUILA', "'AQUILA'"],
    ['nothing', '', "''"],
    ['a quote', "O'Brien", String.raw`'O\'Brien'`],
    ['a backslash before a quote', String.raw`a\' OR Name != '`, String.raw`'a\\\' OR Name != \''`],
    ['a line break', 'a\r\nb', String.raw`'a\r\nb'`],
    ['a tab, a backspace and a form feed', '\t\b\f', String.raw`'\t\b\f'`],
    ['what is no ASCII', 'Zażółć 標準', "'Zażółć 標準'"],
    ['double quotes and wildcards', '"100%_"', `'"100%_"'`],
  ];
  for (const [what, value, literal] of literals) {
    it(`${what} stays what it is`, () => expect(soqlText(value)).to.equal(literal));
  }
});
