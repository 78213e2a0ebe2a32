import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { root } from './project-files.ts';

type Answer = { output?: string; status?: number };

/** What each npm command answers, in a run that has nothing to complain about. */
const allWell: Record<string, Answer> = {
  ci: {},
  test: { output: '  61 passing (9s)\n  2 pending' },
  'run lint': {},
  'run demo': {},
  'run test:cli': { output: '  11 passing (9s)' },
  'run test:interop': { output: '  \u001b[32m5 passing\u001b[0m (1s)' },
  'run test:browser': { output: '  3 passing (20s)' },
  'run test:installed': { output: '  7 passing (50s)' },
};

/** One entry of mocha's list of failing tests. */
const failure = (number: number, suite: string): string =>
  `  ${number}) ${suite}\n       its fact:\n     Error: wrong\n      at Context.<anonymous> (a.test.ts:1:1)\n`;

/** Runs a copy of .ci/run with an npm that plays the given answers. */
function run(answers: Record<string, Answer>): {
  lastLine: string;
  status: number | null;
  output: string;
  /** What stands between its title and the last line, if it is there. */
  summary: string | undefined;
} {
  const project = mkdtempSync(join(tmpdir(), 'aquila-ci-'));
  try {
    const tools = join(project, 'tools');
    mkdirSync(tools);
    cpSync(join(root, '.ci'), join(project, '.ci'), { recursive: true });
    const branches = Object.entries(answers).map(
      ([command, { output = '', status = 0 }]) => `'${command}') printf '%s\\n' '${output}'; exit ${status} ;;`
    );
    const npm = `#!/bin/sh\ncase "$*" in\n${branches.join('\n')}\n*) echo "no answer for $*"; exit 99 ;;\nesac\n`;
    for (const tool of ['npm', 'openssl', 'xmlsec1', 'chromium', 'keytool', 'java']) {
      writeFileSync(join(tools, tool), tool === 'npm' ? npm : '#!/bin/sh\n');
      chmodSync(join(tools, tool), 0o755);
    }
    const environment = { ...process.env, PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
    const { stdout, status } = spawnSync(join(project, '.ci', 'run'), { encoding: 'utf8', env: environment });
    const summary = /^=== what failed, once more\n(.*)\n\n.*\n$/ms.exec(stdout)?.[1];
    return { lastLine: stdout.trimEnd().split('\n').at(-1)!, status, output: stdout, summary };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const rows: Array<[what: string, answers: Record<string, Answer>, lastLine: string]> = [
  ['adds up the tests of all buckets and one for each other step', {}, '89 passed, 0 failed'],
  [
    'counts failing tests and goes on',
    { test: { output: '  60 passing (9s)\n  1 failing', status: 1 } },
    '88 passed, 1 failed',
  ],
  ['counts a failing step once', { 'run lint': { status: 1 } }, '88 passed, 1 failed'],
  ['counts a bucket that breaks before its tests run', { ci: { status: 1 } }, '28 passed, 1 failed'],
  [
    'counts a bucket that breaks after its tests ran',
    { 'run test:interop': { output: '  5 passing (1s)', status: 7 } },
    '89 passed, 1 failed',
  ],
  ['counts a bucket without tests', { 'run test:installed': {} }, '82 passed, 1 failed'],
];

// a script for Linux; on other systems the npm scripts are what runs
(process.platform === 'linux' ? describe : describe.skip)('house: .ci/run', () => {
  for (const [what, answers, lastLine] of rows) {
    it(what, () => {
      const result = run({ ...allWell, ...answers });
      expect(result.lastLine, result.output).to.equal(lastLine);
      expect(result.status).to.equal(lastLine.endsWith(' 0 failed') ? 0 : 1);
      expect(result.summary === undefined, result.output).to.equal(lastLine.endsWith(' 0 failed'));
    });
  }

  describe('repeats at the end what failed, and nothing else:', () => {
    const summary = (answers: Record<string, Answer>): string[] =>
      run({ ...allWell, ...answers }).summary?.split('\n') ?? [];

    it('the failing tests of each bucket, with their errors, without colours', () => {
      const lines = summary({
        test: { output: `  60 passing (9s)\n  1 failing\n\n${failure(1, 'a room')}`, status: 1 },
        'run test:cli': {
          output: `  \u001b[32m10 passing\u001b[0m (9s)\n  \u001b[31m2 failing\u001b[0m\n\n${failure(1, 'x')}\n${failure(2, 'y')}`,
          status: 2,
        },
      });
      expect(lines).to.deep.equal([
        '',
        '--- bash -c npm ci && npm test',
        ...failure(1, 'a room').split('\n').filter(Boolean),
        '',
        '--- npm run test:cli',
        ...failure(1, 'x').split('\n').filter(Boolean),
        ...failure(2, 'y').split('\n').filter(Boolean),
      ]);
    });

    it('of many failing tests with long errors, the beginning of each: 60 lines in all', () => {
      const all = Array.from({ length: 10 }, (_, at) => failure(at + 1, `suite ${at}`) + '\n  long'.repeat(100));
      const [, title, ...lines] = summary({
        'run test:cli': { output: `  10 failing\n\n${all.join('\n')}`, status: 10 },
      });
      expect([title, lines.length]).to.deep.equal(['--- npm run test:cli', 60]);
      expect(lines.filter((line) => /^ {2}\d+\) suite \d$/.test(line))).to.have.lengthOf(10);
      expect(lines.filter((line) => line === '     Error: wrong')).to.have.lengthOf(10);
    });

    it('that a step was stopped', () => {
      expect(summary({ 'run demo': { output: 'a line', status: 124 } })).to.deep.equal([
        ...['', '--- npm run demo', 'a line', '=== stopped after 1m'],
      ]);
    });

    const long = Array.from({ length: 50 }, (_, at) => `line ${at}`);
    for (const [what, command, output] of [
      ['of a step that counts as one', 'run lint', long.join('\n')],
      ['of a bucket that breaks before its tests run', 'run test:interop', long.join('\n')],
      ['of a bucket that breaks after its tests ran', 'run test:interop', ['  5 passing (1s)', ...long].join('\n')],
    ] as const) {
      it(`the last 40 lines ${what}`, () => {
        expect(summary({ [command]: { output, status: 1 } })).to.deep.equal([
          '',
          `--- npm ${command}`,
          ...long.slice(10),
        ]);
      });
    }
  });
});
