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

/** The packages that a command has loaded when it is ready to begin: a flag that does not exist ends it there. */
function packagesOf(words: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'aquila-loading-'));
  try {
    const [hook, list] = [join(folder, 'hook.mjs'), join(folder, 'loaded')];
    writeFileSync(hook, listLoaded);
    writeFileSync(list, '');
    const { status } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(hook).href, join(root, 'bin', 'run.js'), 'aquila', ...words, '--no-such-flag'],
      { env: { ...process.env, HOME: folder, USERPROFILE: folder, LOADED_MODULES: list, SF_DISABLE_LOG_FILE: 'true' } }
    );
    expect(status, words.join(' ')).to.equal(2);
    const names = readFileSync(list, 'utf8').matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g);
    return [...new Set([...names].map(([, name]) => name!))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('house: what a command loads before its work begins', () => {
  for (const command of ['login', 'verify', 'app create', 'app check', 'audit', 'token request', 'setup', 'remove']) {
    it(`sf aquila ${command} loads the framework, and no library that only its work may need`, () => {
      const packages = packagesOf(command.split(' '));
      expect(packages).to.include('@salesforce/sf-plugins-core');
      expect(packages.filter((name) => atWork.includes(name))).to.deep.equal([]);
    });
  }

  it('each of those libraries is one that this plugin depends on', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(dependencies)).to.include.members(atWork);
  });
});
