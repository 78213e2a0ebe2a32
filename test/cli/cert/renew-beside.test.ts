import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import AquilaRemove from '../../../src/commands/aquila/remove.ts';
import AquilaReport from '../../../src/commands/aquila/report.ts';
import AquilaVerify from '../../../src/commands/aquila/verify.ts';
import { example } from '../../emulator/index.ts';
import { runInProcess } from '../../in-process.ts';
import { RenewalOrg } from '../../setup/renewal-org.ts';

describe('sf aquila cert renew --side-by-side', () => {
  let scene: RenewalOrg;
  let files: Record<string, string>;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
    files = scene.org.files();
  });
  afterEach(() => scene.close());

  const names = (): string[] => scene.org.emulator.org.apps.map(({ name }) => name);

  it('makes a second app like the first one with a key of its own; both keys log in, and the login goes through the second', async () => {
    const first = structuredClone(scene.org.app());
    const run = await scene.org.renew('--side-by-side');
    expect([run.exitCode, run.error, run.stderr]).to.deep.equal([0, undefined, '']);
    const second = scene.org.app('AQUILA 2');
    const keyFile = scene.path('AQUILA_2', 'server.key');
    expect(run.result).to.deep.include({
      ...{ rekeyed: true, deployed: true, verified: true, backup: [] },
      ...{ app: 'AQUILA 2', clientId: second.clientId, keyFile },
    });
    for (const setting of ['permissionSets', 'permittedUsers', 'scopes', 'enabled', 'callbackUrls'] as const)
      expect(second[setting as keyof typeof second], setting).to.deep.equal(first[setting as keyof typeof first]);
    expect(scene.pair('AQUILA_2')).to.equal(scene.held('AQUILA 2'));
    expect(await scene.logsIn(keyFile, second.clientId)).to.equal(true);
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
    expect(await scene.logsIn(keyFile)).to.equal(false);
    expect(scene.org.app()).to.deep.equal(first);
    const kept = Object.entries(files).filter(([name]) => name.startsWith('keys/'));
    expect(Object.entries(scene.org.files())).to.deep.include.members(kept);
    const login = JSON.parse(scene.org.files()[`.sfdx/${example.username}.json`] ?? '{}') as Record<string, string>;
    expect([login['clientId'], login['privateKey']]).to.deep.equal([second.clientId, keyFile]);
  });

  it('what it says to do next works: report, verify, and the removal of the first app, which leaves the second one alone', async () => {
    const { stdout } = await scene.org.renew('--side-by-side');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).to.include(`Copy ${scene.path('AQUILA_2', 'server.pem')} to the log collector`);
    expect(said).to.include('sf aquila report --target-org aquila --key-path PATH_ON_THE_COLLECTOR');
    const [removal = ''] = /sf aquila remove .*/.exec(stdout) ?? [];
    expect(removal).to.equal('sf aquila remove --target-org admin --name AQUILA');
    const report = await runInProcess(AquilaReport, ['-o', 'aquila', '--key-path', '/etc/aquila/2.pem'], scene.org.env);
    expect(report.result).to.include({
      clientId: scene.org.app('AQUILA 2').clientId,
      clientKeyPath: '/etc/aquila/2.pem',
    });
    const removed = await runInProcess(AquilaRemove, [...removal.split(' ').slice(3), '--no-prompt'], scene.org.env);
    expect([removed.exitCode, removed.result?.removed.map(({ kind }) => kind), names()]).to.deep.equal([
      ...[0, ['app'], ['AQUILA 2']],
    ]);
    const verified = await runInProcess(AquilaVerify, ['-o', 'aquila', '--admin-org', 'admin'], scene.org.env);
    expect(verified.exitCode).to.equal(0);
  });

  it('counts on: the app after "AQUILA 2" is "AQUILA 3"', async () => {
    await scene.org.renew('--side-by-side');
    const run = await scene.org.renew('--side-by-side');
    expect([run.result?.app, names()]).to.deep.equal(['AQUILA 3', ['AQUILA', 'AQUILA 2', 'AQUILA 3']]);
    expect(run.result?.keyFile).to.equal(scene.path('AQUILA_2', 'AQUILA_3', 'server.key'));
  });

  it('keeps what was chosen for the first app: session and refresh token', async () => {
    const more = ['--session-timeout', '120', '--refresh-token-days', '90'];
    expect((await scene.org.create('--name', 'AQUILA', ...more)).error).to.equal(undefined);
    await scene.org.renew('--side-by-side');
    const checked = await scene.org.create('--name', 'AQUILA 2', ...more, '--dry-run');
    expect([checked.error, checked.result?.changes]).to.deep.equal([undefined, []]);
  });

  it('is a way out of a connected app of the older kind', async () => {
    scene.org.app().kind = 'connected-app';
    const run = await scene.org.renew('--side-by-side');
    expect(run.error?.message).to.equal(undefined);
    expect([run.result?.app, scene.org.app('AQUILA 2').kind]).to.deep.equal(['AQUILA 2', 'external-client-app']);
  });

  it('refuses where an app of that name holds another certificate, and changes nothing', async () => {
    const made = await scene.org.create(
      ...['--name', 'AQUILA 2', '--contact-email', 'soc@acme.com', '--certificate-file', scene.org.path('other.crt')],
      ...['--permission-set', 'AQUILA_Collector']
    );
    expect(made.error).to.equal(undefined);
    scene.org.requests();
    const run = await scene.org.renew('--side-by-side');
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalAppExists', 1, []]);
    expect(run.error?.actions?.join('\n')).to.include('sf aquila remove --target-org admin --name "AQUILA 2"');
    expect(scene.names()).to.deep.equal(['server.crt', 'server.key', 'server.pem']);
  });

  it('refuses a folder with an old pair in it', async () => {
    mkdirSync(scene.path('AQUILA_2'));
    for (const name of ['server.key', 'server.crt']) copyFileSync(scene.path(name), scene.path('AQUILA_2', name));
    const run = await scene.org.renew('--side-by-side');
    expect([run.error?.name, scene.org.changes()]).to.deep.equal(['RenewalFolderUnknown', []]);
    expect(readFileSync(scene.path('AQUILA_2', 'server.key'), 'utf8')).to.equal(scene.text('server.key'));
  });

  it('a login that is not accepted in time leaves the first app and the stored login alone; the next run goes on', async () => {
    scene.org.emulator.switches.propagationSeconds = 900;
    scene.org.app().changedAt = 0;
    const run = await scene.org.renew('--side-by-side', '--wait', '0');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppLoginNotYet', 1]);
    expect(scene.org.files()[`.sfdx/${example.username}.json`]).to.equal(files[`.sfdx/${example.username}.json`]);
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
    scene.org.emulator.switches.propagationSeconds = 0;
    const second = await scene.org.renew('--side-by-side');
    expect([second.error, second.result?.app, second.result?.deployed]).to.deep.equal([undefined, 'AQUILA 2', false]);
    expect(names()).to.deep.equal(['AQUILA', 'AQUILA 2']);
  });

  it('where the org hides the client id of an app that an interrupted run made, it says how to log in', async () => {
    const { switches, org } = scene.org.emulator;
    switches.propagationSeconds = 900;
    scene.org.app().changedAt = 0;
    await scene.org.renew('--side-by-side', '--wait', '0');
    switches.consumerKeyOnRetrieve = 'omitted';
    org.facts.clientSecretInRestApi = false;
    const run = await scene.org.renew('--side-by-side', '--name', 'AQUILA');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['RenewalClientIdHidden', 1]);
    expect(run.error?.actions?.join('\n')).to.include(`--jwt-key-file ${scene.path('AQUILA_2', 'server.key')}`);
  });

  it('--if-needed makes no second app while enough days are left', async () => {
    const run = await scene.org.renew('--side-by-side', '--if-needed');
    expect([run.exitCode, run.result?.deployed, names()]).to.deep.equal([0, false, ['AQUILA']]);
    rmSync(scene.path('AQUILA_2'), { recursive: true, force: true });
  });
});
