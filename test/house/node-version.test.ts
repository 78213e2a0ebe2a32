import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from './project-files.ts';

type PackageJson = { engines: { node: string }; name: string };
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;

describe('house: the version of Node', () => {
  it('the tests run on a Node that package.json allows', () => {
    const [major, minor] = packageJson.engines.node.replace('>=', '').split('.').map(Number);
    const [runsMajor, runsMinor] = process.versions.node.split('.').map(Number);
    expect(runsMajor! * 1000 + runsMinor!).to.be.at.least(major! * 1000 + minor!);
  });

  for (const script of ['run.js', 'dev.js']) {
    it(`bin/${script} on a Node that is too old says so in one sentence and exits 1, before it loads a library`, () => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'aquila-node-'));
      try {
        cpSync(join(root, 'bin'), join(elsewhere, 'bin'), { recursive: true });
        const tooNew = { ...packageJson, engines: { node: '>=999.19' } };
        writeFileSync(join(elsewhere, 'package.json'), JSON.stringify(tooNew));
        // no node_modules here: an import of a library would fail with another text
        const { status, stdout, stderr } = spawnSync(process.execPath, [join(elsewhere, 'bin', script)], {
          encoding: 'utf8',
        });
        expect(stderr).to.equal(`sf-plugin-aquila needs Node >=999.19, but this is ${process.version}.\n`);
        expect(stdout).to.equal('');
        expect(status).to.equal(1);
      } finally {
        rmSync(elsewhere, { recursive: true, force: true });
      }
    });
  }
});
