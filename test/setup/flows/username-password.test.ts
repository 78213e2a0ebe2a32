import { expect } from 'chai';
import { example, presets } from '../../emulator/index.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

const usual = (scene: GrantScene): string[] => {
  presets['app-is-a-connected-app'](scene.emulator);
  return [
    ...[...scene.address, ...scene.client, ...scene.clientSecret],
    ...['--username', example.username, '--password-file', scene.file('password', scene.password)],
  ];
};
const failure = {
  says: 'invalid_grant: authentication failure',
  causes: ['password', 'flow-off', 'external-app-without-password', 'password-or-lock'],
};

describe('token request --grant username-password', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('sends the five documented fields, and warns why it should not be used', async () => {
    const { result, stderr, exitCode } = await scene.ask('username-password', ...usual(scene));
    expect(exitCode).to.equal(0);
    expect(scene.lastForm()).to.deep.equal({
      grant_type: 'password',
      client_id: example.clientId,
      client_secret: scene.app.clientSecret,
      username: example.username,
      password: scene.password,
    });
    expect(result?.identity?.username).to.equal(example.username);
    expect(result?.issued_at).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(stderr.replace(/\s+/g, ' ')).to.include("hands the user's password to the app");
  });

  it('refuses a token of another user than the one whose password was sent', async () => {
    const words = usual(scene);
    const body = { preferred_username: 'mallory@acme.com', organization_id: scene.emulator.org.id, user_id: '005xx' };
    const answer = { kind: 'status', status: 200, path: '/services/oauth2/userinfo' } as const;
    scene.emulator.faults.set({ ...answer, body: JSON.stringify(body) });
    const { error, exitCode, result } = await scene.ask('username-password', ...words);
    expect([error?.name, exitCode, result]).to.deep.equal(['LoginForAnotherUser', 1, undefined]);
  });

  it('keeps the blanks of a password', async () => {
    const words = usual(scene);
    await scene.ask('username-password', ...words, '--password-file', scene.file('blanks', ' two blanks '));
    expect(scene.lastForm()).to.include({ password: ' two blanks ' });
  });
});

describeRefusals('username-password', usual, [
  {
    when: 'the password lacks the security token',
    more: (scene) => ['--password-file', scene.file('bare', 'Passw0rd alone')],
    ...failure,
    action: 'Reset My Security Token',
  },
  {
    when: 'the org blocks the flow',
    spoil: ({ emulator }) => void (emulator.switches.passwordFlow = 'blocked'),
    ...failure,
    action: 'Allow OAuth Username-Password Flows',
  },
  {
    when: 'the app is an external client app',
    spoil: ({ app }) => void (app.kind = 'external-client-app'),
    ...failure,
    action: 'use another grant',
  },
  {
    when: 'the secret is wrong',
    more: (scene) => ['--client-secret-file', scene.file('wrong', 'no secret of this app')],
    says: 'invalid_client: invalid client credentials',
    causes: ['app-secret'],
    action: 'Consumer Key and Secret',
  },
]);
