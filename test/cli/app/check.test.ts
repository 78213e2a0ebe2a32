import { expect } from 'chai';
import { example, presets, type PresetName } from '../../emulator/index.ts';
import { AppOrg, statuses } from '../../setup/app-org.ts';

describe('sf aquila app check', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
  });
  afterEach(() => org.close());

  const connected = (): void =>
    void Object.assign(org.app(), { kind: 'connected-app', id: org.emulator.org.newId('0H4') });

  it('passes for the app of the guide, with one line for each setting', async () => {
    const run = await org.check('--username', example.username);
    expect([run.exitCode, run.error?.message, run.result?.passed]).to.deep.equal([0, undefined, true]);
    const lines = run.stdout.split('\n').filter((line) => /^ {2}pass/.test(line));
    expect(lines.length).to.equal(run.result?.summary.pass).and.to.be.greaterThan(11);
    expect(run.stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    // eslint-disable-next-line no-control-regex
    expect(run.stdout).not.to.match(/\u001b|undefined|\[object|%s/);
  });

  it('changes nothing in the org', async () => {
    const before = org.state();
    await org.check('--username', example.username);
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
  });

  it('reads each object once, and one retrieve for all the settings that no query shows', async () => {
    org.emulator.calls.clear();
    await org.check('--username', example.username);
    const asked = org.requests().filter((name) => name !== 'checkRetrieveStatus');
    expect(asked.filter((name, at) => asked.indexOf(name) !== at)).to.deep.equal([]);
  });

  for (const [what, words] of [
    ['its label', ['--name', 'Log Export']],
    ['its label in other letters', ['--name', ' log export ']],
    ['its name of metadata', ['--name', 'Log_Export_1']],
    ['its client id', ['--client-id', example.clientId]],
  ] as const) {
    for (const kind of ['external-client-app', 'connected-app'] as const) {
      it(`finds the ${kind} by ${what}`, async () => {
        if (kind === 'connected-app') connected();
        Object.assign(org.app(), { name: 'Log Export', developerName: 'Log_Export_1' });
        const run = await org.check(...words);
        expect(run.result?.checks.find(({ id }) => id === 'app-found')).to.deep.include({ status: 'pass' });
        expect(run.result?.checks.find(({ id }) => id === 'app-kind')?.status).to.equal(
          kind === 'connected-app' ? 'warn' : 'pass'
        );
      });
    }
  }

  it('a mistyped name fails one check with the name that was meant, and skips the others', async () => {
    const run = await org.check('--name', 'AQUlLA');
    expect([run.exitCode, run.error]).to.deep.equal([1, undefined]);
    const { 'app-found': found, ...others } = statuses(run.result!);
    expect([found, new Set(Object.values(others))]).to.deep.equal(['fail', new Set(['skip'])]);
    expect(run.result?.checks.find(({ id }) => id === 'app-found')?.fix).to.include('AQUILA');
  });

  it('a client id that no app has fails app-found, without printing it', async () => {
    const run = await org.check('--client-id', '3MVG9nobody.has.this');
    expect([run.exitCode, statuses(run.result!)['app-found']]).to.deep.equal([1, 'fail']);
    expect(run.stdout).not.to.include('3MVG9nobody');
  });

  const blind: ReadonlyArray<[PresetName, string[], string]> = [
    ['admin-without-app-permissions', ['app-found'], 'View all External Client Apps'],
    [
      'admin-without-modify-metadata',
      ['app-callback-url', 'app-certificate', 'app-client-credentials', 'app-jwt-bearer', 'app-session-timeout'],
      'Modify Metadata Through Metadata API Functions',
    ],
    ['admin-without-view-setup', ['user-preauthorized'], 'View Setup and Configuration'],
    ['external-client-apps-off', ['app-found'], 'View all External Client Apps'],
  ];
  for (const [preset, unknown, permission] of blind) {
    it(`${preset}: unknown, never a pass, with the permission that would show it`, async () => {
      presets[preset](org.emulator);
      const run = await org.check('--username', example.username);
      expect([run.exitCode, run.error]).to.deep.equal([1, undefined]);
      const findings = run.result?.checks.filter(({ status }) => status === 'unknown') ?? [];
      for (const { id, detail, fix } of findings) expect(`${id} ${detail ?? ''} ${fix ?? ''}`).to.include(permission);
      expect(findings.map(({ id }) => id)).to.include.members(
        unknown.filter((id) => statuses(run.result!)[id] !== 'skip')
      );
      expect(findings.length).to.be.greaterThan(0);
    });
  }

  it('renews an expired session of the admin, once', async () => {
    org.emulator.org.expireTokens();
    expect((await org.check()).exitCode).to.equal(0);
    expect(org.emulator.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200]);
  });

  it('a session that can not be renewed ends with one error or one failed check, and what to do', async () => {
    org.emulator.org.expireTokens();
    for (const token of org.emulator.org.refreshTokens) token.revoked = true;
    const run = await org.check();
    expect(run.exitCode).to.equal(1);
    const found = run.result?.checks.find(({ id }) => id === 'app-found');
    expect(`${run.error?.message ?? ''} ${found?.detail ?? ''}`).to.include('has expired');
    expect(`${run.error?.actions?.join() ?? ''} ${found?.fix ?? ''}`).to.include('sf org login web');
  });

  it('another certificate than that of the file fails, with both fingerprints', async () => {
    const run = await org.check('--certificate-file', org.path('other.crt'));
    const finding = run.result?.checks.find(({ id }) => id === 'app-certificate');
    expect([run.exitCode, finding?.status]).to.deep.equal([1, 'fail']);
    expect(finding?.detail?.match(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g)).to.have.length(2);
    expect(finding?.fix).to.include('sf aquila app create');
    expect(finding?.detail).to.include(org.path('other.crt'));
  });

  it('a certificate that the org does not return is unknown', async () => {
    org.emulator.switches.certificateOnRetrieve = 'omitted';
    const run = await org.check();
    expect([run.exitCode, statuses(run.result!)['app-jwt-bearer']]).to.deep.equal([1, 'unknown']);
  });

  it('a certificate file that is none ends with code 2 and asks no org', async () => {
    const run = await org.check('--certificate-file', org.path('server.key'));
    expect([run.exitCode, run.error?.name, org.emulator.connections]).to.deep.equal([
      2,
      'CertificateFileIsPrivateKey',
      0,
    ]);
  });

  it('--concise prints what is no pass, --verbose what each setting is', async () => {
    org.app().permittedUsers = 'self-authorize';
    const concise = (await org.check('--concise')).stdout;
    expect(concise)
      .to.include('only users approved by an admin')
      .and.not.match(/^ {2}pass/m);
    expect((await org.check('--verbose')).stdout).to.include('http://localhost:1717/OauthRedirect');
  });

  it('a user without a path to the app fails user-preauthorized, unless a permission set group gives it', async () => {
    const user = org.emulator.org.user(example.username)!;
    user.permissionSets = [];
    const failing = await org.check('--username', example.username);
    expect([failing.exitCode, statuses(failing.result!)['user-preauthorized']]).to.deep.equal([1, 'fail']);
    org.emulator.org.permissionSetGroups.set('Collectors', [example.permissionSet]);
    user.permissionSets = ['Collectors'];
    expect(statuses((await org.check('--username', example.username)).result!)['user-preauthorized']).to.equal('pass');
  });

  it('an unknown user is told', async () => {
    const run = await org.check('--username', 'nobody@acme.com');
    expect(run.exitCode).to.equal(1);
    const finding = run.result?.checks.find(({ id }) => id === 'user-preauthorized');
    expect(`${finding?.detail ?? ''}${finding?.fix ?? ''}`)
      .to.include('nobody@acme.com')
      .and.not.include('%s');
  });

  it('a connected app is checked, and its owner told how to move it', async () => {
    connected();
    const run = await org.check();
    const byId = statuses(run.result!);
    expect([run.exitCode, byId['app-kind'], byId['app-found']]).to.deep.equal([0, 'warn', 'pass']);
    expect(run.result?.checks.find(({ id }) => id === 'app-kind')?.detail).to.include('Migrate to External Client App');
  });

  it('with --json it returns the report', async () => {
    const { stdout } = await org.check('--json');
    const { status, result } = JSON.parse(stdout) as { status: number; result: Record<string, unknown> };
    expect([status, Object.keys(result).sort()]).to.deep.equal([0, ['checks', 'passed', 'summary']]);
  });

  it('--name and --client-id exclude each other', async () => {
    expect((await org.check('--name', 'AQUILA', '--client-id', 'x')).exitCode).to.equal(2);
  });
});
