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
  'run test:installed': { output: '  7 passing (50s)' },
};

/** Runs a copy of .ci/run with an npm that plays the given answers. */
function run(answers: Record<string, Answer>): { lastLine: string; status: number | null; output: string } {
  const project = mkdtempSync(join(tmpdir(), 'aquila-ci-'));
  try {
    const tools = join(project, 'tools');
    mkdirSync(tools);
    cpSync(join(root, '.ci'), join(project, '.ci'), { recursive: true });
    const branches = Object.entries(answers).map(
      ([command, { output = '', status = 0 }]) => `'${command}') printf '%s\\n' '${output}'; exit ${status} ;;`
    );
    const npm = `#!/bin/sh\ncase "$*" in\n${branches.join('\n')}\n*) echo "no answer for $*"; exit 99 ;;\nesac\n`;
    for (const tool of ['npm', 'openssl', 'xmlsec1', 'keytool', 'java']) {
      writeFileSync(join(tools, tool), tool === 'npm' ? npm : '#!/bin/sh\n');
      chmodSync(join(tools, tool), 0o755);
    }
    const environment = { ...process.env, PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
    const { stdout, status } = spawnSync(join(project, '.ci', 'run'), { encoding: 'utf8', env: environment });
    return { lastLine: stdout.trimEnd().split('\n').at(-1)!, status, output: stdout };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const rows: Array<[what: string, answers: Record<string, Answer>, lastLine: string]> = [
  ['adds up the tests of all buckets and one for each other step', {}, '86 passed, 0 failed'],
  [
    'counts failing tests and goes on',
    { test: { output: '  60 passing (9s)\n  1 failing', status: 1 } },
    '85 passed, 1 failed',
  ],
  ['counts a failing step once', { 'run lint': { status: 1 } }, '85 passed, 1 failed'],
  ['counts a bucket that breaks before its tests run', { ci: { status: 1 } }, '25 passed, 1 failed'],
  [
    'counts a bucket that breaks after its tests ran',
    { 'run test:interop': { output: '  5 passing (1s)', status: 7 } },
    '86 passed, 1 failed',
  ],
  ['counts a bucket without tests', { 'run test:installed': {} }, '79 passed, 1 failed'],
];

// a script for Linux; on other systems the npm scripts are what runs
(process.platform === 'linux' ? describe : describe.skip)('house: .ci/run', () => {
  for (const [what, answers, lastLine] of rows) {
    it(what, () => {
      const result = run({ ...allWell, ...answers });
      expect(result.lastLine, result.output).to.equal(lastLine);
      expect(result.status).to.equal(lastLine.endsWith(' 0 failed') ? 0 : 1);
    });
  }
});
