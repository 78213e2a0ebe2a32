import { expect } from 'chai';
import { example, type App } from '../../emulator/index.ts';
import { AppOrg, statuses } from '../../setup/app-org.ts';

/** What each spoils, and the checks that then fail. */
const spoiled: ReadonlyArray<{ what: string; spoil: (app: App) => void; fails: string[]; setting: string }> = [
  {
    what: 'contact e-mail',
    spoil: (app) => (app.contactEmail = ''),
    fails: ['app-contact-email'],
    setting: 'Contact Email',
  },
  {
    what: 'callback URL',
    spoil: (app) => (app.callbackUrls = ['https://acme.com/callback']),
    fails: ['app-callback-url'],
    setting: 'Callback URL',
  },
  { what: 'scopes', spoil: (app) => (app.scopes = ['api']), fails: ['app-scopes'], setting: 'OAuth Scopes' },
  {
    what: 'client credentials flow',
    spoil: (app) => (app.flows.clientCredentials = false),
    fails: ['app-client-credentials'],
    setting: 'Client Credentials Flow',
  },
  {
    what: 'permitted users',
    spoil: (app) => (app.permittedUsers = 'self-authorize'),
    fails: ['app-permitted-users'],
    setting: 'Permitted Users',
  },
  {
    what: 'refresh token policy',
    spoil: (app) => (app.refreshToken = { policy: 'Zero', period: undefined, unit: 'Days' }),
    fails: ['app-refresh-token'],
    setting: 'Refresh Token Policy',
  },
  {
    what: 'session timeout',
    spoil: (app) => (app.sessionTimeoutInMinutes = 30),
    fails: ['app-session-timeout'],
    setting: 'Session Timeout in Minutes',
  },
  { what: 'app status', spoil: (app) => (app.enabled = false), fails: ['app-enabled'], setting: 'App Status' },
  { what: 'OAuth switch', spoil: (app) => (app.oauthEnabled = false), fails: ['app-enabled'], setting: 'Enable OAuth' },
];

describe('sf aquila app create, for an app that somebody made in Setup', () => {
  let org: AppOrg;
  let app: App;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
    app = org.app();
  });
  afterEach(() => org.close());

  it('without a terminal it is refused with the number of its users, and nothing is changed', async () => {
    app.sessionTimeoutInMinutes = 30;
    const before = org.state();
    const run = await org.create();
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'AppNotOurs']);
    expect(run.error?.message).to.equal(
      'The app "AQUILA" was not made by sf aquila, and nobody is logged in through it now. It was not changed.'
    );
    expect(run.error?.actions?.join('\n')).to.include('--dry-run').and.include('--force');
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
  });

  for (const { what, spoil, fails, setting } of spoiled) {
    it(`another ${what} is told by ${fails.join()}, and --force mends it and nothing else`, async () => {
      const parts = { ...app.parts };
      spoil(app);
      const more = what === 'contact e-mail' ? ['--contact-email', 'soc@acme.com'] : [];
      const failing = await org.check();
      expect(failing.exitCode).to.equal(what === 'session timeout' ? 0 : 1);
      expect(failed(statuses(failing.result!))).to.deep.equal(fails);
      const before = structuredClone({ ...app, approvals: undefined });

      const run = await org.create('--force', ...more);
      expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
      expect(run.result?.changes.map((change) => change.setting)).to.deep.equal([setting, 'Description']);
      expect(failed(statuses((await org.check()).result!))).to.deep.equal([]);
      expect([app.parts, app.clientId, app.certificate?.trimEnd(), org.emulator.org.apps.length]).to.deep.equal([
        ...[parts, example.clientId, before.certificate?.trimEnd()],
        1,
      ]);
      org.changes();
      expect((await org.create()).result?.changes).to.deep.equal([]);
      expect(org.changes()).to.deep.equal([]);
    });
  }

  it('extends the list of callback URLs, and keeps what the guide says nothing of', async () => {
    app.callbackUrls = ['https://acme.com/callback'];
    app.scopes = ['api', 'web', 'refresh_token', 'openid'];
    app.flows.device = true;
    app.description = 'Ours';
    app.permissionSets.push('Other');
    org.emulator.org.permissionSets.add('Other');
    await org.create('--force');
    expect(app.callbackUrls).to.deep.equal(['https://acme.com/callback', 'http://localhost:1717/OauthRedirect']);
    expect([app.scopes, app.flows.device, app.permissionSets]).to.deep.equal([
      ...[['api', 'web', 'refresh_token', 'openid'], true],
      [example.permissionSet, 'Other'],
    ]);
    expect(app.description).to.match(/^Ours/);
  });

  it('replaces the certificate by one that is given', async () => {
    const run = await org.create('--force', '--certificate-file', org.path('other.crt'));
    expect(run.result?.changes.map(({ setting }) => setting)).to.deep.equal(['Certificate', 'Description']);
    expect((await org.check('--certificate-file', org.path('other.crt'))).exitCode).to.equal(0);
    expect((await org.check('--certificate-file', org.path('server.crt'))).exitCode).to.equal(1);
  });

  it('stops if another client id is wanted', async () => {
    const before = org.state();
    const run = await org.create('--force', '--client-id', '3MVG9another.client.id');
    expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'AppClientIdFixed']);
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
  });

  it('stops if another client id is wanted and only REST shows the present one', async () => {
    org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    org.emulator.switches.connectKeyWithoutToggle = true;
    org.emulator.org.user(example.admin)!.permissions.viewClientSecret = true;
    app.sessionTimeoutInMinutes = 30;
    const before = org.state();
    const run = await org.create('--force', '--client-id', '3MVG9another.client.id');
    expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'AppClientIdFixed']);
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
  });

  it('takes the client id that it has for the one that is wanted', async () => {
    const run = await org.create('--force', '--client-id', example.clientId);
    expect([run.exitCode, run.result?.clientId]).to.deep.equal([0, example.clientId]);
  });

  it('stops before a change would clear a certificate that the org does not return', async () => {
    org.emulator.switches.certificateOnRetrieve = 'omitted';
    app.flows.clientCredentials = false;
    const before = org.state();
    const run = await org.create('--force');
    expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'AppCertificateHidden']);
    expect(run.error?.actions?.join()).to.include('--certificate-file');
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
    expect((await org.create('--force', '--certificate-file', org.path('server.crt'))).exitCode).to.equal(0);
    expect([app.flows.clientCredentials, app.certificate?.trim()]).to.deep.equal([true, org.certificate.trim()]);
  });

  it('a change beside the certificate that the org does not return leaves it alone', async () => {
    org.emulator.switches.certificateOnRetrieve = 'omitted';
    app.sessionTimeoutInMinutes = 30;
    expect((await org.create('--force')).exitCode).to.equal(0);
    expect([app.sessionTimeoutInMinutes, app.certificate]).to.deep.equal([5, org.certificate]);
  });

  it('a connected app of the name stops it', async () => {
    app.kind = 'connected-app';
    app.id = org.emulator.org.newId('0H4');
    const before = org.state();
    const run = await org.create(...org.newApp, '--force');
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'AppNameTaken']);
    expect(run.error?.actions?.join('\n')).to.include('sf aquila app check --target-org admin --name AQUILA');
    expect([org.changes(), org.state()]).to.deep.equal([[], before]);
  });

  it('an org that adds to its lists of grantees takes a change beside those that it has', async () => {
    org.emulator.switches.grantListsOnUpdate = 'refuse';
    app.sessionTimeoutInMinutes = 30;
    const run = await org.create('--force');
    expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
    expect([app.sessionTimeoutInMinutes, app.permissionSets]).to.deep.equal([5, [example.permissionSet]]);
    expect(org.changes()).to.deep.equal(['deploy', 'deploy']);
  });

  it('knows an app by its name of metadata, whatever its label has become', async () => {
    app.name = 'Something Else';
    app.sessionTimeoutInMinutes = 30;
    const before = org.state();
    const refused = await org.create(...org.newApp, '--name', 'AQUILA');
    expect([refused.error?.name, org.changes(), org.state()]).to.deep.equal(['AppNotOurs', [], before]);
  });

  it('knows an app whose name of metadata a new one of another label would get', async () => {
    Object.assign(app, { name: 'Something Else', developerName: 'Log_Export', sessionTimeoutInMinutes: 30 });
    const before = org.state();
    const refused = await org.create(...org.newApp, '--name', 'Log Export');
    expect([refused.error?.name, org.changes(), org.state()]).to.deep.equal(['AppNotOurs', [], before]);
    expect(refused.error?.message).to.include('"Something Else"');
  });

  it('a disabled app is enabled last, once its policy was read back', async () => {
    app.enabled = false;
    app.permittedUsers = 'self-authorize';
    const seen: string[] = [];
    org.onRequest((name) => {
      if (name === 'deploy' || name === 'query ExtlClntAppOauthPlcyCnfg')
        seen.push(`${name} ${app.permittedUsers} ${String(app.enabled)}`);
    });
    expect((await org.create('--force')).exitCode).to.equal(0);
    expect(seen).to.deep.equal([
      'deploy self-authorize false',
      'query ExtlClntAppOauthPlcyCnfg admin-approved false',
      'deploy admin-approved false',
    ]);
    expect(app.enabled).to.equal(true);
  });

  it('is not enabled by an org that says that all users may authorise themselves, and is put back', async () => {
    app.enabled = false;
    app.sessionTimeoutInMinutes = 30;
    const before = org.state();
    org.before('query ExtlClntAppOauthPlcyCnfg', () => (app.permittedUsers = 'self-authorize'));
    const run = await org.create('--force');
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'AppPolicyStillOpen']);
    expect(run.error?.actions?.join()).to.include('AQUILA > Policies > OAuth Policies');
    expect(org.state()).to.deep.equal(before);
  });

  it('one that is on without OAuth is off while its policies are made, and put back whole when access is refused', async () => {
    Object.assign(app, { oauthEnabled: false, permissionSets: [] });
    Object.assign(app.parts, { global: undefined, oauth: undefined, oauthPolicy: undefined });
    org.emulator.switches.policyGrantsAccess = false;
    const what = (): unknown => structuredClone([app.enabled, app.oauthEnabled, app.parts, app.permissionSets]);
    const before = what();
    const seen: string[] = [];
    org.onRequest((name) => {
      if (name === 'deploy') seen.push(`${app.permittedUsers} ${String(app.enabled)}`);
      if (name === 'grant') org.emulator.org.user(example.admin)!.permissions.assignPermissionSets = false;
    });
    const run = await org.create('--force', ...org.newApp);
    expect([run.exitCode, run.error?.name]).to.deep.equal([1, 'AppAccessNotGranted']);
    expect(seen.slice(0, 2)).to.deep.equal([seen[0], 'admin-approved false']);
    expect(what()).to.deep.equal(before);
  });

  it('says what stays when a certificate was replaced that the org never showed', async () => {
    org.emulator.switches.certificateOnRetrieve = 'omitted';
    app.sessionTimeoutInMinutes = 30;
    org.before('query ExtlClntAppOauthPlcyCnfg', () => (app.permittedUsers = 'self-authorize'));
    const run = await org.create('--force', '--certificate-file', org.path('other.crt'));
    expect(run.error?.name).to.equal('AppPolicyStillOpen');
    expect(run.error?.actions?.join()).to.include(
      'the new certificate stays, because the org does not show the one before'
    );
    expect(app.sessionTimeoutInMinutes).to.equal(30);
  });

  it('a client id that could not be compared is not told as that of the app', async () => {
    org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    const run = await org.create('--force', '--client-id', 'abcdefgh12345678');
    expect(run.stdout).to.include('The org does not return the client id.');
    expect(run.stdout).not.to.include('abcdefgh12345678');
    expect(run.result).not.to.have.property('clientId');
  });

  it('the user gets no permission set at random where the app has several', async () => {
    app.permissionSets.push('Sales_Super_Admin');
    org.emulator.org.permissionSets.add('Sales_Super_Admin');
    org.emulator.org.user(example.username)!.permissionSets = [];
    const run = await org.create('--force', '--username', example.username);
    expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'AppPermissionSetToChoose']);
    expect(run.error?.message).to.include('AQUILA, Sales_Super_Admin');
    expect(org.changes()).to.deep.equal([]);
    await org.create('--force', '--username', example.username, '--permission-set', example.permissionSet);
    expect(org.emulator.org.user(example.username)!.permissionSets).to.deep.equal([example.permissionSet]);
  });

  it('the count of users is that of the tokens of the app', async () => {
    const { org: state } = org.emulator;
    app.sessionTimeoutInMinutes = 30;
    for (const [username, times] of [
      [example.username, 2],
      ['other@acme.com', 1],
    ] as const) {
      const user = state.user(username) ?? state.addUser({ username });
      const token = { user, app, scopes: [], issuedAt: 0, expired: false, revoked: false };
      for (let time = 0; time < times; time += 1) state.tokens.push({ ...token, value: `${username} ${String(time)}` });
    }
    expect((await org.create()).error?.message).to.include('and 2 users are logged in through it');
  });
});

const failed = (byId: Record<string, string>): string[] =>
  Object.entries(byId).flatMap(([id, status]) => (['pass', 'skip'].includes(status) ? [] : [id]));
