import { expect } from 'chai';
import type { LoginEntry } from '../../src/checks/facts.ts';
import { example, presets, type PresetName } from '../emulator/index.ts';
import { DataScene, speaking } from './data-scene.ts';

describe('probes: data of a loopback org', () => {
  let scene: DataScene;
  beforeEach(async () => {
    scene = await DataScene.open();
  });
  afterEach(() => scene.close());

  it('a healthy org has nothing to say, and skips only what an administrator would show', async () => {
    const { checks, passed } = await scene.check();
    expect(speaking(checks)).to.deep.equal({});
    expect(checks.filter(({ status }) => status === 'skip').map(({ id }) => id)).to.deep.equal([
      'data-session-lifetime',
      'data-api-limit',
    ]);
    expect(passed).to.equal(true);
  });

  it("with an administrator's session it warns of the app's short session alone, and skips nothing", async () => {
    const { checks, passed } = await scene.check({ withAdmin: true });
    expect(speaking(checks)).to.deep.equal({ 'data-session-lifetime': 'warn' });
    expect(checks.filter(({ status }) => status === 'skip')).to.deep.equal([]);
    expect(checks.find(({ id }) => id === 'data-session-lifetime')?.data).to.deep.equal({ minutes: 5, of: 'app' });
    expect(passed).to.equal(true);
  });

  const defects: Array<[preset: PresetName, speaks: Record<string, string>, passes: boolean]> = [
    ['user-without-view-event-log-files', { 'user-event-log-files': 'fail' }, false],
    ['user-without-real-time-events', { 'user-real-time-events': 'fail' }, false],
    ['no-real-time-licence', { 'data-login-events': 'warn' }, true],
    ['no-event-monitoring', { 'data-log-interval': 'warn', 'data-login-events': 'warn' }, true],
    ['no-hourly-log-files', { 'data-log-interval': 'warn' }, true],
    ['no-event-log-files', { 'data-event-log-files': 'warn' }, true],
    ['event-log-file-generation-off', { 'data-event-log-files': 'warn' }, true],
    ['login-event-storage-off', { 'data-login-events': 'warn' }, true],
    ['logout-event-storage-off', {}, true],
    ['setup-audit-trail-needs-view-setup', { 'data-setup-audit-trail': 'fail' }, false],
    ['log-file-download-refused', { 'data-log-download': 'fail' }, false],
    ['api-limit-exhausted', { 'data-api-limit': 'fail' }, false],
    ['instance-url-elsewhere', { 'login-instance-url': 'fail' }, false],
    ['user-without-api', { 'user-api-enabled': 'fail' }, false],
    ['user-inactive', { 'login-accepted': 'fail' }, false],
  ];
  for (const [preset, speaks, passes] of defects) {
    it(`${preset}: ${Object.keys(speaks).join(' and ') || 'nothing'} speaks, and nothing else`, async () => {
      presets[preset](scene.emulator);
      const { checks, passed } = await scene.check();
      expect([speaking(checks), passed]).to.deep.equal([speaks, passes]);
    });
  }

  it('a user without the API leaves data-api-limit to user-api-enabled, though an administrator would see the limits', async () => {
    presets['user-without-api'](scene.emulator);
    const { checks } = await scene.check({ withAdmin: true });
    expect(checks.find(({ id }) => id === 'data-api-limit')?.blockedBy).to.equal('user-api-enabled');
  });

  it("the org's own session timeout counts where the app has none", async () => {
    const { org } = scene.emulator;
    org.app(example.clientId)!.sessionTimeoutInMinutes = undefined;
    for (const [minutes, speaks] of [
      [15, { 'data-session-lifetime': 'warn' }],
      [60, {}],
    ] as const) {
      org.facts.sessionTimeoutInMinutes = minutes;
      const { checks } = await scene.check({ withAdmin: true });
      expect(speaking(checks)).to.deep.equal(speaks);
      const found = checks.find(({ id }) => id === 'data-session-lifetime');
      expect(found?.data).to.deep.equal({ minutes, of: 'org' });
    }
  });

  for (const [preset, detail, fix] of [
    ['user-inactive', 'the user is inactive', 'select "Active"'],
    ['user-frozen', 'the user is frozen', 'click "Unfreeze"'],
    ['user-unknown', 'Nobody in the org has the username "integration@acme.com".', 'Copy the username from Setup'],
  ] as const) {
    it(`${preset}: an administrator's session shows it after the refused login`, async () => {
      presets[preset](scene.emulator);
      const { checks } = await scene.check({ withAdmin: true });
      const found = checks.find(({ id }) => id === 'user-active');
      expect(found).to.include({ status: 'fail', detail });
      expect(found?.fix).to.include(fix);
      const data = checks.filter(({ id }) => id.startsWith('data-') && id !== 'data-session-lifetime');
      expect(data.map(({ blockedBy }) => blockedBy)).to.deep.equal(data.map(() => 'login-accepted'));
    });
  }

  it('the Login History of the refused attempt is read with an administrator, and with nobody else', async () => {
    await (await scene.readers(false)).attempt();
    scene.emulator.org.passTime(1);
    presets['user-inactive'](scene.emulator);
    const { loginHistory } = await scene.readers(true);
    const { time, ...line } = ((await loginHistory()) as { value: LoginEntry }).value;
    expect(line).to.deep.equal({ status: 'User is inactive', application: 'AQUILA', loginType: 'Remote Access 2.0' });
    expect(Date.parse(time)).to.be.closeTo(scene.emulator.org.now(), 60_000);
    expect(await (await scene.readers(false)).loginHistory()).to.deep.equal({ value: undefined });
  });

  it('after a granted login no Login History is asked for', async () => {
    const { loginHistory } = await scene.readers(true);
    scene.emulator.calls.clear();
    expect(await loginHistory()).to.deep.equal({ value: undefined });
    expect(scene.emulator.calls.filter(({ path }) => path.includes('query'))).to.have.length(0);
  });

  describe('requests', () => {
    const asked = () =>
      scene.emulator.calls.map(({ method, path, query }) => {
        const object = /FROM (\w+)/.exec(query['q'] ?? '')?.[1];
        return object ?? `${method} ${path.replace(/0AT\w+/, 'ID')}`;
      });

    it('are one token, each query once, the limits, and one download, all with the version of the collector', async () => {
      scene.emulator.calls.clear();
      await scene.check();
      const [token, ...others] = asked();
      expect(token).to.equal('POST /services/oauth2/token');
      expect(others).to.have.members([
        ...['UserPermissionAccess', 'EventLogFile', 'LoginEvent', 'LogoutEvent', 'SetupAuditTrail'],
        'GET /services/data/v56.0/limits',
        'GET /services/data/v56.0/sobjects/EventLogFile/ID/LogFile',
      ]);
      const at = (text: string) => others.findIndex((one) => one.includes(text));
      expect(at('/LogFile')).to.be.greaterThan(at('EventLogFile'));
    });

    it('are the token alone after a refused login', async () => {
      presets['wrong-certificate'](scene.emulator);
      scene.emulator.calls.clear();
      await scene.check();
      expect(asked().filter((one) => !one.includes('.well-known'))).to.deep.equal(['POST /services/oauth2/token']);
    });

    it('send the token to no other Instance URL than the one that Salesforce names', async () => {
      const login = { ...scene.login, instanceUrl: scene.emulator.loginUrl };
      const { checks } = await scene.check({ login });
      expect(speaking(checks)).to.deep.equal({ 'login-instance-url': 'fail' });
      expect(scene.emulator.calls.filter(({ host }) => host === new URL(scene.emulator.loginUrl).host)).to.have.length(
        0
      );
    });
  });

  describe('an org that makes no sense', () => {
    for (const [what, path, speaks] of [
      ['the REST API answers with pages', '/services/data', 'user-api-enabled'],
      ['all but the login answers with pages', '/services', 'login-accepted'],
    ] as const) {
      it(`is one failing check where ${what}`, async () => {
        scene.emulator.faults.set({ kind: 'html', path });
        const { checks } = await scene.check();
        expect(speaking(checks)).to.deep.equal({ [speaks]: 'fail' });
      });
    }

    it('is a failing check of its own where only the download breaks off', async () => {
      scene.emulator.faults.set({ kind: 'reset', path: '/services/data/v56.0/sobjects' });
      const { checks } = await scene.check();
      expect(speaking(checks)).to.deep.equal({ 'data-log-download': 'fail' });
    });
  });

  describe('what the reference leaves open', () => {
    it('a column of the real-time permission that does not exist leaves the other rights readable', async () => {
      scene.emulator.switches.realTimePermissionColumn = '';
      const { checks } = await scene.check();
      expect(speaking(checks)).to.deep.equal({});
      const { userRights } = await scene.readers(false);
      expect(await userRights()).to.have.nested.property('value.viewEventLogFiles', true);
      expect(await userRights()).to.have.nested.property('value.viewRealTimeEvents', undefined);
    });

    for (const refused of ['empty', 'insufficient-access'] as const) {
      it(`without the permission log files are ${refused}: user-event-log-files speaks all the same`, async () => {
        presets['user-without-view-event-log-files'](scene.emulator);
        scene.emulator.switches.eventLogFilesWithoutPermission = refused;
        const { checks, passed } = await scene.check();
        expect([speaking(checks), passed]).to.deep.equal([{ 'user-event-log-files': 'fail' }, false]);
      });

      it(`without the permission events are ${refused}: user-real-time-events speaks all the same`, async () => {
        presets['user-without-real-time-events'](scene.emulator);
        scene.emulator.switches.realTimeEventsWithoutPermission = refused;
        const { checks } = await scene.check();
        const speaks = refused === 'empty' ? 'warn' : 'fail';
        expect(speaking(checks)).to.deep.equal({ 'user-real-time-events': speaks });
      });
    }

    for (const apiLimit of ['refuse', 'refuse-but-limits'] as const) {
      it(`no requests left, and the org answers by ${apiLimit}: data-api-limit speaks alone`, async () => {
        presets['api-limit-exhausted'](scene.emulator);
        scene.emulator.switches.apiLimit = apiLimit;
        scene.emulator.org.user(example.username)!.permissions.viewSetup = true;
        const { checks } = await scene.check();
        expect(speaking(checks)).to.deep.equal({ 'data-api-limit': 'fail' });
      });
    }
  });
});
