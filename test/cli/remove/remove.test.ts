import { existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import type { AppOrg } from '../../setup/app-org.ts';
import { all, kindsOf, leftOf, RemoveScene, screen } from './scene.ts';

describe('sf aquila remove', () => {
  let scene: RemoveScene;
  let org: AppOrg;
  beforeEach(async () => {
    scene = await RemoveScene.open();
    ({ org } = scene);
  });
  afterEach(() => org.close());

  const deletions = ['deploy', 'delete PermissionSetAssignment', 'deploy'];
  const integration = () => org.emulator.org.user(example.username)!;

  it('removes app, assignment, permission set and login, in this order, and no file', async () => {
    const run = await scene.named();
    expect([run.error, run.exitCode, run.stderr]).to.deep.equal([undefined, 0, '']);
    expect(kindsOf(run)).to.deep.equal(all);
    expect(org.changes()).to.deep.equal(deletions);
    expect([org.emulator.org.apps, integration().permissionSets]).to.deep.equal([[], []]);
    expect([...org.emulator.org.permissionSets]).not.to.include('AQUILA_Collector');
    expect([scene.hasLogin(), existsSync(org.path('server.key'))]).to.deep.equal([false, true]);
    expect(org.files()['.sfdx/alias.json']).not.to.include(example.username);
    expect(existsSync(org.path('.sfdx', `${example.admin}.json`))).to.equal(true);
    expect(run.stdout).to.include('Nobody else is logged in through the app now.');
  });

  it('finds the user by the stored login that goes through the app', async () => {
    expect(kindsOf(await scene.removing('--no-prompt'))).to.deep.equal(all);
  });

  it('a second run says that there is nothing to remove, and sends no deletion', async () => {
    await scene.named();
    org.requests();
    const run = await scene.removing();
    expect([run.exitCode, run.result]).to.deep.equal([0, { removed: [], left: [] }]);
    expect(run.stdout).to.include('There is nothing to remove');
    expect(org.changes()).to.deep.equal([]);
  });

  it('after a removal the set-up can be made again', async () => {
    await scene.named();
    const run = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home]
    );
    expect(run.exitCode).to.equal(0);
  });

  it('--dry-run shows the plan and changes nothing', async () => {
    const [files, state] = [org.files(), org.state()];
    const run = await scene.removing('--username', example.username, '--files', '--dry-run');
    expect([run.exitCode, new Set(run.result?.removed.map(({ status }) => status))]).to.deep.equal([
      0,
      new Set(['planned']),
    ]);
    expect(run.stdout).to.include('external client app AQUILA').and.include('Dry run: nothing was removed.');
    expect([org.changes(), org.files(), org.state()]).to.deep.equal([[], files, state]);
  });

  it('without a terminal it removes nothing unless --no-prompt says so', async () => {
    const run = await scene.removing('--username', example.username);
    expect([run.error?.name, run.exitCode, org.changes(), scene.hasLogin()]).to.deep.equal([
      'RemoveNotConfirmed',
      2,
      [],
      true,
    ]);
    expect(run.error?.actions?.join(' ')).to.include('--no-prompt');
  });

  it('an app without the mark stays, with all that belongs to it', async () => {
    org.app().description = 'Somebody made this';
    const run = await scene.named();
    expect([kindsOf(run), leftOf(run)]).to.deep.equal([
      [],
      ['app not-ours', 'permission-set used-by-others', 'login other-app'],
    ]);
    expect([org.changes(), scene.hasLogin(), run.exitCode]).to.deep.equal([[], true, 0]);
  });

  it('a permission set that another user has stays; only the assignment of the integration user goes', async () => {
    org.emulator.org.user(example.admin)!.permissionSets.push('AQUILA_Collector');
    const run = await scene.named();
    expect([kindsOf(run), leftOf(run)]).to.deep.equal([
      ['app', 'assignment', 'login'],
      ['permission-set used-by-others'],
    ]);
    expect(org.emulator.org.user(example.admin)!.permissionSets).to.include('AQUILA_Collector');
    expect([...org.emulator.org.permissionSets]).to.include('AQUILA_Collector');
  });

  it('names the others who are logged in through the app', async () => {
    const user = org.emulator.org.user(example.admin)!;
    const token = { user, app: org.app(), scopes: [], issuedAt: 0, expired: false, revoked: false };
    org.emulator.org.tokens.push({ ...token, value: 'one of another user' });
    const run = await scene.removing('--username', example.username, '--dry-run');
    expect(screen(run))
      .to.include('1 other user is logged in through the app')
      .and.include(`logged out: ${example.admin}`);
  });

  it('the user whose login the command works with is refused, by name and by alias', async () => {
    for (const name of [example.admin, example.admin.toUpperCase(), 'admin']) {
      const run = await scene.removing('--username', name, '--no-prompt');
      expect([run.error?.name, run.exitCode]).to.deep.equal(['RemoveUserOfAdmin', 2]);
      expect(run.error?.actions?.join(' ')).to.include('--username').and.include('--target-org');
    }
    expect([org.changes(), org.emulator.org.apps.length]).to.deep.equal([[], 1]);
  });

  it('does not work through the app that it would remove', async () => {
    Object.assign(integration().permissions, org.emulator.org.user(example.admin)!.permissions);
    const run = await scene.removing('--target-org', 'aquila', '--no-prompt');
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['RemoveThroughApp', 2, []]);
    expect(run.error?.message).to.include('AQUILA');
  });

  it('with a mistyped username nothing goes, and the right one is proposed', async () => {
    const run = await scene.removing('--username', 'integrations@acme.com', '--no-prompt');
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['UserUnknown', 2, []]);
    expect(run.error?.actions?.[0]).to.include(example.username);
  });

  it('a login of the same user to another org stays', async () => {
    const file = org.path('.sfdx', `${example.username}.json`);
    const fields = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    writeFileSync(file, JSON.stringify({ ...fields, orgId: '00D000000000001AAA' }));
    const run = await scene.named();
    expect([kindsOf(run), leftOf(run)]).to.deep.equal([['app', 'assignment', 'permission-set'], ['login other-org']]);
    expect(scene.hasLogin()).to.equal(true);
  });

  it('a login that another command stored stays', async () => {
    unlinkSync(org.path('.sfdx', `${example.username}.json`));
    await storeAdmin(org.emulator, example.username, 'other', org.home);
    const run = await scene.named();
    expect(leftOf(run)).to.deep.equal(['login not-by-plugin']);
    expect(scene.hasLogin()).to.equal(true);
  });

  it('with a mistyped name of the app nothing goes that still works', async () => {
    const run = await scene.named('--name', 'AQUILLA');
    expect([kindsOf(run), leftOf(run), org.changes()]).to.deep.equal([[], ['login other-app'], []]);
  });

  it('without a name a login is left whose app is gone, and told of', async () => {
    org.emulator.org.apps.length = 0;
    const run = await scene.removing('--no-prompt');
    expect([leftOf(run), scene.hasLogin()]).to.deep.equal([
      ['permission-set used-by-others', 'login username-needed'],
      true,
    ]);
    expect(run.stdout).to.include('--username');
  });
});
