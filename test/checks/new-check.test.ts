import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..', '..');

describe('checks: npm run new:check', () => {
  let copy: string;
  const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
  const run = (...words: string[]) => spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
  const start = (...words: string[]) => run(join('scripts', 'new-check.ts'), ...words);

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'aquila-new-check-'));
    const parts = ['src', 'scripts', 'messages', 'docs/checks', 'test/checks', 'test/fixtures', 'package.json', 'bin'];
    for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('makes file, test, page and the lines of registry and index, and all tests of checks pass as they stand', () => {
    const { status, stdout, stderr } = start('cert-serial-positive');
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(stdout.split('\n').slice(0, 5)).to.deep.equal([
      'src/checks/cert/cert-serial-positive.ts',
      'test/checks/cert/cert-serial-positive.test.ts',
      'docs/checks/cert-serial-positive.md',
      'src/checks/index.ts',
      'docs/checks/README.md',
    ]);
    expect(read('src/checks/index.ts')).to.include('  certSize,\n  certSerialPositive,\n  hostUrl,\n');
    expect(read('docs/checks/README.md')).to.include('| [cert-serial-positive](cert-serial-positive.md) |');
    const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');
    const tests = ['test/checks/registry.test.ts', 'test/checks/cert/cert-serial-positive.test.ts'];
    const tested = run(mocha, '--no-config', '--timeout', '60000', '--reporter', 'spec', ...tests);
    expect(tested.status, tested.stdout + tested.stderr).to.equal(0);
    expect(tested.stdout).to.include('cert-serial-positive fails without one');
  });

  it('starts a room that has no check yet at its place in the registry', () => {
    const index = join(copy, 'src', 'checks', 'index.ts');
    writeFileSync(index, read('src/checks/index.ts').replace(/(?<=\n)(?:import sso| {2}sso).*\n/g, ''));
    expect(start('sso-row-count').status).to.equal(0);
    expect(read('src/checks/index.ts')).to.match(/\n {2}flow\w+,\n {2}ssoRowCount,\n\];\n/);
    expect(read('src/checks/index.ts')).to.include("import ssoRowCount from './sso/sso-row-count.ts';\n");
  });

  for (const [words, reason] of [
    [['key-rsa'], 'src/checks/key/key-rsa.ts, test/checks/key/key-rsa.test.ts, docs/checks/key-rsa.md: there already'],
    [['serial-positive'], 'not the id of a check: serial-positive'],
    [['cert-Serial'], 'not the id of a check: cert-Serial'],
    [['cert-../escape'], 'not the id of a check: cert-../escape'],
    [[], 'not the id of a check: '],
  ] as Array<[string[], string]>) {
    it(`refuses "${words.join(' ')}", writes nothing and exits 2`, () => {
      const before = read('src/checks/index.ts');
      const { status, stderr } = start(...words);
      expect(status).to.equal(2);
      expect(stderr.split('\n')[0]).to.equal(reason);
      expect(read('src/checks/index.ts')).to.equal(before);
    });
  }
});
