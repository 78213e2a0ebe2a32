import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { root } from './project-files.ts';

/** What only work of its own needs: signing, encoding, XML, metadata, progress on a terminal. */
const atWork = [
  '@inquirer/input',
  '@oclif/multi-stage-output',
  '@salesforce/source-deploy-retrieve',
  'fast-xml-parser',
  'jose',
  'jszip',
  'node-forge',
  'oauth4webapi',
  'open',
  'xml-crypto',
];

/** Writes the address of every module that a process loads into a file. */
const listLoaded = `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + '\\n');
    return next(url, context);
  },
});
`;

/** Begins one command after the other, each with a flag that does not exist, and notes after each what it was and how it ended. */
const beginAll = `import { appendFileSync } from 'node:fs';
import { run } from '@oclif/core';
for (const words of JSON.parse(process.argv[1])) {
  const error = await run([...words, '--no-such-flag'], process.argv[2]).catch((reason) => reason);
  appendFileSync(process.env.LOADED_MODULES, 'command ' + words.join(' ') + ': ' + error.message.split('\\n')[0] + '\\n');
}
`;

/** The packages of the modules in a list of their addresses. */
const packagesIn = (list: string): string[] => {
  const names = list.matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g);
  return [...new Set([...names].map(([, name]) => name!))];
};

/** What a process has loaded at its end, as a list of addresses. */
function listOf(words: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'aquila-loading-'));
  try {
    const [hook, list] = [join(folder, 'hook.mjs'), join(folder, 'loaded')];
    writeFileSync(hook, listLoaded);
    writeFileSync(list, '');
    const ended = spawnSync(process.execPath, ['--import', pathToFileURL(hook).href, ...words], {
      cwd: root,
      env: { ...process.env, HOME: folder, USERPROFILE: folder, LOADED_MODULES: list, SF_DISABLE_LOG_FILE: 'true' },
      encoding: 'utf8',
    });
    // The exit code for a wrong flag.
    expect(ended.status, ended.stderr).to.equal(2);
    return readFileSync(list, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('house: what a command loads before its work begins', () => {
  const commands = ['login', 'verify', 'app create', 'app check', 'audit', 'token request', 'setup', 'remove'];
  /** For each command in its turn, what it was the first to load, and how it ended. */
  let parts: string[];
  before(() => {
    const words = JSON.stringify(commands.map((command) => ['aquila', ...command.split(' ')]));
    parts = listOf(['--input-type=module', '--eval', beginAll, '--', words, root]).split(/^(?=command )/m);
  });

  for (const [at, command] of commands.entries()) {
    it(`sf aquila ${command} loads the framework, and no library that only its work may need`, () => {
      // Loaded once for all: what an earlier command loads is told of that one.
      expect(parts[at + 1]).to.match(new RegExp(`^command aquila ${command}: Nonexistent flag: --no-such-flag`));
      const packages = packagesIn(parts.slice(0, at + 1).join(''));
      expect(packages).to.include('@salesforce/sf-plugins-core');
      expect(packagesIn(parts[at] ?? '').filter((name) => atWork.includes(name))).to.deep.equal([]);
    });
  }

  it('neither does the program that a user starts', () => {
    const packages = packagesIn(listOf([join(root, 'bin', 'run.js'), 'aquila', 'login', '--no-such-flag']));
    expect(packages).to.include('@salesforce/sf-plugins-core');
    expect(packages.filter((name) => atWork.includes(name))).to.deep.equal([]);
  });

  it('each of those libraries is one that this plugin depends on', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(dependencies)).to.include.members(atWork);
  });
});
