import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { passwordOf, securityTokenOf } from './grants/person.ts';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
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
import { bearer, fixture, logIn, postToken, send } from './test-client.ts';

type Row = Record<string, unknown>;

describe('emulator: single sign-on', () => {
  let emulator: Emulator;
  let leave: () => void;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    leave = settleIn(emulator);
  });
  afterEach(async () => {
    leave();
    await emulator.stop();
  });

  /** Rows without their attributes, or the code of the refusal. */
  const ask = async (soql: string, api: 'query' | 'tooling/query' = 'query'): Promise<Row[] | string> => {
    const path = `/services/data/v66.0/${api}?q=${encodeURIComponent(soql)}`;
    const { body } = await send(emulator, path, { headers: bearer(emulator.login(example.admin).accessToken) });
    const answer = JSON.parse(body) as { records: Row[] } | Array<{ errorCode: string }>;
    if (Array.isArray(answer)) return answer[0]?.errorCode ?? '';
    return answer.records.map(({ attributes: _, ...row }) => row);
  };

  /** What a retrieval of these gives: each file by its name. */
  const files = async (...names: Array<[type: string, fullName: string]>): Promise<Record<string, string>> => {
    const folder = mkdtempSync(join(tmpdir(), 'aquila-sign-on-'));
    try {
      await retrieve(
        await connect(emulator),
        names.map(([type, fullName]) => ({ type, fullName })),
        folder
      );
      const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.'));
      return Object.fromEntries(
        paths.map((path) => [path.replace(/^.*[/\\]/, ''), readFileSync(join(folder, path), 'utf8')])
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const content = (xml: string): string => xml.replace(/^<\?xml.*\n<\w+ [^>]*>\n|<\/\w+>\s*$/g, '');
  const outcome = async (...sources: Source[]): Promise<string[]> =>
    problems(await deploy(await connect(emulator), sources));
  const settings = (fullName: string, xml: string): Source => ({ type: 'Settings', fullName, content: xml });

  it('SOQL shows the identity providers, the Auth. Providers with their classes, and what the login page offers', async () => {
    presets['saml-login'](emulator);
    presets['auth-provider-weak'](emulator);
    expect(await ask('SELECT DeveloperName, Audience, OptionsUserProvisioning FROM SamlSsoConfig')).to.deep.equal([
      { DeveloperName: 'Acme_IdP', Audience: emulator.myDomainUrl, OptionsUserProvisioning: false },
    ]);
    expect(
      await ask('SELECT FriendlyName, RegistrationHandler.Name, ExecutionUser.Username FROM AuthProvider')
    ).to.have.nested.property('[0].RegistrationHandler.Name', 'AcmeRegistration');
    expect(
      await ask("SELECT AuthOptionsUsernamePassword, AuthOptionsSaml FROM AuthConfig WHERE Type = 'Org'")
    ).to.deep.equal([{ AuthOptionsUsernamePassword: true, AuthOptionsSaml: true }]);
    expect(await ask('SELECT ConsumerSecret FROM AuthProvider')).to.equal('INVALID_FIELD');
  });

  it('certificates are an object of the Tooling API, with a date that no time is compared with', async () => {
    const { expirationDate } = emulator.org.addCertificate({ name: 'SAML Signing', daysLeft: 40 });
    const soql = 'SELECT DeveloperName, ExpirationDate FROM Certificate';
    const rows = [{ DeveloperName: 'SAML_Signing', ExpirationDate: expirationDate }];
    expect(await ask(soql, 'tooling/query')).to.deep.equal(rows);
    expect(await ask(soql)).to.equal('INVALID_TYPE');
    expect(await ask(`${soql} WHERE ExpirationDate > TODAY`, 'tooling/query')).to.deep.equal(rows);
    const withTime = `${soql} WHERE ExpirationDate > 2026-01-01T00:00:00Z`;
    expect(await ask(withTime, 'tooling/query')).to.equal('INVALID_FIELD');
  });

  it('each object is there for those whom the documentation names', async () => {
    presets['admin-without-auth-providers'](emulator);
    expect(await ask('SELECT Id FROM AuthProvider')).to.equal('INVALID_TYPE');
    const { permissions } = emulator.org.user(example.admin)!;
    permissions.viewSetup = false;
    expect(await ask('SELECT Id FROM SamlSsoConfig')).to.deep.equal([]);
    permissions.modifyAllData = false;
    expect(await ask('SELECT Id FROM SamlSsoConfig')).to.equal('INVALID_TYPE');
    expect(await ask('SELECT Id FROM Certificate', 'tooling/query')).to.equal('INVALID_TYPE');
    expect(await ask('SELECT Id FROM AuthConfig')).to.equal('INVALID_TYPE');
  });

  it('a retrieval by wildcard gives each type in its files, and what may not be seen is a warning', async () => {
    presets['saml-login'](emulator);
    presets['auth-provider'](emulator);
    const found = await files(['SamlSsoConfig', '*'], ['AuthProvider', '*'], ['Certificate', '*']);
    const signing = emulator.org.certificates[0]!;
    expect(found['Acme_IdP.samlssoconfig-meta.xml']).to.contain(
      `<requestSigningCertId>${signing.id}</requestSigningCertId>`
    );
    expect(found['Acme_OIDC.authprovider-meta.xml']).to.contain('<isPkceEnabled>true<');
    expect(JSON.stringify(found)).not.to.contain('secret-of-the-auth-provider');
    expect(found['SAML_Signing.crt']).to.contain('BEGIN CERTIFICATE');
    expect(found['SAML_Signing.crt-meta.xml']).to.contain(`<expirationDate>${signing.expirationDate}<`);
    presets['admin-without-auth-providers'](emulator);
    expect(Object.keys(await files(['AuthProvider', '*'], ['SamlSsoConfig', '*'])).join()).not.to.contain('OIDC');
  });

  it('what was retrieved deploys to the same state, and a change of it to the change', async () => {
    presets['saml-login-weak'](emulator);
    presets['auth-provider-weak'](emulator);
    const [config, provider] = [emulator.org.samlConfigs[0]!, emulator.org.authProviders[0]!];
    const before = structuredClone([config, provider]);
    const found = await files(['SamlSsoConfig', 'Old_IdP'], ['AuthProvider', 'Old_OIDC']);
    const saml = content(found['Old_IdP.samlssoconfig-meta.xml']!);
    const oidc = content(found['Old_OIDC.authprovider-meta.xml']!);
    const both = (one: string, other: string): Source[] => [
      { type: 'SamlSsoConfig', fullName: 'Old_IdP', content: one },
      { type: 'AuthProvider', fullName: 'Old_OIDC', content: other },
    ];
    expect(await outcome(...both(saml, oidc))).to.deep.equal([]);
    config.certificate = `${config.certificate.trim()}\n`;
    expect([config, provider]).to.deep.equal(before);
    const [stronger, withPkce] = [
      saml.replace('RSA-SHA1', 'RSA-SHA256'),
      oidc.replace('Enabled>false', 'Enabled>true'),
    ];
    expect(await outcome(...both(stronger, withPkce))).to.deep.equal([]);
    expect(config.requestSignatureMethod).to.equal('RSA-SHA256');
    expect(provider.isPkceEnabled).to.equal(true);
    expect(await outcome(...both(saml.replace('RSA-SHA1', 'RSA-MD5'), oidc))).to.deep.equal([
      "SamlSsoConfig Old_IdP: 'RSA-MD5' is not a valid value for the enum 'RequestSignatureMethod'",
    ]);
  });

  it('settings stand within settings, and an identity provider needs a certificate of the org', async () => {
    const inner = '        <isLoginWithSalesforceCredentialsDisabled>true</isLoginWithSalesforceCredentialsDisabled>\n';
    const security = settings('Security', `    <singleSignOnSettings>\n${inner}    </singleSignOnSettings>\n`);
    expect(await outcome(security)).to.deep.equal([]);
    const found = await files(['Settings', 'Security'], ['Settings', 'MyDomain']);
    expect(found['Security.settings-meta.xml'])
      .to.contain(`    <singleSignOnSettings>\n`)
      .and.contain(inner)
      .and.contain('<sessionTimeout>TwoHours<');
    expect(found['MyDomain.settings-meta.xml']).to.contain('<canOnlyLoginWithMyDomainUrl>false<');
    const provider = settings(
      'IdentityProvider',
      elements({ certificateName: 'IdP_Signing', enableIdentityProvider: 'true' })
    );
    expect((await outcome(provider)).join()).to.contain('no Certificate named IdP_Signing found');
    emulator.org.addCertificate({ name: 'IdP Signing' });
    expect(await outcome(provider)).to.deep.equal([]);
    expect((await files(['Settings', 'IdentityProvider']))['IdentityProvider.settings-meta.xml']).to.contain(
      '<enableIdentityProvider>true<'
    );
    const wrong = settings(
      'Security',
      '    <singleSignOnSettings><enableSaml>true</enableSaml></singleSignOnSettings>\n'
    );
    expect((await outcome(wrong)).join()).to.contain('enableSaml invalid at this location in type SecuritySettings');
  });

  it('apps keep what they are to single sign-on, and its enums are judged', async () => {
    presets['canvas-idp-initiated'](emulator);
    const xml = content((await files(['ConnectedApp', 'Dashboard']))['Dashboard.connectedApp-meta.xml']!);
    const dashboard = (changed: string): Source => ({
      ...{ type: 'ConnectedApp', fullName: 'Dashboard' },
      content: changed,
    });
    expect(await outcome(dashboard(xml.replace('IdpInitiated', 'SpInitiated')))).to.deep.equal([]);
    expect((await files(['ConnectedApp', 'Dashboard']))['Dashboard.connectedApp-meta.xml'])
      .to.contain('<samlInitiationMethod>SpInitiated<')
      .and.contain('<acsUrl>https://wiki.acme.com/saml/acs<');
    expect((await outcome(dashboard(xml.replace('IdpInitiated', 'Idp')))).join()).to.contain(
      "'Idp' is not a valid value for the enum 'SamlInitiationMethod'"
    );
    const saml = { acsUrl: 'https://wiki.acme.com/acs', entityUrl: 'wiki', externalClientApplication: 'Vendor_App' };
    const canvas = {
      accessMethod: 'Post',
      canvasUrl: 'https://canvas.acme.com',
      externalClientApplication: 'Vendor_App',
    };
    const parts: Source[] = [
      { type: 'ExtlClntAppSamlConfigurablePolicies', fullName: 'Vendor_App_saml', content: elements(saml) },
      {
        ...{ type: 'ExtlClntAppCanvasSettings', fullName: 'Vendor_App_canvas' },
        content: elements({ ...canvas, samlInitiationMethod: 'IdpInitiated' }),
      },
    ];
    const app = (plugin: string): Source[] => [
      ...fiveParts('Vendor_App', fixture('rsa2048.crt'), {
        ExtlClntAppConfigurablePolicies: { isSamlPluginEnabled: plugin },
      }),
      permissionSet('Vendor_App_Access'),
    ];
    expect((await outcome(...app('false'), ...parts)).join()).to.contain('Enable the SAML plugin');
    expect(await outcome(...app('true'), ...parts)).to.deep.equal([]);
    const found = await files(['ExtlClntAppSamlConfigurablePolicies', '*'], ['ExtlClntAppCanvasSettings', '*']);
    expect(found['Vendor_App_saml.ecaSamlPlcy-meta.xml']).to.contain('<entityUrl>wiki<');
    expect(found['Vendor_App_canvas.ecaCanvas-meta.xml']).to.contain('<samlInitiationMethod>IdpInitiated<');
    expect(
      await ask("SELECT SamlPluginStatus FROM ExtlClntAppPlcyCnfg WHERE DeveloperName = 'Vendor_App_defaultPolicy'")
    ).to.deep.equal([{ SamlPluginStatus: 'Enabled' }]);
  });

  it('the permission "Is Single Sign-On Enabled" is there while delegated authentication is on', async () => {
    const inner = '    <userPermissions>\n<enabled>true</enabled><name>IsSsoEnabled</name></userPermissions>\n';
    const set = permissionSet('No_Password');
    const granting = { ...set, content: set.content + inner };
    const soql = "SELECT PermissionsIsSsoEnabled FROM PermissionSet WHERE Name = 'No_Password'";
    expect(await outcome(granting)).to.deep.equal(['PermissionSet No_Password: Unknown user permission: IsSsoEnabled']);
    expect(await ask(soql)).to.equal('INVALID_FIELD');
    presets['sign-on-closed'](emulator);
    expect(await outcome(granting)).to.deep.equal([]);
    expect(await ask(soql)).to.deep.equal([{ PermissionsIsSsoEnabled: true }]);
    presets['delegated-authentication-off'](emulator);
    emulator.switches.ssoPermission = 'always';
    expect(await ask(soql)).to.deep.equal([{ PermissionsIsSsoEnabled: true }]);
  });

  it('no password is right for a user with the permission, and a login by JWT bearer goes on', async () => {
    presets['all-flows-on'](emulator);
    presets['app-is-a-connected-app'](emulator);
    const [app, user] = [emulator.org.app(example.clientId)!, emulator.org.user(example.username)!];
    const byPassword = async (): Promise<number> =>
      (
        await postToken(emulator, {
          ...{ grant_type: 'password', client_id: app.clientId, client_secret: app.clientSecret },
          ...{ username: user.username, password: passwordOf(user) + securityTokenOf(user) },
        })
      ).status;
    expect(await byPassword()).to.equal(200);
    presets['sign-on-closed'](emulator);
    expect(await byPassword()).to.equal(400);
    expect((await logIn(emulator)).status).to.equal(200);
    presets['delegated-authentication-off'](emulator);
    expect(await byPassword()).to.equal(200);
  });

  it('auth-configuration names the buttons of the login page, without a login', async () => {
    const buttons = async (): Promise<number[]> => {
      const { body } = await send(emulator, '/.well-known/auth-configuration');
      const { SamlProviders, AuthProviders } = JSON.parse(body) as Record<string, unknown[]>;
      return [SamlProviders?.length ?? -1, AuthProviders?.length ?? -1];
    };
    expect(await buttons()).to.deep.equal([0, 0]);
    presets['saml-login'](emulator);
    presets['auth-provider'](emulator);
    expect(await buttons()).to.deep.equal([1, 1]);
  });
});
