import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { connect, deploy, elements, fiveParts, permissionSet, problems, settleIn } from './metadata/client.ts';
import type { Source } from './metadata/client.ts';
import { fixture } from './test-client.ts';

const name = 'Vendor_App';
const certificate = fixture('rsa2048.crt');
const ecdsa = readFileSync(new URL('../fixtures/chains/ec-root.crt', import.meta.url), 'utf8').trim();
const [header, global, oauth, oauthPolicy, policy] = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
] as const;

type Row = {
  title: string;
  arrange?: (emulator: Emulator) => void;
  /** Of the elements, by type. */
  changes?: Record<string, Record<string, string | undefined>>;
  /** Instead of what is deployed otherwise. */
  sources?: (usual: Source[]) => Source[];
  /** API version of the deployment; left out, 66.0. */
  version?: string;
  /** All that the org says. */
  says: string[];
};

const change = (title: string, type: string, fields: Record<string, string | undefined>, says: string): Row => ({
  title,
  changes: { [type]: fields },
  says: [says],
});

const admin = (emulator: Emulator) => emulator.org.user(example.admin)!;
const location = (element: string, type: string): string =>
  `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${element} invalid at this location in type ${type}`;
const executionUser = 'Enter a valid execution user for the OAuth client credentials flow.';
const missingParent = 'Enter the name of the parent external client app';
const orgScoped =
  'The Org Scoped External Client App must be in the format DeveloperOrganizationId:ExternalClientAppDeveloperName';

/** What a component is told that names this element for the version before the one that brought it. */
const tooNew = (version: string, type: string, fullName: string, element: string, value: string): Row => ({
  ...change(`${element} at ${version}`, type, { [element]: value }, `${type} ${fullName}: ${location(element, type)}`),
  ...{ version, sources: (usual) => usual.filter((one) => one.type === type || one.type === header) },
});
/** A value that a later version added to an enum. */
const valueTooNew = (element: string, value: string): Row => ({
  ...tooNew('64.0', oauthPolicy, `${name}_oauth_defaultPolicy`, element, value),
  says: [
    `${oauthPolicy} ${name}_oauth_defaultPolicy: '${value}' is not a valid value for the enum '${element.charAt(0).toUpperCase()}${element.slice(1)}'`,
  ],
});

const rows: Row[] = [
  {
    title: 'global settings without OAuth settings',
    sources: (usual) => usual.filter(({ type }) => type !== oauth && type !== oauthPolicy),
    says: [
      `${global} ${name}_glbloauth: The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.`,
    ],
  },
  {
    title: 'a parent that is lost because the elements are out of order',
    sources: (usual) =>
      usual.map((one) =>
        one.type === policy
          ? { ...one, content: elements({ isEnabled: 'true' }) + elements({ externalClientApplication: name }) }
          : one
      ),
    says: [`${policy} ${name}_defaultPolicy: ${missingParent}`],
  },
  change(
    'no parent',
    policy,
    { externalClientApplication: undefined },
    `${policy} ${name}_defaultPolicy: ${missingParent}`
  ),
  change(
    'a parent that does not exist',
    policy,
    { externalClientApplication: 'Vendor_Ap' },
    `${policy} ${name}_defaultPolicy: INVALID_CROSS_REFERENCE_KEY: invalid cross reference id`
  ),
  change(
    'a value that is not in the enum',
    oauthPolicy,
    { permittedUsersPolicyType: 'AdminApproved' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: 'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'`
  ),
  change(
    'client credentials without a user to run as',
    oauthPolicy,
    { isClientCredentialsFlowEnabled: 'true' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: ${executionUser}`
  ),
  change(
    'client credentials with an e-mail in place of a username',
    oauthPolicy,
    { isClientCredentialsFlowEnabled: 'true', clientCredentialsFlowUser: 'soc@acme.com' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: ${executionUser}`
  ),
  change(
    'a permission set that does not exist',
    oauthPolicy,
    { commaSeparatedPermissionSet: 'Vendor_App_Access,Vendor_App_Acces' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: INVALID_FIELD: We couldn't find permission sets called Vendor_App_Acces`
  ),
  change(
    'a permission set by its id',
    oauthPolicy,
    { commaSeparatedPermissionSet: '0PS5g0000000001AAA' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: INVALID_FIELD: We couldn't find permission sets called 0PS5g0000000001AAA`
  ),
  change(
    'a profile in another language',
    oauthPolicy,
    { commaSeparatedProfile: 'Systemadministrator' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: INVALID_FIELD: We couldn't find profiles called Systemadministrator`
  ),
  change(
    'a link to another org',
    header,
    { orgScopedExternalApp: `00D000000000000:${name}` },
    `${header} ${name}: ${orgScoped}`
  ),
  change('a malformed link to an org', header, { orgScopedExternalApp: name }, `${header} ${name}: ${orgScoped}`),
  change(
    'an element that the type does not know',
    oauth,
    { oauthScopes: 'Api' },
    `${oauth} ${name}_oauth: ${location('oauthScopes', oauth)}`
  ),
  change(
    'an element that this version no longer knows',
    oauthPolicy,
    { isNamedUserJwtEnabled: 'false' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: ${location('isNamedUserJwtEnabled', oauthPolicy)}`
  ),
  change(
    'an element that this version does not know yet',
    global,
    { isEnforceRefreshTokenTTL: 'true' },
    `${global} ${name}_glbloauth: ${location('isEnforceRefreshTokenTTL', global)}`
  ),
  {
    title: 'the types of external client apps before they were there',
    version: '58.0',
    says: [header, global, oauth, oauthPolicy, policy]
      .map((type) => ` package.xml: Entity type: '${type}' is unknown`)
      .sort(),
  },
  {
    title: 'the policies of an app before they were there',
    version: '59.0',
    sources: (usual) => usual.filter(({ type }) => type === header || type === policy),
    says: [` package.xml: Entity type: '${policy}' is unknown`],
  },
  tooNew('59.0', global, `${name}_glbloauth`, 'isClientCredentialsFlowEnabled', 'true'),
  tooNew('59.0', oauthPolicy, `${name}_oauth_defaultPolicy`, 'clientCredentialsFlowUser', example.username),
  tooNew('60.0', global, `${name}_glbloauth`, 'isCodeCredFlowEnabled', 'false'),
  tooNew('62.0', policy, `${name}_defaultPolicy`, 'startPage', 'None'),
  tooNew('64.0', oauthPolicy, `${name}_oauth_defaultPolicy`, 'namedUserJwtSessionTimeoutType', 'Custom'),
  tooNew('65.0', policy, `${name}_defaultPolicy`, 'isCanvasPluginEnabled', 'false'),
  valueTooNew('namedUserJwtTimeout', '60'),
  valueTooNew('guestJwtTimeout', '720'),
  change(
    'no callback URL',
    global,
    { callbackUrl: undefined },
    `${global} ${name}_glbloauth: Required field is missing: callbackUrl`
  ),
  {
    ...change(
      'client credentials with a user who is not API Only',
      oauthPolicy,
      { isClientCredentialsFlowEnabled: 'true', clientCredentialsFlowUser: example.username },
      `${oauthPolicy} ${name}_oauth_defaultPolicy: ${executionUser}`
    ),
    arrange: ({ org }) => {
      org.user(example.username)!.permissions.apiOnly = false;
    },
  },
  change(
    'a certificate of an ECDSA key',
    global,
    { certificate: ecdsa },
    `${global} ${name}_glbloauth: The certificate is invalid: its key must be an RSA key.`
  ),
  change(
    'no certificate',
    global,
    { certificate: 'Vendor_Certificate' },
    `${global} ${name}_glbloauth: The certificate is invalid.`
  ),
  change(
    'a missing required element',
    policy,
    { isEnabled: undefined },
    `${policy} ${name}_defaultPolicy: Required field is missing: isEnabled`
  ),
  change(
    'a number that is none',
    oauthPolicy,
    { sessionTimeoutInMinutes: '5m' },
    `${oauthPolicy} ${name}_oauth_defaultPolicy: '5m' is not a valid value for the type xsd:int`
  ),
  {
    title: 'the consumer key of another app',
    arrange: ({ org }) => org.addApp({ clientId: 'c0ffee00c0ffee00c0ffee00c0ffee00', name: 'Other' }),
    says: [`${global} ${name}_glbloauth: The consumer key is already in use.`],
  },
  {
    title: 'an automatic policy under another name',
    arrange: ({ org }) =>
      org.addApp({ clientId: 'k', name, parts: { oauth: `${name}_oauth`, global: `${name}_glbloauth` } }),
    says: [
      `${oauthPolicy} ${name}_oauth_defaultPolicy: duplicate value found: ExtlClntAppOauthSettingsId duplicates value on ${name}_oauthPlcy`,
      `${policy} ${name}_defaultPolicy: duplicate value found: ExternalClientApplicationId duplicates value on ${name}_plcy`,
    ],
  },
  {
    title: 'a connected app',
    sources: () => [
      { type: 'ConnectedApp', fullName: name, content: elements({ contactEmail: 'a@example.com', label: name }) },
    ],
    says: [
      `ConnectedApp ${name}: You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.`,
    ],
  },
  {
    title: 'the name of a connected app',
    arrange: ({ org }) => org.addApp({ kind: 'connected-app', clientId: 'k', name }),
    sources: (usual) => usual.filter(({ type }) => type === header),
    says: [`${header} ${name}: DUPLICATE_DEVELOPER_NAME: An app with this name already exists: ${name}`],
  },
  {
    title: 'an org without external client apps',
    arrange: ({ org }) => {
      org.facts.externalClientApps = false;
    },
    says: [header, global, oauth, oauthPolicy, policy]
      .map((type) => ` package.xml: Entity type: '${type}' is unknown`)
      .sort(),
  },
  {
    title: 'a user who may not make external client apps',
    arrange: (emulator) => {
      admin(emulator).permissions.externalClientAppDeveloper = false;
    },
    sources: (usual) => usual.filter(({ type }) => type === header),
    says: [`${header} ${name}: You need the permission to create, edit, and delete external client apps.`],
  },
  {
    title: 'a user who may not edit their policies',
    arrange: (emulator) => {
      admin(emulator).permissions.externalClientAppAdmin = false;
    },
    sources: (usual) => usual.filter(({ type }) => type !== oauthPolicy),
    says: [
      `${policy} ${name}_defaultPolicy: You need the permission to view all external client apps, view their settings, and edit their policies.`,
    ],
  },
  {
    title: 'a profile that does not exist',
    sources: () => [{ type: 'Profile', fullName: 'Nobody', content: elements({ custom: 'false' }) }],
    says: ['Profile Nobody: In field: fullName - no Profile named Nobody found'],
  },
];

describe('emulator: what a deploy is refused for', () => {
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

  const usual = (changes: Row['changes'] = {}): Source[] => [
    ...fiveParts(name, certificate, changes),
    permissionSet('Vendor_App_Access'),
  ];

  for (const { title, arrange, changes, sources, version = '66.0', says } of rows) {
    it(`${title}: refused in the org's words, and nothing is changed`, async () => {
      arrange?.(emulator);
      const before = structuredClone(emulator.org.apps);
      const all = usual(changes);
      const result = await deploy(await connect(emulator, { version }), sources?.(all) ?? all);
      expect(result.response).to.include({ status: 'Failed', success: false });
      const said = problems(result);
      expect(said).to.include.members(says);
      // Whatever stands on a refused component falls with it.
      const followed = said.filter((one) => !says.includes(one));
      expect(
        followed.filter((one) => !/cross reference id$|valid OAuth settings configuration\.$/.test(one))
      ).to.deep.equal([]);
      expect(emulator.org.apps).to.deep.equal(before);
      expect([...emulator.org.permissionSets]).to.deep.equal([]);
    });
  }

  it('an unknown scope: refused with the list of those that exist', async () => {
    const all = usual({ [oauth]: { commaSeparatedOauthScopes: 'Api, Wep, RefreshToken' } });
    const said = problems(await deploy(await connect(emulator), all));
    expect(said.find((one) => one.startsWith(oauth))).to.match(
      /There's a problem with your scope\(s\): Wep\..* Api, Web, Full, .*RefreshToken/
    );
  });

  it('NoTestRun where the org insists on tests: refused as a whole', async () => {
    emulator.org.facts.testsRequired = true;
    const connection = await connect(emulator);
    const { response } = await deploy(connection, usual(), { testLevel: 'NoTestRun' });
    expect(response).to.include({
      status: 'Failed',
      errorStatusCode: 'INVALID_OPERATION',
      errorMessage: 'INVALID_OPERATION: testLevel of NoTestRun cannot be used in production organizations',
    });
    expect(emulator.org.apps).to.deep.equal([]);
    const tested = await deploy(connection, usual(), { testLevel: 'RunLocalTests' });
    expect(tested.response).to.include({ status: 'Succeeded', runTestsEnabled: true });
  });
});
