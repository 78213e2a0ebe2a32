import { expect } from 'chai';
import type { CheckReport } from '../../../src/checks/summary.ts';
import AquilaLogin from '../../../src/commands/aquila/login.ts';
import AquilaVerify from '../../../src/commands/aquila/verify.ts';
import { example } from '../../emulator/index.ts';
import { runInProcess } from '../../in-process.ts';
import { AppOrg, statuses } from '../../setup/app-org.ts';

describe('sf aquila app create, in an org without the app', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open();
  });
  afterEach(() => org.close());

  it('makes an app that passes every check, and with which login and verify work', async () => {
    const created = await org.create(...org.newApp, '--username', example.username);
    expect([created.error?.message, created.exitCode, created.stderr]).to.deep.equal([undefined, 0, '']);
    const { name, developerName, applicationId, clientId = '' } = created.result ?? {};
    expect({ name, developerName, applicationId }).to.deep.equal({
      name: 'AQUILA',
      developerName: 'AQUILA',
      applicationId: org.app().id,
    });
    expect(clientId)
      .to.equal(org.app().clientId)
      .and.match(/^[0-9a-f]{64}$/);

    const checked = await org.check('--username', example.username, '--certificate-file', org.path('server.crt'));
    expect([checked.exitCode, checked.result?.passed]).to.deep.equal([0, true]);
    expect(new Set(Object.values(statuses(checked.result!)))).to.deep.equal(new Set(['pass']));

    const login = ['--username', example.username, '--client-id', clientId, '--jwt-key-file', org.path('server.key')];
    const words = [...login, '--instance-url', org.emulator.myDomainUrl, '--alias', 'aquila'];
    expect((await runInProcess(AquilaLogin, words, org.env)).exitCode).to.equal(0);
    const verified = await runInProcess(AquilaVerify, ['--target-org', 'aquila', '--skip', 'handover'], org.env);
    const report = verified.result as CheckReport;
    expect([verified.error?.message, report.summary.fail]).to.deep.equal([undefined, 0]);
    expect(report.checks.find(({ id }) => id === 'login-accepted')?.status).to.equal('pass');
  });

  it('a second run changes nothing and deploys nothing', async () => {
    const first = await org.create(...org.newApp, '--username', example.username);
    const before = org.state();
    expect(org.changes()).to.deep.equal(['deploy', 'deploy']);
    const second = await org.create(...org.newApp, '--username', example.username);
    expect(org.changes()).to.deep.equal([]);
    expect([second.exitCode, second.result]).to.deep.equal([0, { ...first.result, changes: [] }]);
    expect(second.stdout).to.equal(
      `AQUILA in admin is as it should be; nothing is changed.\n\nClient id (consumer key)\n  ${org.app().clientId}\n`
    );
    expect(org.state()).to.deep.equal(before);
  });

  it('is enabled by a second deployment, after the org has said that users are approved by an admin', async () => {
    const seen: string[] = [];
    org.onRequest((name) => {
      if (name === 'deploy' || name === 'query ExtlClntAppOauthPlcyCnfg')
        seen.push(name, String(org.emulator.org.apps[0]?.enabled));
    });
    await org.create(...org.newApp);
    expect(seen).to.deep.equal(['deploy', 'undefined', 'query ExtlClntAppOauthPlcyCnfg', 'false', 'deploy', 'false']);
    expect(org.app().enabled).to.equal(true);
  });

  it('prints a plan that fits into 80 columns, and nothing wider but commands', async () => {
    const { stdout } = await org.create(...org.newApp, '--username', example.username);
    const wide = stdout.split('\n').filter((line) => line.length > 80);
    expect(wide.map((line) => line.trim().split(' ').slice(0, 3).join(' '))).to.deep.equal(['sf aquila login']);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.to.match(/\u001b|undefined|\[object/);
    expect(stdout).to.include('AQUILA is a new app in admin. This is what it gets:');
    expect(stdout).to.match(/ {2}Permitted Users +Admin approved users are pre-authorized\n/);
    expect(stdout).to.include(`--client-id ${org.app().clientId} --jwt-key-file ${org.path('server.key')}`);
    expect(stdout).to.include(`--instance-url ${org.emulator.myDomainUrl}`);
  });

  it('prints one JSON object with --json, and each change with setting, from and to', async () => {
    const { stdout, stderr } = await org.create(...org.newApp, '--json');
    const { status, result, warnings } = JSON.parse(stdout) as {
      status: number;
      result: Record<string, unknown>;
      warnings: string[];
    };
    expect([status, warnings, stderr]).to.deep.equal([0, [], '']);
    expect(Object.keys(result).sort()).to.deep.equal(['applicationId', 'changes', 'clientId', 'developerName', 'name']);
    expect(result['changes']).to.deep.include({ setting: 'Session Timeout in Minutes', from: null, to: '5' });
    expect(result['changes']).to.deep.include({ setting: 'Contact Email', from: null, to: 'soc@acme.com' });
  });

  it('--dry-run lets the org validate, and changes nothing', async () => {
    org.emulator.org.user(example.username)!.permissionSets = [];
    const before = org.state();
    const run = await org.create(...org.newApp, '--username', example.username, '--dry-run');
    expect([run.exitCode, org.changes()]).to.deep.equal([0, ['validate']]);
    expect(org.state()).to.deep.equal(before);
    expect(run.stdout).to.include(`Permission Set of ${example.username}`);
    expect(run.stdout).to.include('Dry run: admin accepts this plan. Nothing was changed.');
    expect(Object.keys(run.result ?? {})).to.have.members(['name', 'developerName', 'changes']);
  });

  it('gives the integration user the permission set, and says so beforehand', async () => {
    const user = org.emulator.org.user(example.username)!;
    user.permissionSets = [];
    const run = await org.create(...org.newApp, '--username', example.username);
    expect([run.exitCode, user.permissionSets]).to.deep.equal([0, [example.permissionSet]]);
    expect(run.result?.changes.at(-1)).to.deep.equal({
      setting: `Permission Set of ${example.username}`,
      from: null,
      to: example.permissionSet,
    });
    expect(org.changes()).to.deep.equal(['assign', 'deploy', 'deploy']);
  });

  it('makes the rows of access that the deployment did not make', async () => {
    org.emulator.switches.policyGrantsAccess = false;
    const run = await org.create(...org.newApp, '--profile', 'standard user');
    expect([run.exitCode, run.error?.message]).to.deep.equal([0, undefined]);
    expect(org.changes()).to.deep.equal(['deploy', 'deploy', 'grant', 'grant']);
    expect([org.app().permissionSets, org.app().profiles]).to.deep.equal([[example.permissionSet], ['Standard User']]);
    expect((await org.create(...org.newApp, '--profile', 'standard user')).result?.changes).to.deep.equal([]);
    expect(org.changes()).to.deep.equal([]);
  });

  it('takes the client id that was asked for', async () => {
    const clientId = 'AQUILA.client_id-1'.replace('-', '.');
    expect((await org.create(...org.newApp, '--client-id', clientId)).result?.clientId).to.equal(clientId);
    expect(org.app().clientId).to.equal(clientId);
  });

  it('says where the client id stands if the org returns it by no way', async () => {
    org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    const run = await org.create(...org.newApp);
    expect([run.exitCode, 'clientId' in run.result!]).to.deep.equal([0, false]);
    expect(run.stdout.replace(/\s+/g, ' ')).to.include(
      'Copy it from Setup > External Client App Manager > AQUILA > Settings > OAuth Settings'
    );
  });

  it('reads the client id by REST where only that shows it', async () => {
    org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    org.emulator.org.facts.clientSecretInRestApi = true;
    org.emulator.org.user(example.admin)!.permissions.viewClientSecret = true;
    expect((await org.create(...org.newApp)).result?.clientId).to.equal(org.app().clientId);
  });

  it('--wait tries the login once the app is as it should be', async () => {
    const run = await org.create(...org.newApp, '--username', example.username, '--wait', '5');
    expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
    expect(org.emulator.calls.tokenRequests().map(({ claims, status }) => [claims?.iss, status])).to.deep.equal([
      [org.app().clientId, 200],
    ]);
  });

  it('--wait stops at once when Salesforce refuses for another reason, and the app stays', async () => {
    org.emulator.org.user(example.username)!.frozen = true;
    org.emulator.switches.answers.frozenUser = 'E11';
    const run = await org.create(...org.newApp, '--username', example.username, '--wait', '5');
    expect([run.error?.name, run.exitCode, org.app().enabled]).to.deep.equal(['LoginRefused', 1, true]);
    expect(run.error?.actions?.join()).to.include(`is in the org as planned, with the client id ${org.app().clientId}`);
    expect(run.error?.data).to.include({ clientId: org.app().clientId });
    expect(org.changes()).to.deep.equal(['deploy', 'deploy']);
  });

  for (const [switches, what] of [
    [{ automaticPolicyNames: 'setup' }, 'calls the policies that it makes itself by other names'],
    [{ appsInQuery: 'rest' }, 'has the objects of apps in the REST API only'],
    [{ appsInQuery: 'tooling' }, 'has the objects of apps in the Tooling API only'],
    [{ listMetadataEmpty: true }, 'lists no components'],
    [{ pkceRevertsToTrue: true, grantListsOnUpdate: 'add' }, 'adds to lists of grantees'],
    [{ metadataPolls: 3 }, 'takes its time'],
  ] as const) {
    it(`works in an org that ${what}, twice`, async () => {
      Object.assign(org.emulator.switches, switches);
      const first = await org.create(...org.newApp, '--username', example.username);
      expect([first.error?.message, first.exitCode]).to.deep.equal([undefined, 0]);
      expect(org.changes()).to.deep.equal(['deploy', 'deploy']);
      const second = await org.create(...org.newApp, '--username', example.username);
      expect([second.error?.message, second.result?.changes, second.result?.clientId]).to.deep.equal([
        ...[undefined, []],
        org.app().clientId,
      ]);
      expect(org.changes()).to.deep.equal([]);
    });
  }

  it('--wait proves the client id of its choice where the org does not show it', async () => {
    org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    const run = await org.create(...org.newApp, '--username', example.username, '--wait', '1');
    expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
    expect(run.result?.clientId)
      .to.match(/^[0-9a-f]{64}$/)
      .and.to.equal(org.app().clientId);
    const without = await org.create('--username', example.username);
    expect(without.result).not.to.have.property('clientId');
    expect(without.stdout).to.include('The org does not return the client id.');
  });
});
