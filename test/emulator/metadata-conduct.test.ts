import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { App, Emulator } from './index.ts';
import {
  connect,
  deploy,
  elements,
  fiveParts,
  permissionSet,
  problems,
  retrieve,
  settleIn,
} from './metadata/client.ts';
import type { Source } from './metadata/client.ts';
import { fixture, logIn } from './test-client.ts';

const name = 'Vendor_App';
const certificate = fixture('rsa2048.crt');
const other = fixture('other2048.crt');
const [header, global, oauthPolicy, policy] = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
] as const;
const isPolicy = ({ type }: Source): boolean => type === oauthPolicy || type === policy;

describe('emulator: conduct of the Metadata API', () => {
  let emulator: Emulator;
  let leave: () => void;
  beforeEach(async () => {
    emulator = await startEmulator({ ...exampleOrg(certificate), apps: [] });
    leave = settleIn(emulator);
  });
  afterEach(async () => {
    leave();
    await emulator.stop();
  });

  type Changes = Parameters<typeof fiveParts>[2];
  const all = (changes: Changes = {}): Source[] => [
    ...fiveParts(name, certificate, changes),
    permissionSet('Vendor_App_Access'),
  ];
  const only = (type: string, fields: Record<string, string | undefined> = {}): Source[] =>
    all({ [type]: fields }).filter((one) => one.type === type);
  /** Deploys what the org must accept. */
  const succeed = async (sources: Source[], options: Parameters<typeof deploy>[2] = {}) => {
    const result = await deploy(await connect(emulator), sources, options);
    expect(problems(result)).to.deep.equal([]);
    expect(result.response.status).to.equal('Succeeded');
    return result;
  };
  const app = (): App => emulator.org.apps.find(({ developerName }) => developerName === name)!;
  /** The file that a retrieve gives for one component. */
  const retrieved = async (type: string, fullName = '*'): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'aquila-retrieve-'));
    try {
      const [file] = await retrieve(await connect(emulator), [{ type, fullName }], folder);
      return readFileSync(file!.filePath!, 'utf8');
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  for (const [style, appPolicy, ownPolicy] of [
    ['default-policy', `${name}_defaultPolicy`, `${name}_oauth_defaultPolicy`],
    ['setup', `${name}_plcy`, `${name}_oauthPlcy`],
  ] as const) {
    it(`an app that is deployed without policies gets those of the org, open to all, named in the style ${style}`, async () => {
      emulator.switches.automaticPolicyNames = style;
      await succeed(all().filter((one) => !isPolicy(one)));
      expect(app().parts).to.include({ policy: appPolicy, oauthPolicy: ownPolicy });
      expect(app()).to.deep.include({
        enabled: true,
        permittedUsers: 'self-authorize',
        permissionSets: [],
        profiles: [],
      });
      const file = await retrieved(oauthPolicy);
      expect(file)
        .to.contain('<permittedUsersPolicyType>AllSelfAuthorized<')
        .and.contain('>365<')
        .and.contain('>Days<');
      expect(file).to.contain('<requiredSessionLevel>STANDARD<').and.not.contain('sessionTimeoutInMinutes');
    });
  }

  it('policies under names of their own work in the deploy that makes the app', async () => {
    await succeed(all().map((one) => (isPolicy(one) ? { ...one, fullName: `Own_${one.type}` } : one)));
    expect(app().parts).to.include({ policy: `Own_${policy}`, oauthPolicy: `Own_${oauthPolicy}` });
  });

  it('another consumer key for an app that has one is reported as a success and not kept', async () => {
    await succeed(all());
    await succeed(only(global, { consumerKey: 'another' }));
    expect(app().clientId).to.equal('c0ffee00c0ffee00c0ffee00c0ffee00');
  });

  it('an app without a chosen consumer key gets one from the org', async () => {
    await succeed(all({ [global]: { consumerKey: undefined } }));
    expect(app().clientId).to.match(/^3MVG9\w{80}$/);
  });

  it('a certificate that is left out is cleared, unless a switch keeps it', async () => {
    await succeed(all());
    emulator.switches.certificateClearedWhenOmitted = false;
    await succeed(only(global, { certificate: undefined }));
    expect(app().certificate).to.contain('BEGIN CERTIFICATE');
    emulator.switches.certificateClearedWhenOmitted = true;
    await succeed(only(global, { certificate: undefined }));
    expect(app().certificate).to.equal(undefined);
    const { status, body } = await logIn(emulator, { iss: app().clientId, sub: example.admin });
    expect([status, JSON.parse(body)]).to.deep.equal([
      400,
      { error: 'invalid_grant', error_description: 'invalid assertion' },
    ]);
  });

  for (const [form, text] of [
    ['a full PEM', other],
    ['the body of a PEM', other.replace(/-----[^-]+-----/g, '')],
    ['the base64 of a whole PEM file', Buffer.from(other).toString('base64')],
  ] as const) {
    it(`a certificate is accepted as ${form}`, async () => {
      await succeed(all({ [global]: { certificate: text } }));
      expect(app().certificate!.trim()).to.equal(other.trim());
    });
  }

  it('elements that an update leaves out go back to their defaults, unless a switch keeps them', async () => {
    await succeed(all());
    emulator.switches.omittedFieldsReset = false;
    await succeed(only(oauthPolicy, { sessionTimeoutInMinutes: undefined, permittedUsersPolicyType: undefined }));
    expect(app()).to.include({ sessionTimeoutInMinutes: 5, permittedUsers: 'admin-approved' });
    emulator.switches.omittedFieldsReset = true;
    await succeed(only(oauthPolicy, { sessionTimeoutInMinutes: undefined, permittedUsersPolicyType: undefined }));
    expect(app()).to.include({ sessionTimeoutInMinutes: undefined, permittedUsers: 'self-authorize' });
  });

  it('lists of permission sets replace those before, add to them, or are refused when they repeat one', async () => {
    await succeed([...all(), permissionSet('Second')]);
    const lists = (names: string): Source[] => only(oauthPolicy, { commaSeparatedPermissionSet: names });
    emulator.switches.grantListsOnUpdate = 'add';
    await succeed(lists('Second'));
    expect(app().permissionSets).to.deep.equal(['Vendor_App_Access', 'Second']);
    emulator.switches.grantListsOnUpdate = 'replace';
    await succeed(lists('Second'));
    expect(app().permissionSets).to.deep.equal(['Second']);
    emulator.switches.grantListsOnUpdate = 'refuse';
    const [said] = problems(await deploy(await connect(emulator), lists('Vendor_App_Access')));
    expect(said).to.contain('profile names are already taken');
  });

  it('a policy that grants nothing by itself is still read back', async () => {
    emulator.switches.policyGrantsAccess = false;
    await succeed(all());
    expect(app()).to.deep.include({ permissionSets: [], profiles: [] });
    expect(await retrieved(oauthPolicy)).to.contain('<commaSeparatedPermissionSet>Vendor_App_Access<');
  });

  it('PKCE switched off comes back as on where a switch says so', async () => {
    await succeed(all({ [global]: { isPkceRequired: 'false' } }));
    expect(app().flows.pkceRequired).to.equal(false);
    emulator.switches.pkceRevertsToTrue = true;
    await succeed(only(global, { isPkceRequired: 'false' }));
    expect(app().flows.pkceRequired).to.equal(true);
  });

  it('elements out of order are dropped without a word, unless a switch accepts them', async () => {
    await succeed(all());
    const late = elements({ label: 'New' }) + elements({ contactEmail: 'late@example.com' });
    await succeed([{ type: header, fullName: name, content: late }]);
    expect(app()).to.include({ name: 'New', contactEmail: '' });
    emulator.switches.outOfOrderElements = 'accepted';
    await succeed([{ type: header, fullName: name, content: late }]);
    expect(app().contactEmail).to.equal('late@example.com');
  });

  it('an element that a later version added has its place in the order as any other', async () => {
    const late = elements({ startPage: 'None' }) + elements({ isEnabled: 'true' });
    const parent = elements({ externalClientApplication: name });
    await succeed(all());
    const content = `${parent}${elements({ isEnabled: 'false' })}${elements({ startUrl: 'https://acme.com' })}`;
    await succeed([{ type: policy, fullName: `${name}_defaultPolicy`, content }]);
    const result = await deploy(await connect(emulator), [
      { type: policy, fullName: `${name}_defaultPolicy`, content: parent + late },
    ]);
    expect(problems(result)).to.deep.equal([`${policy} ${name}_defaultPolicy: Required field is missing: isEnabled`]);
  });

  it('no callback URL, and a run-as user who is not API Only, are taken where switches say so', async () => {
    Object.assign(emulator.switches, { callbackUrlRequired: false, runAsUserApiOnly: false });
    emulator.org.user(example.username)!.permissions.apiOnly = false;
    const runAs = { isClientCredentialsFlowEnabled: 'true', clientCredentialsFlowUser: example.username };
    await succeed(all({ [global]: { callbackUrl: undefined }, [oauthPolicy]: runAs }));
    expect(app().callbackUrls).to.deep.equal([]);
    expect(app().flows.clientCredentialsUser).to.equal(example.username);
  });

  it('a session timeout of an hour for JWT-format tokens is taken from 65.0 on', async () => {
    await succeed(all({ [oauthPolicy]: { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: '60' } }));
    expect(await retrieved(oauthPolicy)).to.contain('<namedUserJwtTimeout>60<');
  });

  it('checkOnly says the same and changes nothing', async () => {
    const { response } = await succeed(all(), { checkOnly: true });
    expect(response).to.include({ checkOnly: true, numberComponentsDeployed: 6 });
    expect(emulator.org.apps).to.deep.equal([]);
    expect([...emulator.org.permissionSets]).to.deep.equal([]);
  });

  it('two deploys at once come one after the other: one app, nothing lost', async () => {
    const connection = await connect(emulator);
    const results = await Promise.all([
      deploy(connection, all()),
      deploy(connection, [...all(), permissionSet('Second')]),
    ]);
    expect(results.flatMap(problems)).to.deep.equal([]);
    expect(emulator.org.apps.map(({ developerName }) => developerName)).to.deep.equal([name]);
    expect([...emulator.org.permissionSets].sort()).to.deep.equal(['Second', 'Vendor_App_Access']);
  });

  it('without rollbackOnError what is right stays', async () => {
    const sources = all({ [policy]: { startPage: 'Home' } });
    const result = await deploy(await connect(emulator), sources, { rollbackOnError: false });
    expect(result.response).to.include({ status: 'SucceededPartial', numberComponentErrors: 1 });
    expect(problems(result)).to.deep.equal([
      `${policy} ${name}_defaultPolicy: 'Home' is not a valid value for the enum 'StartPage'`,
    ]);
    expect(app().parts.oauthPolicy).to.equal(`${name}_oauth_defaultPolicy`);
  });

  it('a deploy of what is there already changes nothing, not even the time of the last change', async () => {
    await succeed(all());
    const before = structuredClone(app());
    const result = await succeed(all());
    expect(new Set(result.getFileResponses().map(({ state }) => state))).to.deep.equal(new Set(['Unchanged']));
    expect(app()).to.deep.equal(before);
  });

  it('deleting the header takes the parts, the pre-authorisations and the tokens along; of what is not there it warns', async () => {
    await succeed(all());
    const login = await logIn(emulator, { iss: app().clientId, sub: example.admin });
    expect(login.status).to.equal(200);
    const token = emulator.org.tokens.at(-1)!;
    const { response } = await succeed([], {
      remove: [
        { type: header, fullName: name },
        { type: header, fullName: 'Nobody' },
      ],
    });
    expect(JSON.stringify(response.details)).to.contain('No ExternalClientApplication named: Nobody found');
    expect(emulator.org.apps).to.deep.equal([]);
    expect(token.revoked).to.equal(true);
    const connection = await connect(emulator);
    expect(await connection.metadata.list({ type: policy })).to.deep.equal([]);
  });

  it('deleting a permission set ends its assignments and what it pre-authorised', async () => {
    await succeed(all());
    emulator.org.user(example.username)!.permissionSets.push('Vendor_App_Access');
    await succeed([permissionSet('Second')], { remove: [{ type: 'PermissionSet', fullName: 'Vendor_App_Access' }] });
    expect(emulator.org.user(example.username)!.permissionSets).to.deep.equal([example.permissionSet]);
    expect(app().permissionSets).to.deep.equal([]);
  });

  it('certificate and consumer key are left out of a retrieve where switches say so', async () => {
    await succeed(all());
    expect(await retrieved(global))
      .to.contain('<certificate>')
      .and.contain('<consumerKey>');
    Object.assign(emulator.switches, { certificateOnRetrieve: 'omitted', consumerKeyOnRetrieve: 'omitted' });
    expect(await retrieved(global)).to.not.match(/certificate>|consumerKey>/);
  });

  it('an existing connected app can be retrieved, changed and deployed again', async () => {
    emulator.org.addApp({
      kind: 'connected-app',
      clientId: 'legacy',
      name: 'Legacy',
      certificate,
      permissionSets: ['AQUILA'],
    });
    const legacy = emulator.org.app('legacy')!;
    const before = structuredClone(legacy);
    const file = await retrieved('ConnectedApp', 'Legacy');
    expect(file).to.contain('<refreshTokenPolicy>specific_lifetime:365:DAYS<').and.contain('<scopes>RefreshToken<');
    const content = file.replace(/^[^]*?<ConnectedApp[^>]*>\n|<\/ConnectedApp>\s*$/g, '');
    await succeed([{ type: 'ConnectedApp', fullName: 'Legacy', content }]);
    expect({ ...legacy, certificate: legacy.certificate!.trim(), changedAt: 0 }).to.deep.equal({
      ...before,
      certificate: certificate.trim(),
    });
    const shorter = content.replace('<sessionTimeout>5<', '<sessionTimeout>15<').replace(':365:', ':30:');
    await succeed([{ type: 'ConnectedApp', fullName: 'Legacy', content: shorter }]);
    expect(legacy).to.deep.include({
      sessionTimeoutInMinutes: 15,
      refreshToken: { policy: 'SpecificLifetime', period: 30, unit: 'Days' },
    });
  });

  it('an org that Support exempted still makes connected apps', async () => {
    emulator.org.facts.connectedAppCreation = true;
    const content = elements({
      contactEmail: 'a@example.com',
      label: 'Legacy',
      oauthConfig: '<consumerKey>chosen</consumerKey>',
    });
    await succeed([{ type: 'ConnectedApp', fullName: 'Legacy', content }]);
    expect(emulator.org.app('chosen')).to.include({ kind: 'connected-app', developerName: 'Legacy' });
  });

  it('settings and profiles are kept and read back; the toggle of the REST API is that of the org', async () => {
    await succeed([
      {
        type: 'Settings',
        fullName: 'ExternalClientApp',
        content: elements({ enableClientSecretInRestApiAccess: 'true' }),
      },
      { type: 'Settings', fullName: 'OauthOidc', content: elements({ isPkceRequired: 'true' }) },
      { type: 'Profile', fullName: 'Standard User', content: elements({ custom: 'false', description: 'Kept' }) },
    ]);
    expect(emulator.org.facts.clientSecretInRestApi).to.equal(true);
    emulator.org.facts.clientSecretInRestApi = false;
    expect(await retrieved('Settings', 'ExternalClientApp')).to.contain('<enableClientSecretInRestApiAccess>false<');
    const oidc = await retrieved('Settings', 'OauthOidc');
    expect(oidc).to.contain('<isPkceRequired>true<').and.contain('<blockOAuthUnPwFlow>false<');
    expect(await retrieved('Profile', 'Standard User')).to.contain('<description>Kept<');
  });

  it('the settings Security tell the session timeout of the org', async () => {
    expect(await retrieved('Settings', 'Security')).to.contain('<sessionTimeout>TwoHours</sessionTimeout>');
    emulator.org.facts.sessionTimeoutInMinutes = 15;
    expect(await retrieved('Settings', 'Security')).to.contain('<sessionTimeout>FifteenMinutes</sessionTimeout>');
  });

  it('JWT-format access tokens are a setting of the app', async () => {
    await succeed(all({ [global]: { isNamedUserJwtEnabled: 'true' } }));
    expect(app().tokenFormat).to.equal('jwt');
  });

  it('a file that is no XML is the fault of that component', async () => {
    const broken = { type: header, fullName: name, content: '    <label>Vendor</lable>\n' };
    const [said] = problems(await deploy(await connect(emulator), [broken]));
    expect(said).to.match(/^ExternalClientApplication Vendor_App: Error parsing file: .*lab/);
  });
});
