import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { assertionXml, responseXml, rightSays, signXml } from '../../emulator/saml-maker.ts';
import type { Says } from '../../emulator/saml-maker.ts';
import { fixture } from '../../emulator/test-client.ts';
import { describeRefusals, GrantScene } from './grant-scene.ts';

const issuer = 'https://idp.acme.com';

/** A response of the identity provider that the org trusts, in a file. */
function response(scene: GrantScene, changes: Partial<Says> = {}, encode = (xml: string): string => xml): string {
  const { org } = scene.emulator;
  if (org.samlConfigs.length === 0) org.addSamlConfig({ issuer, certificate: fixture('rsa2048.crt') });
  const says = { ...rightSays(scene.emulator), issuer, audience: 'https://saml.salesforce.com', ...changes };
  return scene.file('response.xml', encode(signXml(responseXml(assertionXml(says), says.issuer), says.id)));
}

const usual = (scene: GrantScene): string[] => [...scene.address, '--assertion-file', response(scene)];

describe('token request --grant saml-assertion', () => {
  let scene: GrantScene;
  beforeEach(async () => {
    scene = await GrantScene.open();
  });
  afterEach(() => scene.close());

  it('sends the response with its kind and nothing else, no client id either, and stores nothing', async () => {
    const { result, exitCode } = await scene.ask('saml-assertion', ...usual(scene));
    expect(exitCode).to.equal(0);
    const { assertion, ...rest } = scene.lastForm();
    expect(rest).to.deep.equal({
      grant_type: 'assertion',
      assertion_type: 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser',
    });
    expect(assertion).to.match(/^[A-Za-z0-9+/]+=*$/);
    expect(scene.emulator.calls.tokenRequests()).to.have.length(1);
    expect(result).to.deep.include({
      grant: 'saml-assertion',
      access_token: '[REDACTED]',
      identity: { username: example.username, orgId: scene.emulator.org.id, userId: scene.user.id },
    });
    expect(result).not.to.have.any.keys('refresh_token', 'id_token');
    expect(Object.keys(scene.fleet.files()).filter((name) => name.startsWith('.sfdx/'))).to.deep.equal([]);
  });

  it('sends the id of the org as "so" where the response was made for an address that has it, and gets in at the login host', async () => {
    const { org, loginUrl } = scene.emulator;
    const recipient = `${loginUrl}/services/oauth2/token?so=${org.id}`;
    const words = ['--instance-url', loginUrl, '--assertion-file', response(scene, { recipient })];
    const { exitCode, error, stderr } = await scene.ask('saml-assertion', ...words, '--explain');
    expect(exitCode, error?.message).to.equal(0);
    expect(scene.lastForm()).to.have.property('so', org.id);
    expect(stderr).to.include(`so: ${org.id}`);
  });

  it('sends the id of the org that the stored login is of, where its host serves other orgs too', async () => {
    scene.emulator.switches.answers.externalAppAtLoginHost = 'accept';
    const { loginUrl, org } = scene.emulator;
    const key = ['--username', example.username, '--jwt-key-file', scene.fleet.path('server.key')];
    const saved = await scene.ask(
      'jwt-bearer',
      ...scene.client,
      ...key,
      '--instance-url',
      loginUrl,
      '--save',
      '--alias',
      'mine'
    );
    expect(saved.exitCode, saved.error?.message).to.equal(0);
    const { exitCode } = await scene.ask('saml-assertion', '--target-org', 'mine', '--assertion-file', response(scene));
    expect(exitCode).to.equal(0);
    expect(scene.lastForm()).to.have.property('so', org.id);
  });

  for (const encoding of ['base64', 'base64url'] as const) {
    it(`takes the response in ${encoding} as well`, async () => {
      const file = response(scene, {}, (xml) => Buffer.from(xml).toString(encoding));
      const { exitCode } = await scene.ask('saml-assertion', ...scene.address, '--assertion-file', file);
      expect(exitCode).to.equal(0);
    });
  }

  it('shows with --explain whom the response names, and no part of its signature', async () => {
    const { stderr } = await scene.ask('saml-assertion', ...usual(scene), '--explain');
    expect(stderr).to.include(`NameID: ${example.username}`).and.to.include('Audience: https://saml.salesforce.com');
    const xml = Buffer.from(scene.lastForm()['assertion'] ?? '', 'base64').toString('utf8');
    const signature = /<SignatureValue>([^<]+)</.exec(xml)?.[1] ?? 'none';
    expect(stderr).to.not.include(signature.slice(0, 40));
  });

  const unusable: Array<[what: string, make: (scene: GrantScene) => string, code: string]> = [
    ['holds something else', (at) => at.file('response.xml', 'see attachment'), 'SamlResponseUnreadable'],
    ['is empty', (at) => at.file('response.xml', ''), 'SecretEmpty'],
    [
      'holds metadata',
      (at) => at.file('response.xml', '<md:EntityDescriptor xmlns:md="m"></md:EntityDescriptor>'),
      'SamlResponseMissing',
    ],
    ['has expired', (at) => response(at, { notOnOrAfter: Date.now() - 3_600_000 }), 'SamlResponseExpired'],
    [
      'is not signed',
      (at) => response(at, {}, (xml) => xml.replace(/<Signature [^]*<\/Signature>/, '')),
      'SamlResponseUnsigned',
    ],
    [
      'says that the login failed',
      (at) => response(at, {}, (xml) => xml.replace('status:Success', 'status:Requester')),
      'SamlResponseFailed',
    ],
    ['is not there', (at) => at.fleet.path('nowhere.xml'), 'FileMissing'],
  ];
  for (const [what, make, code] of unusable) {
    it(`sends nothing where the file ${what}, and names it`, async () => {
      const file = make(scene);
      const { error, exitCode } = await scene.ask('saml-assertion', ...scene.address, '--assertion-file', file);
      expect([error?.name, exitCode]).to.deep.equal([code, 2]);
      expect(error?.message).to.include(file);
      expect(scene.emulator.calls).to.have.length(0);
    });
  }

  it('needs the response, and has no use for a client id', async () => {
    const without = await scene.ask('saml-assertion', ...scene.address, '--no-prompt');
    expect(without.error?.message).to.equal('The grant saml-assertion needs --assertion-file.');
    const { error } = await scene.ask('saml-assertion', ...usual(scene), ...scene.client);
    expect([error?.name, error?.actions]).to.deep.equal([
      'FlagNotOfGrant',
      ['Leave it out, or choose another --grant. The grant saml-assertion takes --assertion-file.'],
    ]);
  });

  it('names the page on which Salesforce tells more, without what may stand behind its address', async () => {
    const flags = [...scene.address, '--assertion-file', response(scene, { nameId: 'nobody@acme.com' })];
    const page = `${scene.emulator.myDomainUrl}/setup/secur/SAMLValidationPage.apexp`;
    const first = (await scene.ask('saml-assertion', ...flags)).error;
    expect(first?.message).to.include(`Salesforce names this page for it: ${page}`);
    expect(first?.actions?.join('\n')).to.not.include('audience');
    scene.emulator.switches.samlErrorUri = 'https://acme.my.salesforce.com/errors?sid=00Dsecret';
    const { error } = await scene.ask('saml-assertion', ...flags);
    expect(error?.message).to.include('https://acme.my.salesforce.com/errors').and.not.include('00Dsecret');
    expect(JSON.stringify(error?.data)).to.not.include('00Dsecret');
  });

  it('names no page that is none, or one without TLS', async () => {
    const flags = [...scene.address, '--assertion-file', response(scene, { nameId: 'nobody@acme.com' })];
    for (const address of ['http://plain.example.com/', 'nonsense']) {
      scene.emulator.switches.samlErrorUri = address;
      const { error } = await scene.ask('saml-assertion', ...flags);
      expect(error?.message).to.include('invalid assertion').and.not.include(address);
    }
  });
});

const everyCause = ['saml-provider', 'saml-recipient', 'saml-response-spent', 'saml-user', 'wrong-host'];

describeRefusals('saml-assertion', usual, [
  {
    when: 'the org does not trust the provider',
    spoil: ({ emulator }) => void emulator.org.samlConfigs.splice(0),
    says: 'invalid_grant: invalid assertion',
    causes: everyCause,
    action: 'SAML Assertion Validator',
  },
  {
    when: 'the org has another certificate of the provider',
    spoil: ({ emulator }) => {
      for (const config of emulator.org.samlConfigs) config.certificate = fixture('other2048.crt');
    },
    says: 'invalid_grant: invalid assertion',
    causes: everyCause,
    action: 'Setup > Single Sign-On Settings',
  },
  {
    when: 'no user has the name in the response',
    more: (scene) => ['--assertion-file', response(scene, { nameId: 'nobody@acme.com' })],
    says: 'invalid_grant: invalid assertion',
    causes: everyCause,
    action: 'SAML Identity Type',
  },
  {
    when: 'the user is inactive',
    spoil: (scene) => void (scene.user.active = false),
    says: 'invalid_grant: inactive user',
    causes: ['user-inactive'],
    action: 'activate or unfreeze',
  },
]);
