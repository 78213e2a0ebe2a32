import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import JSZip from 'jszip';
import type { AquilaSetupResult } from '../../../src/commands/aquila/setup.ts';
import { example, presets } from '../../emulator/index.ts';
import { draftOf } from '../../emulator/metadata/store.ts';
import type { Run } from '../../in-process.ts';
import { AppOrg } from '../../setup/app-org.ts';

type Step = { step: string; status: string };

describe('sf aquila setup, refused or failed', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
  });
  afterEach(() => org.close());

  const user = ['--username', example.username];
  const whole = (...more: string[]): string[] => [
    ...[...user, '--contact-email', 'soc@acme.com', '--create-permission-set', '--output-dir', org.home, ...more],
  ];
  const stepsOf = ({ error }: Run<AquilaSetupResult>): Record<string, string> =>
    Object.fromEntries(
      ((error?.data as { steps?: Step[] } | undefined)?.steps ?? []).map((one) => [one.step, one.status])
    );

  const missing: Array<[what: string, words: string[], flags: string]> = [
    ['everything', [], '--username, --contact-email, --permission-set'],
    ['all but the user', user, '--contact-email, --permission-set'],
    ['the address', [...user, '--create-permission-set'], '--contact-email'],
    ['who may use the app', [...user, '--contact-email', 'soc@acme.com'], '--permission-set'],
  ];
  for (const [what, words, flags] of missing) {
    it(`without a terminal one error names ${what}, and nothing is changed`, async () => {
      const run = await org.setup(...words, '--output-dir', org.home);
      expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['SetupIncomplete', 2, []]);
      expect(run.error?.message).to.equal(`This is missing, and nobody can be asked for it here: ${flags}.`);
      for (const flag of flags.split(', ')) expect(run.error?.actions?.join('\n')).to.include(flag);
    });
  }

  it('without an org it names the org and all that a new app needs', async () => {
    const run = await org.setupFrom('--output-dir', org.home);
    expect(run.error?.message).to.include('--target-org, --username, --contact-email, --permission-set');
    expect(org.requests()).to.deep.equal([]);
  });

  it('a default org stands in for --target-org', async () => {
    Object.assign(org.more, { SF_TARGET_ORG: 'admin' });
    const run = await org.setupFrom(...whole('--dry-run'));
    expect([run.exitCode, run.error]).to.deep.equal([0, undefined]);
    delete org.more['SF_TARGET_ORG'];
    const without = await org.setupFrom(...whole('--dry-run'));
    expect(without.error?.message).to.include('--target-org');
  });

  it('a deployment that the org refuses: says what is done, what not, how to go on and how to undo it; run again, it ends', async () => {
    presets['admin-without-app-developer'](org.emulator);
    const run = await org.setup(...whole());
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppDeployRefused', 1]);
    expect(stepsOf(run)).to.deep.equal({ certificate: 'unchanged', 'permission-set': 'done', app: 'failed' });
    const said = run.error?.actions?.join('\n');
    expect(said).to.include(
      'Done: certificate, permission-set. Failed: app. Not begun: access, wait, login, verify, report.'
    );
    expect(said)
      .to.include('Run the same command again')
      .and.include('sf aquila remove --target-org admin --name AQUILA');
    expect([org.emulator.org.apps, org.emulator.org.user(example.username)?.permissionSets]).to.deep.equal([[], []]);
    Object.assign(org.emulator.org.user(example.admin)!.permissions, { externalClientAppDeveloper: true });
    expect((await org.setup(...whole())).exitCode).to.equal(0);
  });

  it('--dry-run has the org validate app and permission set together, and tells what it refuses', async () => {
    presets['admin-without-app-developer'](org.emulator);
    const run = await org.setup(...whole('--dry-run'));
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['AppDeployRefused', 1, ['validate']]);
    expect(org.emulator.org.apps).to.deep.equal([]);
  });

  it('a login that is not granted in time leaves the app and the earlier login, and the next run goes on', async () => {
    org.emulator.switches.propagationSeconds = 900;
    const run = await org.setup(...whole());
    expect([run.error?.name, run.exitCode]).to.deep.equal(['AppLoginNotYet', 1]);
    expect(stepsOf(run)).to.deep.include({ app: 'done', access: 'done', wait: 'failed' });
    expect(run.error?.actions?.slice(-2)).to.deep.equal([
      'To undo the access instead: Setup > Permission Sets > AQUILA_Collector > Manage Assignments, take it from integration@acme.com',
      `To undo what was made instead: sf aquila remove --target-org admin --name AQUILA --username ${example.username}`,
    ]);
    expect(Object.keys(org.files()).filter((name) => name.includes(example.username))).to.deep.equal([]);
    org.emulator.switches.propagationSeconds = 0;
    const again = await org.setup(...whole());
    expect(again.result?.steps.slice(2)).to.deep.equal([
      { step: 'app', status: 'unchanged' },
      { step: 'access', status: 'unchanged' },
      { step: 'wait', status: 'unchanged' },
      { step: 'login', status: 'done' },
      { step: 'verify', status: 'done' },
      { step: 'report', status: 'done' },
    ]);
  });

  it('a check that fails is no error: exit code 1, the whole result, and what is not ready is not handed over', async () => {
    org.emulator.org.permissionSets.add('AQUILA');
    Object.assign(org.emulator.org.user(example.username)!.permissions, { apiEnabled: true });
    const run = await org.setup(
      ...[...user, '--contact-email', 'soc@acme.com', '--permission-set', 'AQUILA', '--output-dir', org.home]
    );
    expect([run.exitCode, run.error]).to.deep.equal([1, undefined]);
    expect(run.result?.steps.find(({ step }) => step === 'verify')?.status).to.equal('failed');
    expect(run.result?.verify?.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).to.deep.equal([
      'user-event-log-files',
      'user-real-time-events',
    ]);
    expect(run.stdout).to.include('The org is not ready for AQUILA yet').and.not.include('What to do now');
  });

  it('an app that somebody else made is not changed', async () => {
    org.emulator.org.addApp({ clientId: 'theirs', name: 'AQUILA', permittedUsers: 'self-authorize' });
    const run = await org.setup(...whole('--jwt-key-file', org.path('server.key')));
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['AppNotOurs', 1, []]);
    // This command has no --force: a change of what others made takes a person or the command for the app.
    expect(run.error?.actions).to.deep.equal([
      'Let the new app have another name: --name "AQUILA collector"',
      'Or allow the change on a terminal, where the command asks; or make it first: sf aquila app create --name AQUILA --target-org admin --force',
    ]);
  });

  describe('the permission set', () => {
    const deployed = (): string => draftOf(org.emulator.org).permissionSets.get('AQUILA_Collector') ?? '';

    it('has the permissions of a collector, our marker and no licence, and is assigned', async () => {
      await org.setup(...whole());
      const names = [...deployed().matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name);
      expect(names).to.deep.equal(['ApiEnabled', 'ViewEventLogFiles', 'ViewDataLeakageEvents']);
      expect(deployed()).to.include('managed by sf aquila').and.not.include('<license>');
      expect(org.emulator.org.user(example.username)?.permissionSets).to.deep.equal(['AQUILA_Collector']);
    });

    it('leaves out what an org does not know', async () => {
      org.emulator.switches.realTimePermissionColumn = '';
      const run = await org.setup(...whole());
      expect(run.result?.steps[1]).to.deep.equal({ step: 'permission-set', status: 'done' });
      expect(deployed()).not.to.include('ViewDataLeakageEvents');
    });

    it('of somebody else that lacks something is not changed', async () => {
      org.emulator.org.permissionSets.add('AQUILA_Collector');
      const run = await org.setup(...whole());
      expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['PermissionSetNotOurs', 1, []]);
      expect(run.error?.message).to.include('API Enabled, View Event Log Files');
    });

    it('that the licence of the user does not allow: says so, and takes nothing for done', async () => {
      org.emulator.faults.set({
        ...{ kind: 'status', path: '/services/data/v66.0/sobjects/PermissionSetAssignment', status: 400, times: 1 },
        body: JSON.stringify([
          {
            errorCode: 'FIELD_INTEGRITY_EXCEPTION',
            message: "Can't assign permission set AQUILA_Collector to user. The user license doesn't allow it",
          },
        ]),
      });
      const run = await org.setup(...whole());
      expect([run.error?.name, stepsOf(run)]).to.deep.equal([
        'AppUserNotAssigned',
        { certificate: 'unchanged', 'permission-set': 'done', access: 'failed' },
      ]);
      expect(run.error?.actions?.join('\n')).to.include('licence');
      expect((await org.setup(...whole())).exitCode).to.equal(0);
    });
  });

  describe('the bundle', () => {
    it('has no secret in it, even where the certificate file has the key too', async () => {
      writeFileSync(
        org.path('both.pem'),
        readFileSync(org.path('server.crt'), 'utf8') + readFileSync(org.path('server.key'), 'utf8')
      );
      const pair = ['--jwt-key-file', org.path('server.key'), '--certificate-file', org.path('both.pem')];
      const run = await org.setup(...whole(...pair, '--bundle', org.path('b.zip')));
      expect(run.exitCode, run.error?.message).to.equal(0);
      const zip = await JSZip.loadAsync(readFileSync(org.path('b.zip')));
      const names = Object.keys(zip.files);
      expect(names).to.deep.equal([
        ...['five-fields.txt', 'server.crt', 'diagnosis.md'],
        ...['collector/filebeat.yml', 'collector/elastic-agent.yml', 'collector/fleet.json'],
      ]);
      const texts = await Promise.all(names.map(async (name) => (await zip.file(name)?.async('string')) ?? ''));
      const everything = [...texts, readFileSync(org.path('b.zip'), 'latin1'), run.stdout, run.stderr].join('\n');
      const key = readFileSync(org.path('server.key'), 'utf8').split('\n').slice(1, -2);
      const { tokens, refreshTokens } = org.emulator.org;
      const assertions = org.emulator.calls
        .tokenRequests()
        .map(({ body }) => new URLSearchParams(body).get('assertion') ?? 'none');
      expect([key.length > 20, tokens.length > 1, assertions.length > 1]).to.deep.equal([true, true, true]);
      for (const secret of [...key, ...[...tokens, ...refreshTokens].map(({ value }) => value), ...assertions])
        expect(everything.includes(secret), 'a secret').to.equal(false);
      expect(everything).not.to.match(/PRIVATE KEY/);
      expect(texts[0]).to.include(org.app().clientId);
      expect(texts[2]).to.include('# Diagnosis by sf aquila').and.not.include(org.home);
    });

    it('never takes the place of another file, and nothing is done for one that can not be written', async () => {
      writeFileSync(org.path('b.zip'), 'theirs');
      const run = await org.setup(...whole('--bundle', org.path('b.zip')));
      expect([run.error?.name, org.requests()]).to.deep.equal(['OutputFileExists', []]);
      expect(readFileSync(org.path('b.zip'), 'utf8')).to.equal('theirs');
    });

    it('is in the plan, and asked for like any other change, also where nothing else is', async () => {
      const bundle = ['--bundle', org.path('b.zip')];
      await org.setup(...whole());
      const planned = await org.setup(...whole(...bundle, '--dry-run'));
      expect(planned.stdout)
        .to.include('The plan. Nothing has been changed yet.')
        .and.match(/b\.zip,\s+new/);
      expect(planned.result?.steps.filter(({ status }) => status === 'planned').map(({ step }) => step)).to.deep.equal([
        ...['verify', 'report'],
      ]);
      await org.setup(...whole(...bundle));
      const same = await org.setup(...whole(...bundle, '--dry-run'));
      expect(same.stdout.replace(/\s+/g, ' ')).to.include('b.zip, as it should be');
      const anew = await org.setup(...whole(...bundle, '--key-path', '/etc/aquila/server.pem', '--dry-run'));
      expect(anew.stdout.replace(/\s+/g, ' ')).to.include('b.zip, written anew in place of the earlier one');
    });

    it('nothing is done for one in a folder that can not be', async () => {
      const run = await org.setup(...whole('--bundle', org.path('server.crt', 'b.zip')));
      expect([run.error?.name, org.requests()]).to.deep.equal(['FolderIsFile', []]);
    });

    it('of another user is not replaced, and nothing is done', async () => {
      await org.setup(...whole('--bundle', org.path('b.zip')));
      const before = readFileSync(org.path('b.zip'));
      org.emulator.org.addUser({ username: 'second@acme.com' });
      org.requests();
      const second = whole('--bundle', org.path('b.zip')).map((word) =>
        word === example.username ? 'second@acme.com' : word
      );
      const run = await org.setup(...second);
      expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['OutputFileExists', 1, []]);
      expect(readFileSync(org.path('b.zip')).equals(before)).to.equal(true);
    });

    it('is written anew when it says something else', async () => {
      await org.setup(...whole('--bundle', org.path('b.zip')));
      const before = readFileSync(org.path('b.zip'));
      const run = await org.setup(...whole('--bundle', org.path('b.zip'), '--key-path', '/etc/aquila/server.pem'));
      expect(run.result?.steps.at(-1)).to.deep.equal({ step: 'report', status: 'done' });
      expect(readFileSync(org.path('b.zip')).equals(before)).to.equal(false);
      rmSync(org.path('b.zip'));
      const again = await org.setup(...whole('--bundle', org.path('b.zip')));
      expect(again.result?.steps.at(-1)).to.deep.equal({ step: 'report', status: 'done' });
    });
  });
});
