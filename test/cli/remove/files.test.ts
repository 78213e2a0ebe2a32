import { copyFileSync, existsSync, readFileSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import type { AppOrg } from '../../setup/app-org.ts';
import { all, filesOf, kindsOf, leftOf, RemoveScene, screen } from './scene.ts';

describe('sf aquila remove, and the files', () => {
  let scene: RemoveScene;
  let org: AppOrg;
  const open = async (...more: string[]): Promise<void> => {
    scene = await RemoveScene.open(...more);
    ({ org } = scene);
  };
  afterEach(() => org.close());

  it('without --files it says which stay, and that now is the time to say otherwise', async () => {
    await open();
    const run = await scene.named();
    expect(run.result?.left).to.deep.equal(
      ['server.crt', 'server.key'].map((name) => ({ kind: 'file', name: org.path(name), reason: 'files-not-asked' }))
    );
    expect(screen(run)).to.include('Files go with --files only. If they are to go, give it now');
    expect(readdirSync(org.home)).to.include.members(['server.crt', 'server.key']);
  });

  it('removes what holds the key of the login, the key last, and leaves the rest', async () => {
    await open();
    copyFileSync(org.path('server.key'), org.path('server.pem'));
    writeFileSync(org.path('server.csr'), 'something else');
    writeFileSync(org.path('notes.txt'), 'mine');
    const run = await scene.named('--files');
    expect(filesOf(run)).to.deep.equal(['server.crt', 'server.pem', 'server.key'].map((name) => org.path(name)));
    expect(leftOf(run)).to.deep.equal(['file not-same-key']);
    expect(readdirSync(org.home)).to.include.members(['server.csr', 'notes.txt', 'other.crt']);
    expect(readdirSync(org.home)).not.to.include.members(['server.key']);
  });

  it('leaves a certificate of another key, and a link', async () => {
    await open();
    copyFileSync(org.path('other.crt'), org.path('server.crt'));
    symlinkSync(org.path('server.key'), org.path('server.pem'));
    const run = await scene.named('--files');
    expect(leftOf(run)).to.deep.equal(['file not-same-key', 'file not-same-key']);
    expect(readdirSync(org.home)).to.include.members(['server.crt', 'server.pem']);
    expect(existsSync(org.path('server.key'))).to.equal(false);
  });

  it('leaves a file that has changed since the plan, and says so at the end', async () => {
    await open();
    org.before('delete PermissionSetAssignment', () => copyFileSync(org.path('other.crt'), org.path('server.crt')));
    const run = await scene.named('--files');
    expect(leftOf(run)).to.deep.equal(['file not-same-key']);
    expect(filesOf(run)).to.deep.equal([org.path('server.key')]);
    expect(existsSync(org.path('server.crt'))).to.equal(true);
    expect(screen(run)).to.match(/This stayed after all file \S+server\.crt: it does not hold the key/);
  });

  it('a key that is gone costs nothing', async () => {
    await open();
    unlinkSync(org.path('server.key'));
    const run = await scene.named('--files');
    expect([run.exitCode, kindsOf(run)]).to.deep.equal([0, all]);
  });

  it('a key under a name of its own stays', async () => {
    await open();
    copyFileSync(org.path('server.key'), org.path('mine.key'));
    const file = org.path('.sfdx', `${example.username}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('server.key', 'mine.key'));
    const run = await scene.named('--files');
    expect([kindsOf(run), leftOf(run)]).to.deep.equal([all, ['file other-name']]);
    expect(readdirSync(org.home)).to.include.members(['mine.key', 'server.key', 'server.crt']);
  });

  describe('with a key that another login needs', () => {
    for (const [how, prepare] of [
      ['itself', (): string => org.path('server.key')],
      [
        'under another name beside it',
        (): string => {
          copyFileSync(org.path('server.key'), org.path('server.pem'));
          return org.path('server.pem');
        },
      ],
      [
        'through a link',
        (): string => {
          symlinkSync(org.path('server.key'), org.path('link.key'));
          return org.path('link.key');
        },
      ],
    ] as const)
      it(`${how}: key and certificate stay, and the plan names the login; all else goes`, async () => {
        await open();
        org.emulator.org.addUser({ username: 'second@acme.com' });
        await storeAdmin(org.emulator, 'second@acme.com', 'second', org.home, { privateKey: prepare() });
        const run = await scene.named('--files');
        expect([kindsOf(run), leftOf(run), filesOf(run)]).to.deep.equal([all, ['file shared-key'], []]);
        expect(run.result?.left[0]).to.deep.include({ name: org.path('server.key'), neededBy: 'second@acme.com' });
        expect(screen(run)).to.include('the stored login of second@acme.com needs it');
        expect(readdirSync(org.home)).to.include.members(['server.key', 'server.crt']);
        expect(existsSync(org.path('.sfdx', 'second@acme.com.json'))).to.equal(true);
      });
  });

  describe('with keystores', () => {
    const variable = 'SF_AQUILA_KEYSTORE_PASSWORD';
    const openWithStores = async (): Promise<void> => {
      process.env[variable] = 'changeit';
      try {
        await open('--keystore', 'p12', '--keystore', 'jks');
      } finally {
        Reflect.deleteProperty(process.env, variable);
      }
    };

    it('without --files they are among the files that stay, and nobody is asked for a password', async () => {
      await openWithStores();
      const { result } = await scene.named('--dry-run');
      expect(result?.left.map(({ name, reason }) => [name, reason])).to.have.deep.members(
        ['keystore.p12', 'servercert.jks', 'server.crt', 'server.key'].map((name) => [
          org.path(name),
          'files-not-asked',
        ])
      );
    });

    it('the right password opens them, and they go before the key', async () => {
      await openWithStores();
      org.more[variable] = 'changeit';
      const run = await scene.named('--files');
      expect(filesOf(run)).to.deep.equal(
        ['keystore.p12', 'servercert.jks', 'server.crt', 'server.key'].map((name) => org.path(name))
      );
      expect(leftOf(run)).to.deep.equal([]);
      expect(run.stdout + run.stderr).not.to.include('changeit');
    });

    for (const [what, password] of [
      ['no password', undefined],
      ['a wrong one', 'changed?'],
    ] as const)
      it(`${what} leaves the one that can't be opened, and says what opens it; the rest goes`, async () => {
        await openWithStores();
        if (password !== undefined) org.more[variable] = password;
        const run = await scene.named('--files');
        expect(run.exitCode).to.equal(0);
        const left = readdirSync(org.home).filter((name) => /^(?:server|keystore)/.test(name));
        expect(left).to.include('keystore.p12').and.not.include('server.key');
        expect(run.result?.left).to.deep.include({ kind: 'file', name: org.path('keystore.p12'), reason: 'locked' });
        expect(screen(run)).to.include(`set ${variable}, or remove it yourself`);
      });
  });

  describe('with a bundle', () => {
    const bundle = ['--bundle', '~/for-cytech.zip'];

    it('goes with the files of its login, wherever it lies, and stays without --files', async () => {
      await open(...bundle);
      const path = org.path('for-cytech.zip');
      const dry = await scene.named('--dry-run');
      expect(dry.result?.left).to.deep.include({ kind: 'file', name: path, reason: 'files-not-asked' });
      const run = await scene.named('--files');
      expect(filesOf(run)[0]).to.equal(path);
      expect(existsSync(path)).to.equal(false);
    });

    it('stays where something else has its name, and is listed', async () => {
      await open(...bundle);
      const path = org.path('for-cytech.zip');
      writeFileSync(path, 'mine');
      const run = await scene.named('--files');
      expect(run.result?.left).to.deep.equal([{ kind: 'file', name: path, reason: 'not-the-bundle' }]);
      expect(readFileSync(path, 'utf8')).to.equal('mine');
    });

    it('stays where it is the bundle of another app', async () => {
      await open(...bundle);
      const file = org.path('.sfdx', `${example.username}.json`);
      const fields = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      writeFileSync(file, JSON.stringify({ ...fields, clientId: 'another' }));
      expect(leftOf(await scene.named('--files'))).to.deep.equal(['file not-the-bundle']);
      expect(existsSync(org.path('for-cytech.zip'))).to.equal(true);
    });

    it('that is gone costs nothing', async () => {
      await open(...bundle);
      unlinkSync(org.path('for-cytech.zip'));
      expect([leftOf(await scene.named('--files')), scene.hasLogin()]).to.deep.equal([[], false]);
    });
  });
});
