import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CertRenewResult } from '../../../src/commands/aquila/cert/renew.ts';
import CertRenew from '../../../src/commands/aquila/cert/renew.ts';
import { chainPath } from '../../cert/chains.ts';
import { example, presets } from '../../emulator/index.ts';
import { openNetwork } from '../../../src/org/http.ts';
import { makeStaged, stage, unstage } from '../../../src/setup/renew-files.ts';
import { readPresentSet } from '../../../src/setup/renew-set.ts';
import { runInProcess, type Run } from '../../in-process.ts';
import { inHome } from '../../org/home.ts';
import { runRenew } from '../../setup/renew-run.ts';
import { RenewalOrg } from '../../setup/renewal-org.ts';

const said = ({ error }: Run<CertRenewResult>): string => [error?.message, ...(error?.actions ?? [])].join('\n');

describe('sf aquila cert renew, refused or failed', () => {
  let scene: RenewalOrg;
  let files: Record<string, string>;
  let held: string;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
    files = scene.org.files();
    held = scene.held();
  });
  afterEach(() => scene.close());

  /** As before the run, on the disk and in the org, and the login works. */
  const expectUntouched = async (): Promise<void> => {
    // The administrator's session may have been renewed meanwhile; what belongs to the renewal lies in keys/.
    const mine = (all: Record<string, string>): Array<[string, string]> =>
      Object.entries(all).filter(([name]) => name.startsWith('keys/'));
    expect(mine(scene.org.files())).to.deep.equal(mine(files));
    expect([scene.held(), await scene.logsIn(scene.path('server.key'))]).to.deep.equal([held, true]);
  };

  const kinds: Array<[kind: string, words: string[]]> = [
    ['a renewal', []],
    ['a rekey', ['--rekey']],
  ];
  for (const [kind, words] of kinds) {
    it(`${kind} that the org refuses to deploy: the org's words, and everything is as before`, async () => {
      presets['admin-without-app-developer'](scene.org.emulator);
      const run = await scene.org.renew(...words);
      expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
      await expectUntouched();
    });

    it(`${kind} whose certificate the app does not show in the end: the old one is put back and proven`, async () => {
      const old = scene.org.app().certificate;
      scene.org.before('poll', () => setImmediate(() => (scene.org.app().certificate = old)));
      const run = await scene.org.renew(...words, '--wait', '0');
      expect([run.error?.name, run.exitCode]).to.deep.equal(['RenewalTakenBack', 1]);
      expect(run.error?.data).to.deep.equal({ reason: 'RenewalNotShown' });
      expect(said(run)).to.include('the one of before is in the app again, and a login with the present key works');
      expect(said(run)).to.include('sf aquila verify --target-org aquila --admin-org admin');
      await expectUntouched();
      expect(scene.org.changes()).to.deep.equal(['deploy', 'deploy']);
    });

    it(`${kind} whose deployment breaks off: both sets are kept and the message says where, and the next run finishes it`, async () => {
      scene.org.before('poll', () => scene.org.emulator.faults.set({ kind: 'reset' }));
      const run = await scene.org.renew(...words);
      scene.org.emulator.faults.clear();
      expect([run.error?.name, run.exitCode]).to.deep.equal(['MetadataOutcomeUnknown', 1]);
      expect(said(run)).to.include(scene.path('server.renewal')).and.to.include(scene.path('server.crt'));
      expect(scene.text('server.renewal', 'README.txt'))
        .to.include(held)
        .and.to.include('To finish: sf aquila cert renew');
      const second = await scene.org.renew(...words);
      expect([second.error, second.result?.verified]).to.deep.equal([undefined, true]);
      expect([scene.pair(), scene.names().includes('server.renewal')]).to.deep.equal([scene.held(), false]);
      expect(second.stdout).to.include('An earlier run began this; it is finished now.');
      expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
    });
  }

  it('a rekey whose new key is not accepted in time: the old certificate is put back, and the old key works', async () => {
    scene.org.emulator.switches.certificateSpreadSeconds = 3600;
    const run = await scene.org.renew('--rekey', '--wait', '0');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['RenewalTakenBack', 1]);
    expect(run.error?.data).to.deep.equal({ reason: 'AppLoginNotYet' });
    expect(said(run)).to.include('invalid assertion');
    expect(said(run)).not.to.include('server.renewal');
    await expectUntouched();
  });

  it('a rekey that fails and can not be put back: both pairs are kept, and the next run finishes it', async () => {
    const { switches } = scene.org.emulator;
    switches.certificateSpreadSeconds = 3600;
    scene.org.before('oauth2/token', () => presets['admin-without-app-developer'](scene.org.emulator));
    const run = await scene.org.renew('--rekey', '--wait', '0');
    expect([run.error?.name, run.exitCode]).to.deep.equal(['RenewalUndecided', 1]);
    expect(run.error?.data).to.deep.equal({ reason: 'AppLoginNotYet' });
    expect(said(run)).to.include('Run the same command again');
    expect(scene.pair()).to.equal(held);
    expect(scene.pair('server.renewal')).to.equal(scene.held());
    switches.certificateSpreadSeconds = 0;
    const second = await scene.org.renew();
    expect([second.error, second.result?.rekeyed, second.result?.deployed]).to.deep.equal([undefined, true, false]);
    expect([scene.pair(), scene.names().includes('server.renewal')]).to.deep.equal([scene.held(), false]);
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
  });

  it('a rekey whose deployment broke off is kept when the org does not show the app and refuses the next one: the app may hold it', async () => {
    const { switches, faults } = scene.org.emulator;
    switches.certificateOnRetrieve = 'omitted';
    scene.org.before('poll', () => faults.set({ kind: 'reset' }));
    await scene.org.renew('--rekey');
    faults.clear();
    presets['admin-without-app-developer'](scene.org.emulator);
    const run = await scene.org.renew('--rekey');
    expect(run.error?.name).to.equal('AppDeployRefused');
    expect([scene.pair('server.renewal'), scene.pair()]).to.deep.equal([scene.held(), held]);
    expect(said(run)).to.include(scene.path('server.renewal'));
  });

  it('what was begun with --rekey is not forgotten by a run without it, and the other way round', async () => {
    for (const [first, second, how] of [
      [['--rekey'], [], 'with --rekey'],
      [[], ['--rekey'], 'without --rekey'],
      [[], ['--side-by-side'], 'without --side-by-side'],
    ] as const) {
      // The deployment never reaches the org.
      scene.org.before('listMetadata', () =>
        scene.org.before('deploy', () => scene.org.emulator.faults.set({ kind: 'reset' }))
      );
      const run = await scene.org.renew(...first);
      scene.org.emulator.faults.clear();
      expect(run.exitCode).to.equal(1);
      scene.org.app().certificate = files['keys/server.crt'];
      scene.org.requests();
      const refused = await scene.org.renew(...second);
      expect([refused.error?.name, refused.exitCode, scene.org.changes()]).to.deep.equal(['RenewalUnfinished', 1, []]);
      expect(said(refused)).to.include(how).and.to.include(scene.path('server.renewal'));
      rmSync(scene.path('server.renewal'), { recursive: true });
    }
  });

  it('of two runs at the same time one may give way; what the other has written is never taken away', async () => {
    const network = openNetwork({}, () => new Date());
    const runs = await inHome(scene.org.env, () =>
      Promise.allSettled([runRenew('rekey', network), runRenew('rekey', network)])
    );
    const names = runs.map((run) => (run.status === 'fulfilled' ? 'done' : (run.reason as Error).name));
    expect(names).to.include('done');
    for (const name of names) expect(name).to.be.oneOf(['done', 'RenewalUnfinished']);
    expect([scene.pair(), scene.names().includes('server.renewal')]).to.deep.equal([scene.held(), false]);
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
  });

  it('a set that another run has written meanwhile is not written over', async () => {
    const set = await readPresentSet(scene.path('server.key'));
    const staged = await makeStaged(set, [], { kind: 'rekey', days: 365, now: new Date() });
    await stage(set, staged, 'the note of the first run');
    const error = await stage(set, staged, 'the note of the second run').catch((reason: unknown) => reason);
    expect(error).to.include({ name: 'RenewalUnfinished' });
    expect(scene.text('server.renewal', 'README.txt')).to.equal('the note of the first run');
    await unstage(set);
    expect(scene.names()).not.to.include('server.renewal');
  });

  it('a folder of that name that somebody else made is not touched', async () => {
    mkdirSync(scene.path('server.renewal'));
    writeFileSync(scene.path('server.renewal', 'server.crt'), 'mine');
    const run = await scene.org.renew();
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalFolderUnknown', 1, []]);
    expect(scene.text('server.renewal', 'server.crt')).to.equal('mine');
  });

  it('a link in the place of a file is refused before anything is changed', async () => {
    rmSync(scene.path('server.crt'));
    symlinkSync(scene.org.path('server.crt'), scene.path('server.crt'));
    const run = await scene.org.renew();
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['FileIsLink', 1, []]);
    expect(scene.names()).to.deep.equal(['server.crt', 'server.key', 'server.pem']);
  });

  it('without --admin-org and a terminal it is refused before any request, also with --if-needed', async () => {
    for (const more of [[], ['--if-needed']]) {
      const run = await runInProcess(CertRenew, ['--target-org', 'aquila', ...more], scene.org.env);
      expect([run.error?.name, run.exitCode, scene.org.requests()]).to.deep.equal(['RenewalAdminMissing', 2, []]);
      expect(said(run)).to.include('--admin-org');
    }
  });

  it('a login that is none by private key is refused', async () => {
    const run = await runInProcess(CertRenew, ['--target-org', 'admin', '--admin-org', 'admin'], scene.org.env);
    expect([run.error?.name, run.exitCode]).to.deep.equal(['LoginNotJwt', 2]);
  });

  it('a certificate that is missing, or of another key, is refused before any request', async () => {
    const rename = (from: string): void => copyFileSync(scene.org.path(from), scene.path('server.crt'));
    rename('other.crt');
    const other = await scene.org.renew();
    rmSync(scene.path('server.crt'));
    const missing = await scene.org.renew();
    expect([other.error?.name, missing.error?.name, scene.org.requests()]).to.deep.equal([
      ...['RenewalPairMismatch', 'RenewalCertificateMissing', []],
    ]);
    expect([other.exitCode, missing.exitCode]).to.deep.equal([2, 2]);
    expect(said(missing)).to.include(scene.path('server.crt'));
  });

  it('an app that holds the certificate of another key is left alone: somebody else may use it', async () => {
    scene.org.app().certificate = readFileSync(scene.org.path('other.crt'), 'utf8');
    const run = await scene.org.renew('--rekey');
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalKeyNotOfApp', 1, []]);
  });

  it('an app of the older kind is refused in place, and led to --side-by-side', async () => {
    scene.org.app().kind = 'connected-app';
    const run = await scene.org.renew();
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalConnectedApp', 1, []]);
    expect(said(run)).to.include('--side-by-side');
  });

  it('a certificate of an authority is refused, with the way that leads to the next one', async () => {
    copyFileSync(chainPath('leaf.crt'), scene.path('server.crt'));
    scene.org.app().certificate = scene.text('server.crt');
    const run = await scene.org.renew();
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalByAuthority', 2, []]);
    expect(said(run)).to.include(
      `sf aquila cert import --certificate-file ANSWER.crt --key-file ${scene.path('server.key')}`
    );
  });

  it('a key that another stored login is renewed with gets no successor in its place', async () => {
    const { username } = example;
    const login = JSON.parse(files[`.sfdx/${username}.json`] ?? '{}') as object;
    writeFileSync(
      scene.org.path('.sfdx', 'other@acme.com.json'),
      JSON.stringify({ ...login, username: 'other@acme.com' })
    );
    const run = await scene.org.renew('--rekey');
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['RenewalKeyShared', 1, []]);
    const renewed = await scene.org.renew();
    expect(renewed.exitCode).to.equal(0);
    expect(renewed.stdout.replace(/\s+/g, ' ')).to.include('The login of other@acme.com uses the same key.');
  });

  it('--name of another app is refused, and one that is not there is answered with the nearest', async () => {
    const wrong = await scene.org.renew('--name', 'AQILA');
    expect([wrong.error?.name, wrong.exitCode]).to.deep.equal(['AppNotFound', 1]);
    expect(said(wrong)).to.include('AQUILA');
    const made = await scene.org.create(
      ...['--name', 'Other', '--contact-email', 'soc@acme.com', '--certificate-file', scene.path('server.crt')],
      ...['--permission-set', 'AQUILA_Collector']
    );
    expect(made.error).to.equal(undefined);
    scene.org.requests();
    const other = await scene.org.renew('--name', 'Other');
    expect([other.error?.name, other.exitCode, scene.org.changes()]).to.deep.equal(['RenewalOtherApp', 2, []]);
  });

  it('an administrator of another org is refused', async () => {
    const path = scene.org.path('.sfdx', `${example.admin}.json`);
    const login = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...login, orgId: '00D5g00000Other1EAA' }));
    const run = await scene.org.renew();
    expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal(['AdminOfAnotherOrg', 2, []]);
  });
});
