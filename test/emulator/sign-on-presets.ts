import { readFileSync } from 'node:fs';
import { example } from './example.ts';
import type { Emulator } from './index.ts';
import { changePermissionSet, changeSettings } from './metadata/store.ts';
import type { NewSamlConfig } from './saml-configs.ts';

type Preset = (emulator: Emulator) => void;

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The settings Security, where single sign-on stands. */
const singleSignOn = ({ org }: Emulator, values: Record<string, string>): void =>
  changeSettings(
    org,
    'Security',
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`singleSignOnSettings.${name}`, value]))
  );

/** An identity provider that is set up as one would today; the org signs its requests with a certificate of its own. */
function trust({ org, myDomainUrl }: Emulator, changes: Partial<NewSamlConfig> = {}): void {
  const signing = org.certificates.find(({ developerName }) => developerName === 'SAML_Signing');
  const certificate = signing ?? org.addCertificate({ name: 'SAML Signing', developerName: 'SAML_Signing' });
  const config = org.addSamlConfig({
    name: 'Acme IdP',
    issuer: 'https://idp.acme.com',
    entityId: myDomainUrl,
    certificate: fixture('keys/rsa2048.crt'),
    requestSigningCertificate: certificate.developerName,
    identityMapping: 'FederationId',
    loginUrl: 'https://idp.acme.com/saml/login',
    ...changes,
  });
  org.loginPage.services.push(config.developerName);
}

const canvasXml = (method: string): string =>
  `    <canvasConfig>\n        <accessMethod>Post</accessMethod>\n        <canvasUrl>https://canvas.acme.com</canvasUrl>\n` +
  `        <locations>Visualforce</locations>\n        <samlInitiationMethod>${method}</samlInitiationMethod>\n    </canvasConfig>\n`;

const samlXml = (algorithm: string): string =>
  `    <samlConfig>\n        <acsUrl>https://wiki.acme.com/saml/acs</acsUrl>\n        <entityUrl>https://wiki.acme.com</entityUrl>\n` +
  `        <samlSigningAlgoType>${algorithm}</samlSigningAlgoType>\n        <samlSubjectType>Username</samlSubjectType>\n    </samlConfig>\n`;

/** A connected app that stands for a service provider or a canvas app. */
const addConnected = ({ org }: Emulator, name: string, parts: Record<string, string>): void =>
  void org.addApp({
    ...{ clientId: `3MVG9loopbackAcme.${name}`, name, kind: 'connected-app', oauthEnabled: false },
    otherMetadata: { ConnectedApp: parts },
  });

/** Ways of signing on (docs/reference/single-sign-on.md). */
export const signOnPresets = {
  /** No single sign-on, every login by the My Domain, and no password of the integration user: `audit` has nothing to say. */
  'sign-on-closed': (emulator) => {
    const { org } = emulator;
    for (const rows of [org.samlConfigs, org.certificates, org.authProviders, org.loginPage.services]) rows.length = 0;
    changeSettings(org, 'IdentityProvider', { enableIdentityProvider: 'false' });
    changeSettings(org, 'MyDomain', { canOnlyLoginWithMyDomainUrl: 'true', doesApiLoginRequireOrgDomain: 'true' });
    singleSignOn(emulator, { isLoginWithSalesforceCredentialsDisabled: 'true' });
    grantSso(emulator, example.permissionSet);
  },
  'login-host-open': ({ org }) =>
    changeSettings(org, 'MyDomain', { canOnlyLoginWithMyDomainUrl: 'false', doesApiLoginRequireOrgDomain: 'false' }),
  'saml-login': (emulator) => trust(emulator),
  /** Requests without a signature, by SHA-1, of users that the assertion makes. */
  'saml-login-weak': (emulator) =>
    trust(emulator, {
      ...{ name: 'Old IdP', requestSigningCertificate: undefined, requestSignatureMethod: 'RSA-SHA1' },
      ...{ sameDigestAlgorithm: false, userProvisioning: true, entityId: 'https://saml.salesforce.com' },
    }),
  'saml-certificate-expired': (emulator) =>
    trust(emulator, { name: 'Past IdP', certificate: fixture('chains/leaf-expired.crt') }),
  /** Logins can begin at the identity provider alone. */
  'saml-without-login-url': (emulator) => trust(emulator, { name: 'Portal', loginUrl: undefined }),
  'identity-provider-unused': ({ org }) => {
    const { developerName } = org.addCertificate({ name: 'IdP Signing' });
    changeSettings(org, 'IdentityProvider', { certificateName: developerName, enableIdentityProvider: 'true' });
  },
  'identity-provider': (emulator) => {
    signOnPresets['identity-provider-unused'](emulator);
    addConnected(emulator, 'Wiki', { samlConfig: samlXml('SHA256') });
  },
  'identity-provider-sha1': (emulator) => {
    signOnPresets['identity-provider-unused'](emulator);
    addConnected(emulator, 'Wiki', { samlConfig: samlXml('SHA1') });
  },
  'identity-provider-certificate-expired': (emulator) => {
    signOnPresets['identity-provider'](emulator);
    for (const one of emulator.org.certificates) one.expirationDate = '2026-01-31';
  },
  'canvas-idp-initiated': (emulator) =>
    addConnected(emulator, 'Dashboard', { canvasConfig: canvasXml('IdpInitiated'), samlConfig: samlXml('SHA256') }),
  'canvas-sp-initiated': (emulator) =>
    addConnected(emulator, 'Dashboard', { canvasConfig: canvasXml('SpInitiated'), samlConfig: samlXml('SHA256') }),
  'auth-provider': ({ org }) => {
    const { developerName } = org.addAuthProvider({ friendlyName: 'Acme OIDC' });
    org.loginPage.services.push(developerName);
  },
  /** Tokens in addresses, codes without PKCE, an issuer that nobody looks at. */
  'auth-provider-weak': ({ org }) =>
    void org.addAuthProvider({
      ...{ friendlyName: 'Old OIDC', isPkceEnabled: false, idTokenIssuer: undefined },
      ...{ sendAccessTokenInHeader: false, sendClientCredentialsInHeader: false },
      ...{ registrationHandler: 'AcmeRegistration', executionUser: example.admin },
    }),
  'delegated-authentication-off': (emulator) =>
    singleSignOn(emulator, { isLoginWithSalesforceCredentialsDisabled: 'false' }),
  'admin-without-auth-providers': ({ org }) => {
    const admin = org.user(example.admin) ?? org.users[0];
    if (admin) admin.permissions.manageAuthProviders = false;
  },
} as const satisfies Record<string, Preset>;

/** Gives a permission set the permission "Is Single Sign-On Enabled". */
function grantSso({ org }: Emulator, name: string): void {
  changePermissionSet(
    org,
    name,
    `    <hasActivationRequired>false</hasActivationRequired>\n    <label>${name}</label>\n` +
      '    <userPermissions>\n        <enabled>true</enabled>\n        <name>IsSsoEnabled</name>\n    </userPermissions>\n'
  );
}
