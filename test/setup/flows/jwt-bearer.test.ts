import { expect } from 'chai';
import { example, presets } from '../../emulator/index.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

const usual = (scene: GrantScene): string[] => [
  ...[...scene.address, ...scene.client, '--username', example.username],
  ...['--jwt-key-file', scene.fleet.path('server.key')],
];

describe('token request --grant jwt-bearer', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('sends the assertion and nothing else, asks whose the token is, and stores nothing', async () => {
    const { result, stdout, stderr, exitCode } = await scene.ask('jwt-bearer', ...usual(scene));
    expect([exitCode, stderr]).to.deep.equal([0, '']);
    const { assertion, ...rest } = scene.lastForm();
    expect(rest).to.deep.equal({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' });
    expect(assertion).to.match(/^ey/);
    expect(scene.emulator.calls.map(({ path }) => path)).to.deep.equal([
      '/services/oauth2/token',
      '/services/oauth2/userinfo',
    ]);
    expect(result).to.deep.include({
      grant: 'jwt-bearer',
      access_token: '[REDACTED]',
      token_type: 'Bearer',
      instance_url: scene.emulator.myDomainUrl,
      identity: { username: example.username, orgId: scene.emulator.org.id, userId: scene.user.id },
    });
    expect(result).not.to.have.any.keys('refresh_token', 'id_token', 'expires_in');
    expect(stdout).to.include(`granted an access token by the grant jwt-bearer`).and.to.include(example.username);
    expect(Object.keys(scene.fleet.files()).filter((name) => name.startsWith('.sfdx/'))).to.deep.equal([]);
  });

  it('takes from a stored login what no flag gives', async () => {
    scene.fleet.add('integration', { username: example.username });
    scene.fleet.alias('aquila', example.username);
    const { result } = await scene.ask('jwt-bearer', '--target-org', 'aquila');
    expect(result?.identity?.username).to.equal(example.username);
    expect(scene.emulator.calls.tokenRequests()[0]?.claims).to.include({
      ...{ iss: example.clientId, sub: example.username, aud: scene.emulator.myDomainUrl },
    });
  });
});

describeRefusals('jwt-bearer', usual, [
  {
    when: 'the user is not approved',
    spoil: ({ emulator }) => presets['permission-set-not-assigned'](emulator),
    says: 'invalid_app_access: user is not admin approved to access this app',
    causes: ['not-pre-authorised'],
    action: `--username ${example.username}`,
  },
  {
    when: 'the key is another',
    spoil: ({ emulator }) => presets['wrong-certificate'](emulator),
    says: 'invalid_grant: invalid assertion',
    causes: ['key-mismatch', 'app-just-edited'],
    action: 'Give the app the certificate that was made with this key',
  },
]);
