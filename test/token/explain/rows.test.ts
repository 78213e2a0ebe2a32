import { expect } from 'chai';
import { fillFix } from '../../../src/checks/fix.ts';
import { registry } from '../../../src/checks/index.ts';
import { explainRows } from '../../../src/token/explain/explain.ts';
import { commandFaults } from '../../checks/commands-in-text.ts';
import { explain } from './explaining.ts';

const fixes = explainRows
  .flatMap(({ fix, causes }) => [...(fix === undefined ? [] : [fix]), ...causes.map((cause) => cause.fix)])
  .map((fix) => fillFix(fix, {}));

/** Ids of checks that rows may name before the registry has them; they are fixed already. */
const coming = [
  ...['user-active', 'user-api-enabled', 'user-event-log-files', 'user-real-time-events'],
  ...['data-event-log-files', 'data-log-download', 'data-login-events', 'data-logout-events'],
  ...['data-session-lifetime', 'data-api-limit'],
];

describe('explain: the rows', () => {
  it('have ids of their own', () => {
    const ids = explainRows.map(({ id, words }) => `${id} ${words[0] ?? ''}`);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).to.deep.equal([]);
  });

  it('are each found by each of their words', () => {
    for (const { words, meaning } of explainRows) {
      for (const one of words) {
        const text = one.replaceAll(' … ', ' x ');
        expect(
          explain(text).map((found) => found.meaning),
          text
        ).to.include(meaning);
      }
    }
  });

  it('have words in lower case without quotes and blanks that are searched for in another form', () => {
    const words = explainRows.flatMap((row) => row.words);
    expect(words.filter((one) => one !== one.toLowerCase() || /[’‘“”\u00a0\n]|^\s|\s$/.test(one))).to.deep.equal([]);
  });

  it('name checks that exist', () => {
    const known = new Set<string>([...registry.map(({ id }) => id), ...coming]);
    expect(explainRows.flatMap(({ checks }) => checks).filter((id) => !known.has(id))).to.deep.equal([]);
  });

  it('have sentences without a full stop, and a fix or a cause or a check', () => {
    expect(explainRows.filter(({ meaning }) => /[.!]$/.test(meaning)).map(({ id }) => id)).to.deep.equal([]);
    expect(
      explainRows
        .filter(({ causes, fix, checks }) => causes.length === 0 && fix === undefined && checks.length === 0)
        .map(({ id }) => id)
    ).to.deep.equal([]);
  });

  it('hide only rows that there are', () => {
    const ids = explainRows.map(({ id }) => id);
    expect(explainRows.flatMap(({ hides = [] }) => hides).filter((id) => !ids.includes(id))).to.deep.equal([]);
  });

  it('have fixes with commands that exist, and placeholders in capitals', async () => {
    const faults = await Promise.all(fixes.map(commandFaults));
    expect(faults.flat()).to.deep.equal([]);
    expect(fixes.filter((fix) => /<[a-z-]+>/.test(fix))).to.deep.equal([]);
  });
});
