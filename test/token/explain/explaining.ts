import { expect } from 'chai';
import { deployRefusalRows } from '../../../src/app/deploy-refusal-rows.ts';
import { fillFix } from '../../../src/checks/fix.ts';
import { explainText, type Explanation } from '../../../src/token/explain/explain.ts';

/** What the command makes of a text. */
export const explain = (text: string): Explanation[] =>
  explainText(text, { deployRows: deployRefusalRows, fill: (fix) => fillFix(fix, {}) });

/** A text as the documents have it; what its first meaning says; a check that can tell; its causes, `?` for those said with "possibly". */
export type Known = [text: string, meaning: RegExp, check: string | undefined, causes: string];

/** One test for each text: it says this, with this check, with as many causes, and they are as sure as that. */
export function explains(table: readonly Known[]): void {
  for (const [text, meaning, check, causes] of table) {
    it(`explains: ${text.replaceAll(/\s+/g, ' ').slice(0, 110)}`, () => {
      const [first, ...others] = explain(text);
      expect(first?.meaning).to.match(meaning);
      expect(others.map((other) => other.meaning)).to.deep.equal([]);
      expect(first?.causes.map(({ sure }) => (sure ? '!' : '?')).join('')).to.equal(causes);
      if (check !== undefined) expect(first?.checks).to.include(check);
      expect(first?.fix).to.match(/\S{3}/);
    });
  }
}
