import { expect } from 'chai';
import { renderExplanations } from '../../src/render/explanation.ts';
import type { Explanation } from '../../src/token/explain/explain.ts';

const found: Explanation = {
  line: 12,
  words: 'invalid assertion',
  meaning: 'Salesforce did not accept the signature',
  causes: [
    { text: 'the key is another one', fix: 'sf aquila app create --target-org ADMIN --name APP_NAME', sure: true },
    { text: 'the app was just edited', fix: 'wait ten minutes and try again', sure: true },
    { text: 'the certificate was cleared', fix: 'wait ten minutes and try again', sure: false },
  ],
  fix: 'sf aquila app create --target-org ADMIN --name APP_NAME',
  checks: ['login-accepted', 'app-certificate', 'cert-matches-key'],
};
const lines = (explanations: Explanation[], view = { columns: 80, severalLines: true }): string[] =>
  renderExplanations(explanations, view).split('\n');

describe('the explanation of a text, for a person', () => {
  it('has the meaning, the line, the causes in order, a fix under each, and the commands that can tell', () => {
    expect(lines([found])).to.deep.equal([
      'Salesforce did not accept the signature.',
      '  line 12     invalid assertion',
      '  likely      the key is another one',
      '              fix: sf aquila app create --target-org ADMIN --name APP_NAME',
      '  or          the app was just edited',
      '              fix: Wait ten minutes and try again',
      '  possibly    the certificate was cleared',
      '  check with  sf aquila verify --target-org ORG --only login-accepted,cert-matches-key',
      '              sf aquila app check --target-org ADMIN --client-id CLIENT_ID --username USERNAME',
    ]);
  });

  it('of one line, its number is left out', () => {
    expect(lines([found], { columns: 80, severalLines: false })[1]).to.equal('  words       invalid assertion');
  });

  it('what to do first stands before the causes where no cause has it', () => {
    expect(lines([{ ...found, fix: 'read the reason: sf aquila verify --target-org ORG' }]).slice(2, 5)).to.deep.equal([
      '  fix: Read the reason:',
      '       sf aquila verify --target-org ORG',
      '  likely      the key is another one',
    ]);
  });

  it('a single cause is called that, and one that is not sure is said with possibly', () => {
    const one = (sure: boolean): string | undefined =>
      lines([{ ...found, causes: [{ ...found.causes[0]!, sure }] }]).find((line) => line.includes('another one'));
    expect(one(true)).to.equal('  cause       the key is another one');
    expect(one(false)).to.equal('  possibly    the key is another one');
  });

  it('a check that no command runs is not offered', () => {
    expect(
      lines([{ ...found, checks: ['nothing-that-exists'] }]).filter((line) => line.includes('check'))
    ).to.deep.equal([]);
  });

  it('several stand apart, and no line but a command is wider than the screen', () => {
    const long = { ...found, meaning: 'a word '.repeat(40).trim(), words: 'some words '.repeat(20).trim() };
    const shown = lines([long, found], { columns: 60, severalLines: true });
    expect(shown.filter((line) => line === '')).to.have.length(1);
    expect(shown.filter((line) => line.length > 60 && !line.includes('sf aquila'))).to.deep.equal([]);
  });

  it('control characters of the text are not obeyed by the terminal', () => {
    const shown = renderExplanations([{ ...found, words: 'invalid\u001b]0;x\u0007' }], {
      columns: 80,
      severalLines: true,
    });
    expect(['\u001b', '\u0007'].filter((one) => shown.includes(one))).to.deep.equal([]);
  });

  it('of nothing it says that, and what to try', () => {
    const shown = lines([]).join(' ');
    expect(shown).to.include('Nothing in this text is known').and.include('sf aquila verify');
  });
});
