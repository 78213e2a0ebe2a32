import { AuthInfo, StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { example, presets } from '../emulator/index.ts';
import { tokenHandlers } from '../emulator/grants/token-exchange.ts';
import { inHome } from '../org/home.ts';
import { GrantScene, storedIn } from './flows/grant-scene.ts';

describe('token request --save', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  type Fields = Record<string, unknown>;
  const fieldsOf = (username: string): Promise<Fields> =>
    inHome(scene.fleet.env, async () => (await AuthInfo.create({ username })).getFields(true) as Fields);
  const usernameOf = (alias: string): Promise<unknown> =>
    inHome(scene.fleet.env, async () => (await StateAggregator.getInstance()).aliases.getUsername(alias));
  const credentials = (): string[] => [...scene.address, ...scene.client, ...scene.clientSecret];
  const byKey = (): string[] => [
    ...[...scene.address, ...scene.client, '--username', example.username],
    ...['--jwt-key-file', scene.fleet.path('server.key')],
  ];

  it('keeps a login by key as sf aquila login does', async () => {
    await scene.login();
    const wanted = await fieldsOf(example.username);
    const { result, stdout, exitCode } = await scene.ask('jwt-bearer', ...byKey(), '--save', '--alias', 'mine');
    expect(exitCode).to.equal(0);
    expect(result?.saved).to.deep.equal({ username: example.username, alias: 'mine', renewedBy: 'key' });
    expect(stdout).to.include('Next: sf org display --target-org mine');
    const { accessToken, instanceApiVersionLastRetrieved: _when, ...fields } = await fieldsOf(example.username);
    const { accessToken: _old, instanceApiVersionLastRetrieved: _before, ...others } = wanted;
    expect(fields).to.deep.equal(others);
    expect(accessToken).to.equal(scene.emulator.org.tokens.at(-1)?.value);
    expect(await usernameOf('mine')).to.equal(example.username);
  });

  it('keeps an access token alone with the secret of the app, encrypted, and says that it can not renew itself', async () => {
    const { result, stdout, stderr } = await scene.ask('client-credentials', ...credentials(), '--save');
    expect(result?.saved).to.deep.equal({ username: example.username, renewedBy: 'nothing' });
    expect(stdout).to.include(`Next: sf org display --target-org ${example.username}`);
    expect(stderr).to.include('access token alone');
    const fields = await fieldsOf(example.username);
    expect(fields).to.include({
      ...{ username: example.username, clientId: example.clientId, clientSecret: scene.app.clientSecret },
      ...{
        instanceUrl: scene.emulator.myDomainUrl,
        loginUrl: scene.emulator.myDomainUrl,
        orgId: scene.emulator.org.id,
      },
      accessToken: scene.emulator.org.tokens.at(-1)?.value,
    });
    expect(fields).not.to.have.any.keys('refreshToken', 'privateKey', 'jwtAudience');
    const file = scene.fleet.files()[`.sfdx/${example.username}.json`] ?? '';
    expect(file).to.include(example.clientId);
    expect(scene.secrets.filter((secret) => file.includes(secret))).to.deep.equal([]);
  });

  it('takes client id and secret of the kept login for the next grant', async () => {
    await scene.ask('client-credentials', ...credentials(), '--save', '--alias', 'robot');
    scene.emulator.calls.clear();
    const { exitCode, error } = await scene.ask('client-credentials', '--target-org', 'robot');
    expect(exitCode, error?.message).to.equal(0);
    expect(scene.lastForm()).to.include({ client_id: example.clientId, client_secret: scene.app.clientSecret });
  });

  it('keeps a renewed web login as the login that it was, with the refresh token', async () => {
    await scene.fleet.addAdmin();
    const before = await fieldsOf(example.admin);
    const { result } = await scene.ask('refresh-token', '--target-org', 'admin', '--save');
    expect(result?.saved).to.deep.equal({ username: example.admin, renewedBy: 'refresh-token' });
    const after = await fieldsOf(example.admin);
    expect(after['refreshToken']).to.equal(before['refreshToken']);
    expect(after['accessToken']).to.equal(scene.emulator.org.tokens.at(-1)?.value).and.not.equal(before['accessToken']);
    expect(await usernameOf('admin')).to.equal(example.admin);
  });

  it('never puts a token that can not renew itself in the place of a login that can', async () => {
    await scene.login();
    const before = storedIn(scene.fleet.files());
    const { error, exitCode } = await scene.ask('client-credentials', ...credentials(), '--save', '--alias', 'other');
    expect([error?.name, exitCode]).to.deep.equal(['LoginWouldNotRenew', 1]);
    expect(error?.actions?.join()).to.include(`sf org logout --target-org ${example.username}`);
    const { secret: _file, ...after } = storedIn(scene.fleet.files());
    expect(after).to.deep.equal(before);
  });

  it('says so before anything is sent where the user is known', async () => {
    presets['app-is-a-connected-app'](scene.emulator);
    await scene.login();
    scene.emulator.calls.clear();
    const user = ['--username', example.username, '--password-file', scene.file('password', scene.password)];
    const { error } = await scene.ask('username-password', ...credentials(), ...user, '--save');
    expect(error?.name).to.equal('LoginWouldNotRenew');
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('keeps no asset token, and says why before anything is sent', async () => {
    await scene.fleet.addAdmin();
    const { error, exitCode } = await scene.ask('token-exchange', '--target-org', 'admin', '--save');
    expect([error?.name, exitCode]).to.deep.equal(['TokenNotSavable', 1]);
    expect(scene.emulator.calls).to.have.length(0);
  });

  const hostile: Array<[what: string, username: string, code: string]> = [
    ['a username that would be a path', '../../evil@acme.com', 'TokenNotSavable'],
    ['another user', 'mallory@acme.com', 'LoginForAnotherUser'],
  ];
  for (const [what, username, code] of hostile) {
    it(`stores nothing when the org names ${what}`, async () => {
      await scene.login();
      const before = storedIn(scene.fleet.files());
      const body = { preferred_username: username, organization_id: scene.emulator.org.id, user_id: scene.user.id };
      scene.emulator.faults.set({
        kind: 'status',
        status: 200,
        path: '/services/oauth2/userinfo',
        body: JSON.stringify(body),
      });
      const { error, exitCode } = await scene.ask('jwt-bearer', ...byKey(), '--save');
      expect([error?.name, exitCode]).to.deep.equal([code, 1]);
      expect(storedIn(scene.fleet.files())).to.deep.equal(before);
    });
  }

  it('repeats no username that a terminal would obey', async () => {
    const path = '/services/oauth2/userinfo';
    const body = {
      preferred_username: '\u001b[2J@acme.com',
      organization_id: scene.emulator.org.id,
      user_id: scene.user.id,
    };
    scene.emulator.faults.set({ kind: 'status', status: 200, path, body: JSON.stringify(body) });
    const { result, error } = await scene.ask('jwt-bearer', ...byKey());
    expect([error, result?.identity]).to.deep.equal([undefined, null]);
  });

  it('stores nothing when the org does not say whose the token is', async () => {
    tokenHandlers(scene.emulator.org).set('OktaHandler', () => ({ username: example.username }));
    scene.emulator.faults.set({
      kind: 'status',
      status: 403,
      path: '/services/oauth2/userinfo',
      body: 'Bad_OAuth_Token',
    });
    const before = storedIn(scene.fleet.files());
    const { error } = await scene.ask(
      'token-exchange',
      ...[...credentials(), '--token-handler', 'OktaHandler', '--save'],
      ...['--subject-token-file', scene.file('theirs', 'their.token')]
    );
    expect(error?.name).to.equal('TokenNotSavable');
    const { secret: _one, theirs: _two, ...after } = storedIn(scene.fleet.files());
    expect(after).to.deep.equal(before);
  });

  it('refuses an alias that is the username of somebody else, before anything is sent', async () => {
    const alias = ['--save', '--alias', 'bob@acme.com'];
    const { exitCode, error } = await scene.ask('client-credentials', ...credentials(), ...alias);
    expect([exitCode, error?.name, scene.emulator.calls.length]).to.deep.equal([2, 'LoginAliasInvalid', 0]);
  });

  it('gives an alias only to what is kept', async () => {
    const { exitCode, error } = await scene.ask('client-credentials', ...credentials(), '--alias', 'robot');
    expect([exitCode, error?.message]).to.have.property('0', 2);
    expect(error?.message).to.include('--save');
  });
});
