import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { files } from './secrets.ts';
import { scene } from './scene.ts';

const words = ['doctor', '--plugin', 'sf-plugin-aquila'];

describe('installed: sf doctor', () => {
  scene('says in one line that no login is stored', async ({ org, ann }) => {
    const run = await ann.sf(...words);
    expect(run.code, run.stderr).to.equal(0);
    expect(run.stdout.match(/^.*\[sf-plugin-aquila\].*$/gm)).to.deep.equal([
      'pass - [sf-plugin-aquila] no login of sf aquila is stored, so there is nothing to check',
    ]);
    expect([...org.calls]).to.deep.equal([]);
  });

  scene('prints and keeps what is found of a login, without a request', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    copyFileSync(join(import.meta.dirname, '..', 'fixtures', 'keys', 'rsa2048.crt'), join(ann.desk, 'acme.crt'));
    await ann.result('aquila report', '--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem');
    org.calls.clear();
    const good = await ann.result(...words);
    expect(good.diagnosticResults).to.deep.equal([
      { testName: '[sf-plugin-aquila] aquila: key, certificate and hand-over are in order', status: 'pass' },
    ]);

    rmSync(ann.keyFile);
    const bad = await ann.sf(...words);
    expect(bad.stdout).to.contain('fail - [sf-plugin-aquila] aquila: key file holds a private key\n');
    expect(bad.stdout).to.match(/\* \[sf-plugin-aquila\] aquila: key-readable\n(?: {6}.*\n)* {6}fix: /);
    expect([...org.calls]).to.deep.equal([]);
    const kept = files(ann.desk, (file) => file.endsWith('diagnosis.json')).map(({ text }) => JSON.parse(text));
    const found = kept.map(({ pluginSpecificData }) => pluginSpecificData['sf-plugin-aquila'][0].checks[0]);
    expect(found.map(({ id, status }) => `${id} ${status}`)).to.have.members([
      'key-readable pass',
      'key-readable fail',
    ]);
  });
});
