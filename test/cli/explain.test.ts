import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AquilaExplainResult } from '../../src/commands/aquila/explain.ts';
import { dialogue, needTerminal } from './dialogue.ts';
import { Place, type Outcome } from './process.ts';

type Answer = { status: number; result: AquilaExplainResult; warnings: string[] };

const hidden = 'session response error: 400 400 Bad Request';
const refused = '{"error":"invalid_grant","error_description":"user hasn\'t approved this consumer"}';
const token = '00Dxx0000000001!AQ0AQFakeFakeFakeFakeFakeFakeFake';

describe('sf aquila explain, as a process', () => {
  let place: Place;
  beforeEach(() => (place = new Place()));
  afterEach(() => place.remove());

  const run = (words: string[], input?: string): Promise<Outcome> =>
    place.run(['explain', ...words], input === undefined ? {} : { input });
  const answerOf = async (words: string[], input?: string): Promise<[number | null, Answer]> => {
    const { code, json } = await run([...words, '--json'], input);
    return [code, json() as Answer];
  };

  it('says what the collector hides, and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['--text', hidden]);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include('throws the reason').and.include('sf aquila verify --target-org ORG');
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('sf aquila'))).to.deep.equal([]);
  });

  it('gives the same as JSON, from a file and from standard input', async () => {
    writeFileSync(place.path('collector.log'), `level=info\n${refused}\n`);
    for (const [words, input] of [
      [['--file', 'collector.log'], undefined],
      [['-f', '-'], `level=info\n${refused}\n`],
    ] as const) {
      const [code, { status, result, warnings }] = await answerOf([...words], input);
      expect([code, status, warnings]).to.deep.equal([0, 0, []]);
      const [found, ...others] = result.matches;
      expect(others).to.deep.equal([]);
      expect(found).to.include({ line: 2, words: "user hasn't approved this consumer" });
      expect(found?.causes[0]).to.deep.include({ sure: true, fix: found?.fix });
      expect(found?.checks).to.include('user-preauthorized');
    }
  });

  it('understands what PowerShell writes', async () => {
    writeFileSync(place.path('error.txt'), Buffer.from(`\ufeff${refused}\r\n`, 'utf16le'));
    const [code, { result }] = await answerOf(['--file', 'error.txt']);
    expect([code, result.matches.length]).to.deep.equal([0, 1]);
  });

  it('explains a refused deployment', async () => {
    const [code, { result }] = await answerOf([
      '--text',
      "ExtlClntAppOauthSettings AQUILA_oauth: There's a problem with your scope(s): X",
    ]);
    expect([code, result.matches[0]?.checks]).to.deep.equal([0, ['app-scopes']]);
  });

  it('where nothing is known it says so and ends with 1, and the JSON is whole', async () => {
    const { code, stdout } = await run(['--text', 'all is well']);
    expect(code).to.equal(1);
    expect(stdout).to.include('Nothing in this text is known');
    const [jsonCode, answer] = await answerOf(['--text', 'all is well']);
    expect([jsonCode, answer.status, answer.result]).to.deep.equal([1, 1, { matches: [] }]);
  });

  it('never prints a token of the text, and warns of it', async () => {
    const [code, answer] = await answerOf(['--file', '-'], `Bearer ${token}\n${refused}\nENOENT ${token} server.key`);
    expect([code, answer.result.matches.length, answer.warnings.length]).to.deep.equal([0, 2, 1]);
    await run(['--file', '-'], `Bearer ${token}\n${refused}\nENOENT ${token} server.key`);
    expect(place.everything()).to.not.include(token.slice(20));
  });

  it('reads a log of many megabytes', async () => {
    writeFileSync(place.path('big.log'), `${'level=info msg="nothing to see"\n'.repeat(700_000)}${refused}\n`);
    const [code, { result }] = await answerOf(['--file', 'big.log']);
    expect([code, result.matches.map(({ words }) => words)]).to.deep.equal([0, ["user hasn't approved this consumer"]]);
  });

  const wrong: Array<[what: string, words: string[], name: string]> = [
    ['no text and no terminal', [], 'ExplainTextMissing'],
    ['two texts', ['--text', 'a', '--file', '-'], 'Error'],
    ['a file that is not there', ['--file', 'nowhere.log'], 'FileMissing'],
    ['a folder', ['--file', 'folder'], 'FileIsFolder'],
  ];
  for (const [what, words, name] of wrong) {
    it(`${what} ends with 2`, async () => {
      mkdirSync(place.path('folder'));
      const { code, json } = await run([...words, '--json']);
      expect([code, (json() as { name: string }).name]).to.deep.equal([2, name]);
    });
  }

  it('on a terminal it asks for the line', async function () {
    needTerminal(this);
    const { text, code } = await dialogue(place, ['explain'], [['one line', `${hidden}\r`]]);
    expect([code, text.includes('sf aquila verify --target-org ORG')]).to.deep.equal([0, true]);
  });

  it('a question that is declined ends with 130', async function () {
    needTerminal(this);
    const { code } = await dialogue(place, ['explain'], [['one line', '\u0003']]);
    expect(code).to.equal(130);
  });
});
