import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import { AuditScene } from '../faults/audit-scene.ts';

const settings = 'force-app/main/default/settings/OauthOidc.settings-meta.xml';
const ids = ['flow-web-server', 'flow-user-agent', 'flow-username-password'];

describe('sf aquila audit', () => {
  let scene: AuditScene;
  before(async () => {
    scene = await AuditScene.start();
  });
  after(() => scene.stop());
  beforeEach(() => {
    scene.reset('external-client-app');
    scene.emulator.switches.omittedSettings = 'kept';
  });

  /** The org as an older one is: PKCE is asked for by the app alone, and the other two flows are open. */
  const open = (): void => {
    presets['org-flows-open'](scene.emulator);
    scene.app.app.flows.pkceRequired = false;
  };

  it('passes an org in which nothing is open without need, one line for each flow, in 80 columns', async () => {
    const run = await scene.run('--username', 'integration@acme.com');
    expect([run.exitCode, run.error?.message, run.result?.passed]).to.deep.equal([0, undefined, true]);
    expect(run.stdout.split('\n').filter((line) => /^ {2}pass/.test(line)).length).to.equal(run.result?.summary.pass);
    expect(run.stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    // eslint-disable-next-line no-control-regex
    expect(run.stdout).not.to.match(/\u001b|undefined|\[object|%s/);
  });

  it('warns of what is open without failing, with the setting and its value', async () => {
    open();
    const run = await scene.run('--concise');
    expect([run.exitCode, run.result?.passed]).to.deep.equal([0, true]);
    expect(run.stdout).to.include('OauthOidc.blockOAuthUnPwFlow is false');
    expect(run.stdout).not.to.match(/^ {2}pass/m);
    expect(run.result?.written).to.equal(undefined);
  });

  it('changes nothing in the org', async () => {
    open();
    scene.emulator.calls.clear();
    await scene.run('--output-dir', scene.folder('nothing-changed'));
    const changing = scene.emulator.calls.filter(({ method, path, body }) => {
      const isSoap =
        path.startsWith('/services/Soap/') && /<(?:retrieve|checkRetrieveStatus|listMetadata)[ >]/.test(body);
      return method !== 'GET' && !isSoap;
    });
    expect(changing.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([]);
  });

  describe('--output-dir', () => {
    it('writes the settings of the org as they are, with what closes the flows, as a project of its own', async () => {
      open();
      const folder = scene.folder('written');
      const run = await scene.run('--output-dir', folder);
      const files = scene.files(folder);
      expect(Object.keys(files)).to.have.members([settings, 'sfdx-project.json']);
      expect(files[settings]).to.equal(
        [
          '<?xml version="1.0" encoding="UTF-8"?>',
          '<OauthOidcSettings xmlns="http://soap.sforce.com/2006/04/metadata">',
          '    <blockOAuthUnPwFlow>true</blockOAuthUnPwFlow>',
          '    <blockOAuthUsrAgtFlow>true</blockOAuthUsrAgtFlow>',
          '    <isPkceRequired>true</isPkceRequired>',
          '    <oAuthCdCrdtFlowEnable>false</oAuthCdCrdtFlowEnable>',
          '</OauthOidcSettings>',
          '',
        ].join('\n')
      );
      const { files: named, changes } = run.result!.written!;
      expect(named).to.have.members([settings, 'sfdx-project.json'].map((name) => join(folder, name)));
      expect(changes.map(({ closes, from, to }) => [closes, from, to])).to.deep.equal(
        ids.map((id) => [id, 'false', 'true'])
      );
      expect(run.stdout.replace(/\s+/g, ' ')).to.include('Nothing was deployed.');
      expect(run.stdout).to.include('OauthOidc.blockOAuthUnPwFlow\n    false -> true');
      expect(run.stdout).to.match(/^ {2}cd .*written.force-app.main.default.settings"?$/m);
      expect(run.stdout).to.include(
        'sf project deploy start --source-dir OauthOidc.settings-meta.xml --target-org admin\n'
      );
      expect(run.stdout).to.include('no login in the last 30 days');
    });

    it('says once what ends with two settings that one check closes together', async () => {
      presets['login-host-open'](scene.emulator);
      const run = await scene.run('--output-dir', scene.folder('my-domain'));
      expect(run.result?.written?.changes.map(({ closes }) => closes)).to.deep.equal([
        'sso-my-domain',
        'sso-my-domain',
      ]);
      expect(run.stdout.split('in use: logins at').length - 1).to.equal(1);
    });

    it('names the login in the command that deploys, also where it is the default org', async () => {
      open();
      const run = await scene.runOfDefault('--output-dir', scene.folder('of-default'));
      expect(run.stdout).to.match(/^ {2}sf project deploy start .* --target-org admin$/m);
    });

    it('tells who would be refused once it is deployed', async () => {
      open();
      const { org } = scene.emulator;
      const attempt = { username: 'admin@acme.com', application: 'Old ETL', loginUrl: 'acme', sourceIp: '203.0.113.9' };
      const id = org.newId('0Ya');
      org.loginHistory.push({ ...attempt, id, at: org.now(), status: 'Success', loginSubType: 'OauthUserAgent' });
      const run = await scene.run('--output-dir', scene.folder('in-use'));
      const change = run.result?.written?.changes.find(({ closes }) => closes === 'flow-user-agent');
      expect(change?.ends).to.equal('1 login by 1 user in the last 30 days');
      expect(run.stdout).to.include('1 login by 1 user in the last 30 days');
    });

    for (const omitted of ['kept', 'reset'] as const) {
      it(`once deployed closes what it said it would, in an org where what a file leaves out is ${omitted}, and a second run writes nothing and says so`, async () => {
        open();
        scene.emulator.switches.omittedSettings = omitted;
        const folder = scene.folder(`closes-${omitted}`);
        await scene.run('--output-dir', folder);
        await scene.deploy(folder);
        const again = await scene.run('--output-dir', scene.folder(`again-${omitted}`));
        const statuses = again.result?.checks.filter(({ id }) => ids.includes(id)).map(({ status }) => status);
        expect(statuses).to.deep.equal(['pass', 'pass', 'pass']);
        expect(again.result?.written).to.deep.equal({ files: [], changes: [] });
        expect(again.stdout).to.include('Nothing was written');
        expect(() => scene.files(scene.folder(`again-${omitted}`))).to.throw(/ENOENT/);
      });
    }

    it('replaces no file: it refuses with exit code 1, and names what is there', async () => {
      open();
      const folder = scene.folder('taken');
      mkdirSync(join(folder, 'force-app/main/default/settings'), { recursive: true });
      writeFileSync(join(folder, settings), 'mine');
      const run = await scene.run('--output-dir', folder);
      expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'OrgSettingsExist']);
      expect(run.error?.message).to.include(settings);
      expect(scene.files(folder)).to.deep.equal({ [settings]: 'mine' });
    });

    it('in a project writes into its package, and leaves the project file alone', async () => {
      open();
      const folder = scene.folder('project');
      mkdirSync(folder);
      const project = JSON.stringify({ packageDirectories: [{ path: 'src', default: true }] });
      writeFileSync(join(folder, 'sfdx-project.json'), project);
      const run = await scene.run('--output-dir', folder);
      const files = scene.files(folder);
      expect(Object.keys(files)).to.have.members([
        'src/main/default/settings/OauthOidc.settings-meta.xml',
        'sfdx-project.json',
      ]);
      expect(files['sfdx-project.json']).to.equal(project);
      // What else the project holds was not audited, so it is not deployed.
      expect(run.stdout).to.match(/^ {2}cd .*project.src.main.default.settings"?$/m);
      expect(run.stdout).to.include('--source-dir OauthOidc.settings-meta.xml --target-org');
    });

    it('writes nothing where the settings can not be read', async () => {
      open();
      presets['admin-without-modify-metadata'](scene.emulator);
      const run = await scene.run('--output-dir', scene.folder('unread'));
      expect(run.exitCode).to.equal(1);
      expect(run.result?.written).to.deep.equal({ files: [], changes: [] });
      expect(run.stdout).to.include("Nothing was written: the settings of the org can't be read.");
    });
  });

  describe('what can not be seen', () => {
    it('without the Metadata API is unknown, with the permission, and never a pass', async () => {
      presets['admin-without-modify-metadata'](scene.emulator);
      const { result, exitCode } = await scene.audit();
      expect([exitCode, result.passed]).to.deep.equal([1, false]);
      const finding = (id: string) => result.checks.find((one) => one.id === id);
      for (const id of ['flow-username-password', 'app-jwt-bearer', 'flow-asset-token', 'flow-dynamic-registration']) {
        expect(finding(id)?.status, id).to.equal('unknown');
        expect(finding(id)?.fix, id).to.include('Modify Metadata Through Metadata API Functions');
      }
      const flows = result.checks.filter(({ id }) => id.startsWith('flow-'));
      expect(flows.filter(({ status }) => status === 'pass').map(({ id }) => id)).to.deep.equal([]);
    });

    it('without sight of the apps leaves the flows of the app unjudged, and judges those of the org', async () => {
      presets['admin-without-app-permissions'](scene.emulator);
      const { result, exitCode } = await scene.audit();
      expect(exitCode).to.equal(1);
      const statuses = Object.fromEntries(result.checks.map(({ id, status, blockedBy }) => [id, blockedBy ?? status]));
      expect(statuses).to.include({
        'app-found': 'unknown',
        'flow-jwt-bearer': 'app-found',
        'flow-device': 'app-found',
        'flow-user-agent': 'pass',
        'flow-username-password': 'pass',
      });
    });

    it('without Manage Users and Customize Application of others is left out, with the permission', async () => {
      open();
      Object.assign(scene.emulator.org.users[0]!.permissions, { manageUsers: false });
      const { result } = await scene.audit();
      const detail = result.checks.find(({ id }) => id === 'flow-user-agent')?.detail;
      expect(detail).to.include('with "Manage Users" the Login History would tell');
    });
  });

  it('a mistyped name fails app-found with the name that was meant', async () => {
    const run = await scene.run('--name', 'AQUlLA');
    expect(run.exitCode).to.equal(1);
    expect(run.result?.checks.find(({ id }) => id === 'app-found')?.fix).to.include('AQUILA');
  });

  it('an app that is switched off is said once', async () => {
    scene.app.app.enabled = false;
    const { result } = await scene.audit();
    const failed = result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    expect(failed).to.deep.equal(['app-enabled']);
  });

  it('a client id finds the app as its name does', async () => {
    const run = await scene.run('--client-id', scene.app.app.clientId, '--username', 'integration@acme.com');
    expect([run.exitCode, run.result?.passed]).to.deep.equal([0, true]);
  });
});
