import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { AppOrg } from '../../setup/app-org.ts';
import { filesOf, kindsOf, leftOf, RemoveScene, screen } from './scene.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/keys/${name}`, import.meta.url));

describe('sf aquila remove, after a renewal', () => {
  let scene: RemoveScene;
  let org: AppOrg;
  beforeEach(async () => {
    scene = await RemoveScene.open();
    ({ org } = scene);
  });
  afterEach(() => org.close());

  it('--files removes the certificate of before, and its dated folder', async () => {
    const renewed = await org.renew('--no-prompt');
    const [backup = ''] = renewed.result?.backup ?? [];
    expect(backup).to.match(/server\.backup-\d{4}-\d\d-\d\d\/server\.crt$/);
    const run = await scene.named('--files');
    expect(filesOf(run)).to.deep.equal([backup, org.path('server.crt'), org.path('server.key')]);
    expect(readdirSync(org.home).filter((name) => name.startsWith('server'))).to.deep.equal([]);
  });

  it('--files removes a key of before, with what belongs to it, and leaves what else lies in its folder', async () => {
    const folder = org.path('server.backup-2026-01-02-2');
    mkdirSync(folder);
    for (const name of ['server.key', 'server.crt', 'server.pem'])
      copyFileSync(fixture(name === 'server.crt' ? 'other2048.crt' : 'other2048.key'), `${folder}/${name}`);
    copyFileSync(fixture('rsa2048.crt'), `${folder}/server.csr`);
    writeFileSync(`${folder}/README.txt`, 'mine');
    const run = await scene.named('--files');
    expect(filesOf(run).slice(0, 3)).to.deep.equal(
      ['server.crt', 'server.pem', 'server.key'].map((name) => `${folder}/${name}`)
    );
    expect(leftOf(run)).to.deep.equal(['file not-same-key', 'file other-name']);
    expect(readdirSync(folder)).to.deep.equal(['README.txt', 'server.csr']);
  });

  it('--files removes what an interrupted renewal left, note and folder too', async () => {
    const folder = org.path('server.renewal');
    mkdirSync(folder);
    copyFileSync(org.path('server.crt'), `${folder}/server.crt`);
    writeFileSync(`${folder}/README.txt`, 'This folder was made by "sf aquila cert renew" at 12:00.');
    const run = await scene.named('--files');
    expect(filesOf(run).slice(0, 2)).to.deep.equal([`${folder}/server.crt`, `${folder}/README.txt`]);
    expect([leftOf(run), existsSync(folder)]).to.deep.equal([[], false]);
  });

  it('a folder whose name only resembles one stays untouched', async () => {
    for (const name of ['server.backup-old', 'server.backup', 'other.backup-2026-01-02']) {
      mkdirSync(org.path(name));
      copyFileSync(org.path('server.crt'), org.path(name, 'server.crt'));
    }
    const run = await scene.named('--files');
    expect(filesOf(run)).to.deep.equal(['server.crt', 'server.key'].map((name) => org.path(name)));
    expect(existsSync(org.path('server.backup-old', 'server.crt'))).to.equal(true);
  });

  it('side by side: the first app goes, and its key is named; then the second takes permission set and login with it', async () => {
    const renewed = await org.renew('--side-by-side', '--no-prompt', '--wait', '0');
    expect([renewed.exitCode, renewed.error]).to.deep.equal([0, undefined]);
    const first = await scene.named('--files');
    expect([kindsOf(first), leftOf(first)]).to.deep.equal([
      ['app'],
      ['permission-set used-by-others', 'login other-app', 'file earlier-key'],
    ]);
    expect(screen(first)).to.include(`file ${org.path('server.key')}: key of an app before this one`);
    expect(org.emulator.org.apps.map(({ name }) => name)).to.deep.equal(['AQUILA 2']);
    const second = await scene.named('--files', '--name', 'AQUILA 2');
    expect([kindsOf(second).filter((kind) => kind !== 'file'), leftOf(second)]).to.deep.equal([
      ['app', 'assignment', 'permission-set', 'login'],
      ['file earlier-key'],
    ]);
    expect(filesOf(second)).to.include(org.path('AQUILA_2', 'server.key'));
    expect([[...org.emulator.org.permissionSets], scene.hasLogin()]).to.deep.equal([[], false]);
    expect(readdirSync(org.home)).to.include.members(['server.key', 'server.crt']);
  });
});
