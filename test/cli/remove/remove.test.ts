import { copyFileSync, existsSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import AquilaRemove, { type AquilaRemoveResult } from '../../../src/commands/aquila/remove.ts';
import { example } from '../../emulator/index.ts';
import { runInProcess, type Run } from '../../in-process.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { AppOrg } from '../../setup/app-org.ts';

describe('sf aquila remove', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
    const run = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home, '--alias', 'aquila']
    );
    expect(run.exitCode).to.equal(0);
    org.requests();
  });
  afterEach(() => org.close());

  const removing = (...words: string[]): Promise<Run<AquilaRemoveResult>> =>
    runInProcess(AquilaRemove, ['--target-org', 'admin', ...words], org.env);
  const named = (...words: string[]): Promise<Run<AquilaRemoveResult>> =>
    removing('--username', example.username, '--no-prompt', ...words);
  const kinds = ({ result }: Run<AquilaRemoveResult>): string[] => (result?.removed ?? []).map(({ kind }) => kind);
  const left = ({ result }: Run<AquilaRemoveResult>): string[] =>
    (result?.left ?? []).map(({ kind, reason }) => `${kind} ${reason}`);
  const login = (): boolean => existsSync(org.path('.sfdx', `${example.username}.json`));
  const all = ['app', 'assignment', 'permission-set', 'login'];
  const deletions = ['deploy', 'delete PermissionSetAssignment', 'deploy'];
  const integration = () => org.emulator.org.user(example.username)!;

  it('removes app, assignment, permission set and login, in this order, and no file', async () => {
    const run = await named();
    expect([run.error, run.exitCode, run.stderr]).to.deep.equal([undefined, 0, '']);
    expect(kinds(run)).to.deep.equal(all);
    expect(org.changes()).to.deep.equal(deletions);
    expect([org.emulator.org.apps, integration().permissionSets]).to.deep.equal([[], []]);
    expect([...org.emulator.org.permissionSets]).not.to.include('AQUILA_Collector');
    expect([login(), existsSync(org.path('server.key'))]).to.deep.equal([false, true]);
    expect(org.files()['.sfdx/alias.json']).not.to.include(example.username);
    expect(existsSync(org.path('.sfdx', `${example.admin}.json`))).to.equal(true);
    expect(run.stdout).to.include('Nobody else is logged in through the app now.');
  });

  it('finds the user by the stored login that goes through the app', async () => {
    expect(kinds(await removing('--no-prompt'))).to.deep.equal(all);
  });

  it('a second run says that there is nothing to remove, and sends no deletion', async () => {
    await named();
    org.requests();
    const run = await removing();
    expect([run.exitCode, run.result]).to.deep.equal([0, { removed: [], left: [] }]);
    expect(run.stdout).to.include('There is nothing to remove');
    expect(org.changes()).to.deep.equal([]);
  });

  it('after a removal the set-up can be made again', async () => {
    await named();
    const run = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home]
    );
    expect(run.exitCode).to.equal(0);
  });

  it('--dry-run shows the plan and changes nothing', async () => {
    const [files, state] = [org.files(), org.state()];
    const run = await removing('--username', example.username, '--files', '--dry-run');
    expect([run.exitCode, new Set(run.result?.removed.map(({ status }) => status))]).to.deep.equal([
      0,
      new Set(['planned']),
    ]);
    expect(run.stdout).to.include('external client app AQUILA').and.include('Dry run: nothing was removed.');
    expect([org.changes(), org.files(), org.state()]).to.deep.equal([[], files, state]);
  });

  it('without a terminal it removes nothing unless --no-prompt says so', async () => {
    const run = await removing('--username', example.username);
    expect([run.error?.name, run.exitCode, org.changes(), login()]).to.deep.equal(['RemoveNotConfirmed', 2, [], true]);
    expect(run.error?.actions?.join(' ')).to.include('--no-prompt');
  });

  it('an app without the mark stays, with all that belongs to it', async () => {
    org.app().description = 'Somebody made this';
    const run = await named();
    expect([kinds(run), left(run)]).to.deep.equal([
      [],
      ['app not-ours', 'permission-set used-by-others', 'login other-app'],
    ]);
    expect([org.changes(), login(), run.exitCode]).to.deep.equal([[], true, 0]);
  });

  it('a permission set that another user has stays; only the assignment of the integration user goes', async () => {
    org.emulator.org.user(example.admin)!.permissionSets.push('AQUILA_Collector');
    const run = await named();
    expect([kinds(run), left(run)]).to.deep.equal([['app', 'assignment', 'login'], ['permission-set used-by-others']]);
    expect(org.emulator.org.user(example.admin)!.permissionSets).to.include('AQUILA_Collector');
    expect([...org.emulator.org.permissionSets]).to.include('AQUILA_Collector');
  });

  it('names the others who are logged in through the app', async () => {
    const user = org.emulator.org.user(example.admin)!;
    const token = { user, app: org.app(), scopes: [], issuedAt: 0, expired: false, revoked: false };
    org.emulator.org.tokens.push({ ...token, value: 'one of another user' });
    const run = await removing('--username', example.username, '--dry-run');
    expect(run.stdout.replace(/\s+/g, ' '))
      .to.include('1 other user is logged in through the app')
      .and.include(`logged out: ${example.admin}`);
  });

  it('the login that the command works with stays', async () => {
    const run = await removing('--username', example.admin, '--no-prompt');
    expect(left(run)).to.include('login own-login');
    expect(existsSync(org.path('.sfdx', `${example.admin}.json`))).to.equal(true);
  });

  it('a login that another command stored stays', async () => {
    unlinkSync(org.path('.sfdx', `${example.username}.json`));
    await storeAdmin(org.emulator, example.username, 'other', org.home);
    const run = await named();
    expect(left(run)).to.deep.equal(['login not-by-plugin']);
    expect(login()).to.equal(true);
  });

  it('with a mistyped name of the app nothing goes that still works', async () => {
    const run = await named('--name', 'AQUILLA');
    expect([kinds(run), left(run), org.changes()]).to.deep.equal([[], ['login other-app'], []]);
  });

  it('says what is gone and what is left when the org refuses, and goes on from there', async () => {
    const { permissions } = org.emulator.org.user(example.admin)!;
    org.before('delete PermissionSetAssignment', () => void (permissions.modifyMetadata = false));
    const run = await named();
    permissions.modifyMetadata = true;
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'RemoveRefused']);
    const said = run.error?.actions?.at(-1) ?? '';
    expect(said).to.include('Removed: external client app AQUILA').and.include(`--username ${example.username}`);
    expect(said).to.match(/Not removed: .*stored login of integration@acme\.com/);
    expect(login()).to.equal(true);
    const again = await named();
    expect([again.exitCode, kinds(again).at(-1), login()]).to.deep.equal([0, 'login', false]);
    expect(kinds(again)).not.to.include('app');
  });

  it('without a name a login is left whose app is gone, and told of', async () => {
    org.emulator.org.apps.length = 0;
    const run = await removing('--no-prompt');
    expect([left(run), login()]).to.deep.equal([['permission-set used-by-others', 'login username-needed'], true]);
    expect(run.stdout).to.include('--username');
  });

  describe('--files', () => {
    it('removes what holds the key of the login, and leaves the rest', async () => {
      copyFileSync(org.path('server.key'), org.path('server.pem'));
      writeFileSync(org.path('server.csr'), 'something else');
      writeFileSync(org.path('notes.txt'), 'mine');
      const run = await named('--files');
      expect(run.result?.removed.filter(({ kind }) => kind === 'file').map(({ name }) => name)).to.deep.equal(
        ['server.crt', 'server.pem', 'server.key'].map((name) => org.path(name))
      );
      expect(left(run)).to.deep.equal(['file not-same-key']);
      expect(readdirSync(org.home)).to.include.members(['server.csr', 'notes.txt', 'other.crt']);
      expect(readdirSync(org.home)).not.to.include.members(['server.key']);
    });

    it('leaves a certificate of another key, and a link', async () => {
      copyFileSync(org.path('other.crt'), org.path('server.crt'));
      symlinkSync(org.path('server.key'), org.path('server.pem'));
      const run = await named('--files');
      expect(left(run)).to.deep.equal(['file not-same-key', 'file not-same-key']);
      expect(readdirSync(org.home)).to.include.members(['server.crt', 'server.pem']);
      expect(existsSync(org.path('server.key'))).to.equal(false);
    });

    it('leaves a file that has changed since the plan', async () => {
      org.before('delete PermissionSetAssignment', () => copyFileSync(org.path('other.crt'), org.path('server.crt')));
      const run = await named('--files');
      expect(left(run)).to.deep.equal(['file not-same-key']);
      expect(existsSync(org.path('server.crt'))).to.equal(true);
    });

    it('a key that is gone costs nothing', async () => {
      unlinkSync(org.path('server.key'));
      const run = await named('--files');
      expect([run.exitCode, kinds(run)]).to.deep.equal([0, all]);
    });
  });
});
