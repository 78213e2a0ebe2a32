import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { tokenHandlers } from '../../emulator/grants/token-exchange.ts';
import { example } from '../../emulator/index.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange';
const type = (name: string): string => `urn:ietf:params:oauth:token-type:${name}`;

/** A JWT about a device, signed by the key of the app's certificate. */
const actorToken = (scene: GrantScene, key = 'server.key'): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256' })}.${part({ did: 'printer-1' })}`;
  const signature = createSign('RSA-SHA256')
    .update(text)
    .sign(readFileSync(scene.fleet.path(key)), 'base64url');
  return scene.file('actor', `${text}.${signature}`);
};
const subject = async (scene: GrantScene): Promise<string> => {
  await scene.ask('client-credentials', ...scene.address, ...scene.client, ...scene.clientSecret);
  return scene.emulator.org.tokens.at(-1)?.value ?? '';
};

describe('token request --grant token-exchange', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('exchanges a token and an actor token for an asset token, which lasts a minute and names nobody', async () => {
    const token = await subject(scene);
    const files = ['--subject-token-file', scene.file('subject', token), '--actor-token-file', actorToken(scene)];
    scene.emulator.calls.clear();
    const { result, stdout, exitCode, error } = await scene.ask('token-exchange', ...scene.address, ...files);
    expect(exitCode, error?.message).to.equal(0);
    expect(scene.lastForm()).to.deep.equal({
      ...{ grant_type: grantType, subject_token_type: type('access_token'), subject_token: token },
      ...{ actor_token_type: type('jwt'), actor_token: readFileSync(scene.fleet.path('actor'), 'utf8').trim() },
    });
    expect(scene.emulator.calls).to.have.length(1);
    expect(result).to.deep.equal({
      ...{ grant: 'token-exchange', access_token: '[REDACTED]', token_type: 'Bearer', issued_token_type: type('jwt') },
      ...{ expires_in: 60, identity: null },
    });
    expect(stdout).to.include('in 60 seconds');
  });

  it('takes the access token of a stored login, which the org may have issued to another app', async () => {
    await scene.fleet.addAdmin();
    scene.emulator.org.cli.flows.assetTokens = true;
    const { exitCode, error } = await scene.ask('token-exchange', '--target-org', 'admin');
    expect(exitCode, error?.message).to.equal(0);
    const held = scene.emulator.org.tokens.find(({ user }) => user.username === example.admin);
    expect(scene.lastForm()).to.deep.equal({
      ...{ grant_type: grantType, subject_token_type: type('access_token'), subject_token: held?.value },
    });
  });

  it("hands another identity provider's token to the handler that is named", async () => {
    const seen: string[][] = [];
    tokenHandlers(scene.emulator.org).set('OktaHandler', (...call) => {
      seen.push(call);
      return { username: example.username };
    });
    const { result, exitCode } = await scene.ask(
      'token-exchange',
      ...foreign(scene),
      '--subject-token-type',
      'id_token'
    );
    expect(exitCode).to.equal(0);
    expect(scene.lastForm()).to.deep.equal({
      ...{ grant_type: grantType, client_id: example.clientId, client_secret: scene.app.clientSecret },
      ...{ subject_token_type: type('id_token'), subject_token: 'their.token.here', token_handler: 'OktaHandler' },
    });
    expect(seen).to.deep.equal([['their.token.here', type('id_token')]]);
    expect(result?.identity?.username).to.equal(example.username);
  });

  it('shows the words of a handler that refuses, and invents no cause', async () => {
    const said = { error: 'invalid_grant', error_description: 'nobody here by that name' };
    tokenHandlers(scene.emulator.org).set('OktaHandler', () => said);
    const { error } = await scene.ask('token-exchange', ...foreign(scene));
    expect(error?.message).to.include('nobody here by that name').and.to.include('No documented cause');
  });

  it('never takes the token of this org for one of another identity provider', async () => {
    await scene.fleet.addAdmin();
    const { error } = await scene.ask('token-exchange', '--target-org', 'admin', '--token-handler', 'OktaHandler');
    expect(error?.message).to.equal('The grant token-exchange needs --subject-token-file.');
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('without a handler takes no client', async () => {
    const { error } = await scene.ask('token-exchange', ...scene.address, ...scene.client);
    expect([error?.name, error?.message]).to.deep.equal([
      'FlagNotOfGrant',
      '--client-id says nothing to the grant token-exchange.',
    ]);
  });
});

const foreign = (scene: GrantScene): string[] => [
  ...[...scene.address, ...scene.client, ...scene.clientSecret, '--token-handler', 'OktaHandler'],
  ...['--subject-token-file', scene.file('theirs', 'their.token.here')],
];
const unsaid = {
  causes: ['subject-token', 'actor-token', 'token-handler', 'flow-off'],
  action: '--subject-token-file',
};

describeRefusals('token-exchange', foreign, [
  { when: 'there is no such handler', says: 'invalid_request: invalid token exchange request', ...unsaid },
  {
    when: 'the app does not exchange tokens',
    spoil: ({ app }) => void (app.flows.tokenExchange = false),
    says: 'invalid_request: token exchange flow not enabled',
    ...unsaid,
  },
  {
    when: 'the secret is wrong',
    more: (scene) => ['--client-secret-file', scene.file('wrong', 'no secret of this app')],
    says: 'invalid_client: invalid client credentials',
    causes: ['app-secret'],
    action: 'Consumer Key and Secret',
  },
]);

describeRefusals(
  'token-exchange',
  (scene) => [...scene.address, '--subject-token-file', scene.file('old', '00Dgone!AQold')],
  [{ when: 'the token to exchange is not one of the org', says: 'invalid_request: invalid subject token', ...unsaid }]
);
