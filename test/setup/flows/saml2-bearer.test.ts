import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { example, presets } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

/** The certificate lies beside the key. */
const usual = (scene: GrantScene): string[] => [
  ...[...scene.address, ...scene.client, '--username', example.username],
  ...['--jwt-key-file', scene.fleet.path('server.key')],
];

/** The XML of the last assertion that was sent. */
const xmlOf = (scene: GrantScene): string =>
  Buffer.from(scene.lastForm()['assertion'] ?? '', 'base64url').toString('utf8');

describe('token request --grant saml2-bearer', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('sends the assertion and nothing else, signed with the key and the certificate beside it, and stores nothing', async () => {
    const { result, stdout, exitCode } = await scene.ask('saml2-bearer', ...usual(scene));
    expect(exitCode).to.equal(0);
    const { assertion, ...rest } = scene.lastForm();
    expect(rest).to.deep.equal({ grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer' });
    expect(assertion).to.match(/^[\w-]+$/);
    expect(scene.emulator.calls.tokenRequests()).to.have.length(1);
    expect(result).to.deep.include({
      grant: 'saml2-bearer',
      access_token: '[REDACTED]',
      identity: { username: example.username, orgId: scene.emulator.org.id, userId: scene.user.id },
    });
    expect(result).not.to.have.any.keys('refresh_token', 'id_token');
    expect(stdout).to.include(example.username);
    expect(Object.keys(scene.fleet.files()).filter((name) => name.startsWith('.sfdx/'))).to.deep.equal([]);
  });

  it('kept as a login, says that nothing renews it and that the JWT bearer flow would with the same key', async () => {
    const { result, stderr, exitCode } = await scene.ask('saml2-bearer', ...usual(scene), '--save');
    expect([exitCode, result?.saved?.renewedBy]).to.deep.equal([0, 'nothing']);
    expect(stderr.replace(/\s+/g, ' ')).to.include('access token alone').and.include('sf aquila login --help');
  });

  it('gives each assertion an identifier of its own', async () => {
    const identifiers = new Set<string | undefined>();
    for (const flags of [[], ['--explain']]) {
      await scene.ask('saml2-bearer', ...usual(scene), ...flags);
      identifiers.add(/ ID="(_[0-9a-f]{32})"/.exec(xmlOf(scene))?.[1]);
    }
    expect([...identifiers]).to.have.length(2);
    expect([...identifiers]).to.not.include(undefined);
  });

  it('shows with --explain what the assertion says, and no part of its signature', async () => {
    const { stderr } = await scene.ask('saml2-bearer', ...usual(scene), '--explain');
    const host = scene.emulator.myDomainUrl;
    const unfolded = stderr.replaceAll(`\n>${' '.repeat(7)}`, '').split('\n');
    for (const line of [
      `    Issuer: ${example.clientId}`,
      `    NameID: ${example.username}`,
      `    Recipient: ${host}/services/oauth2/token`,
      `    Audience: ${host}`,
    ]) {
      expect(unfolded).to.include(`> ${line}`);
    }
    const signature = /<ds:SignatureValue>([^<]+)</.exec(xmlOf(scene))?.[1] ?? 'none';
    expect(stderr)
      .to.match(/NotOnOrAfter: \d{4}-/)
      .and.not.include(signature.slice(0, 40));
  });

  it('takes the certificate of a flag, whatever lies beside the key', async () => {
    scene.file('server.crt', fixture('other2048.crt'));
    const named = scene.file('named.pem', fixture('rsa2048.crt'));
    const { exitCode } = await scene.ask('saml2-bearer', ...usual(scene), '--certificate-file', named);
    expect(exitCode).to.equal(0);
  });

  it('says which flag is missing where no certificate is named and none lies beside the key', async () => {
    rmSync(scene.fleet.path('server.crt'));
    const { error, exitCode } = await scene.ask('saml2-bearer', ...usual(scene));
    expect([error?.name, error?.message, exitCode]).to.deep.equal([
      'GrantIncomplete',
      'The grant saml2-bearer needs --certificate-file.',
      2,
    ]);
  });

  it('sends nothing with the certificate of another key, and names both files', async () => {
    const other = scene.file('other.crt', fixture('other2048.crt'));
    const { error, exitCode } = await scene.ask('saml2-bearer', ...usual(scene), '--certificate-file', other);
    expect([error?.name, exitCode]).to.deep.equal(['CertificateOfOtherKey', 2]);
    expect(error?.message).to.include(other).and.to.include(scene.fleet.path('server.key'));
    expect(error?.actions?.join(' ')).to.include('sf aquila cert inspect');
    expect(scene.emulator.calls).to.have.length(0);
  });

  it('puts the audience of a flag into the assertion', async () => {
    scene.emulator.switches.additionalAudiences.push('https://aud.example.com');
    const words = [...usual(scene), '--audience', 'https://aud.example.com'];
    expect((await scene.ask('saml2-bearer', ...words)).exitCode).to.equal(0);
    expect(xmlOf(scene)).to.include('<saml:Audience>https://aud.example.com</saml:Audience>');
  });

  it('has no use for a scope or a secret of the app', async () => {
    const scoped = await scene.ask('saml2-bearer', ...usual(scene), '--scope', 'api');
    expect(scoped.error?.name).to.equal('ScopeNotOfGrant');
    const { error } = await scene.ask('saml2-bearer', ...usual(scene), ...scene.clientSecret);
    expect(error?.name).to.equal('FlagNotOfGrant');
    expect(error?.actions?.join(' ')).to.include('--certificate-file');
  });
});

describeRefusals('saml2-bearer', usual, [
  {
    when: 'the app holds another certificate',
    spoil: ({ emulator }) => presets['wrong-certificate'](emulator),
    says: 'invalid_grant: invalid assertion',
    causes: ['key-mismatch', 'digital-signatures-off', 'app-just-edited', 'kind-of-app'],
    action: 'Give the app the certificate that was made with this key',
  },
  {
    when: 'the audience is another org',
    more: () => ['--audience', 'https://other.my.salesforce.com'],
    says: 'invalid_grant: Audience validation failed',
    causes: ['audience-mismatch'],
    action: 'My Domain address of the org',
  },
  {
    when: 'the clock of this machine is an hour behind',
    spoil: ({ emulator }) => {
      emulator.org.passTime(60);
    },
    says: 'invalid_grant: expired authorization code',
    causes: ['clock'],
    action: 'Set the clock',
  },
  {
    when: 'the user is not approved',
    spoil: ({ emulator }) => presets['permission-set-not-assigned'](emulator),
    says: 'invalid_app_access: user is not admin approved to access this app',
    causes: ['not-pre-authorised'],
    action: `--username ${example.username}`,
  },
  {
    when: 'no app has the client id',
    more: () => ['--client-id', '3MVG9another'],
    says: 'invalid_client_id: client identifier invalid',
    causes: ['wrong-client-id', 'wrong-host', 'not-replicated'],
    action: 'Copy the consumer key again',
  },
]);
