import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

const usual = (scene: GrantScene): string[] => [...scene.address, ...scene.client, ...scene.clientSecret];

describe('token request --grant client-credentials', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('sends client id and secret in the form and nothing else', async () => {
    const { result, exitCode } = await scene.ask('client-credentials', ...usual(scene));
    expect(exitCode).to.equal(0);
    expect(scene.lastForm()).to.deep.equal({
      grant_type: 'client_credentials',
      client_id: example.clientId,
      client_secret: scene.app.clientSecret,
    });
    expect(result?.identity?.username).to.equal(example.username);
    expect(result?.scope).to.equal('api web openid');
  });

  it('sends the secret by Basic and then not in the form', async () => {
    scene.app.clientSecret = 'a secret: %+é';
    const basic = ['--client-authentication', 'client_secret_basic'];
    const { exitCode } = await scene.ask('client-credentials', ...usual(scene), ...basic);
    expect(exitCode).to.equal(0);
    expect(scene.lastForm()).to.deep.equal({ grant_type: 'client_credentials' });
  });

  it('takes the secret from the environment, and the file before it', async () => {
    const words = [...scene.address, ...scene.client];
    process.env['SF_AQUILA_CLIENT_SECRET'] = scene.app.clientSecret;
    try {
      expect((await scene.ask('client-credentials', ...words)).exitCode).to.equal(0);
      process.env['SF_AQUILA_CLIENT_SECRET'] = 'of another app';
      expect((await scene.ask('client-credentials', ...words, ...scene.clientSecret)).exitCode).to.equal(0);
    } finally {
      delete process.env['SF_AQUILA_CLIENT_SECRET'];
    }
  });

  it('without a secret and a terminal ends before anything is sent', async () => {
    const { error, exitCode } = await scene.ask('client-credentials', ...scene.address, ...scene.client);
    expect([error?.name, exitCode]).to.deep.equal(['GrantIncomplete', 2]);
    expect(error?.message).to.equal('The grant client-credentials needs --client-secret-file.');
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('with a signed assertion needs the key in the place of the secret, and signs for the host', async () => {
    const signed = [...scene.address, ...scene.client, '--client-authentication', 'private_key_jwt'];
    const missing = await scene.ask('client-credentials', ...signed);
    expect(missing.error?.message).to.equal('The grant client-credentials needs --jwt-key-file.');
    await scene.ask('client-credentials', ...signed, '--jwt-key-file', scene.fleet.path('server.key'));
    const { client_assertion: assertion = '', ...rest } = scene.lastForm();
    expect(rest).to.deep.equal({
      grant_type: 'client_credentials',
      client_id: example.clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).to.include({ iss: example.clientId, sub: example.clientId, aud: scene.emulator.myDomainUrl });
  });
});

describeRefusals('client-credentials', usual, [
  {
    when: 'the flow is off in the settings',
    spoil: ({ app }) => void (app.flows.clientCredentials = false),
    says: 'invalid_grant: client credentials flow not enabled',
    causes: ['flow-off'],
    action: 'Enable Client Credentials Flow',
  },
  {
    when: 'the app has no run-as user',
    spoil: ({ app }) => void (app.flows.clientCredentialsUser = undefined),
    says: 'invalid_grant: no client credentials user enabled',
    causes: ['run-as-user-missing'],
    action: '--client-credentials-user RUN_AS_USERNAME',
  },
  {
    when: 'the app has no scope for it',
    spoil: ({ app }) => void (app.scopes = ['full']),
    says: 'invalid_grant: no valid scopes defined',
    causes: ['no-usable-scope'],
    action: 'sf aquila app create',
  },
  {
    when: 'the secret is wrong',
    more: (scene) => ['--client-secret-file', scene.file('wrong', 'no secret of this app')],
    says: 'invalid_client: invalid client credentials',
    causes: ['app-secret'],
    action: 'Consumer Key and Secret',
  },
  {
    when: 'the signed assertion in the place of the secret is by another key',
    more: (scene) => [
      ...['--client-authentication', 'private_key_jwt', '--jwt-key-file'],
      scene.file('other.key', fixture('other2048.key')),
    ],
    says: 'invalid_client: invalid client credentials',
    causes: ['app-secret', 'key-mismatch'],
    action: '--client-authentication client_secret_post',
  },
  {
    when: 'the client id is unknown',
    more: () => ['--client-id', '3MVG9unknown'],
    says: 'invalid_client_id: client identifier invalid',
    causes: ['wrong-client-id', 'wrong-host', 'not-replicated'],
    action: 'Copy the consumer key again',
  },
  {
    when: 'the run-as user is not approved',
    spoil: ({ user }) => void (user.permissionSets = []),
    says: 'invalid_app_access: user is not admin approved',
    causes: ['run-as-user-not-admitted'],
    action: '--username RUN_AS_USERNAME',
  },
  {
    when: 'the login host is asked',
    more: ({ emulator }) => ['--instance-url', emulator.loginUrl],
    says: 'invalid_grant: request not supported on this domain',
    causes: ['wrong-host'],
    action: 'My Domain address',
  },
]);
