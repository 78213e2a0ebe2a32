import { X509Certificate } from 'node:crypto';
import type { AuthProvider, CanvasApp, OrgCertificate, SamlProvider, ServiceProvider } from '../../src/app/sign-on.ts';
import type {
  DelegatedAuthentication,
  IdentityProvider,
  MyDomain,
  OpenIdConnect,
  SamlLogins,
} from '../../src/checks/sso-facts.ts';
import { fixture } from './example-facts.ts';

/** Facts of single sign-on where all is well at the moment of example-facts.ts, and what a test changes in them. */

export const myDomain = (changes: Partial<MyDomain> = {}): MyDomain => ({
  host: 'acme.my.salesforce.com',
  usersOnly: true,
  soapOnly: true,
  loginPage: { password: true, saml: false, authProviders: false, certificate: false },
  ...changes,
});

/** The base64 of a fixture's DER, as an org returns it. */
export const certificateBody = (name: string): string => new X509Certificate(fixture(name)).raw.toString('base64');

export const orgCertificate = (changes: Partial<OrgCertificate> = {}): OrgCertificate => ({
  id: '0P15g0000000001AAA',
  name: 'SAML_Signing',
  ends: '2031-06-01',
  ...changes,
});

const samlProvider = (changes: Partial<SamlProvider> = {}): SamlProvider => ({
  name: 'Acme IdP',
  issuer: 'https://idp.acme.com',
  entityId: 'https://acme.my.salesforce.com',
  loginUrl: 'https://idp.acme.com/saml',
  version: 'SAML2_0',
  mapping: 'FederationId',
  requestCertificateId: '0P15g0000000001AAA',
  signatureMethod: 'RSA-SHA256',
  sha1Digests: false,
  decryptionCertificate: undefined,
  provisioning: undefined,
  certificate: certificateBody('keys/rsa2048.crt'),
  ...changes,
});

/** An org with one identity provider. */
export const samlLogins = (provider: Partial<SamlProvider> = {}, changes: Partial<SamlLogins> = {}): SamlLogins => ({
  enabled: true,
  providers: [samlProvider(provider)],
  certificates: [orgCertificate()],
  ...changes,
});

export const serviceProvider = (changes: Partial<ServiceProvider> = {}): ServiceProvider => ({
  app: 'Wiki',
  kind: 'connected-app',
  acsUrl: 'https://wiki.acme.com/saml/acs',
  entityUrl: 'https://wiki.acme.com',
  signatures: 'SHA256',
  requestsSigned: true,
  encrypted: false,
  ...changes,
});

/** An org that is identity provider for one app. */
export const identityProvider = (changes: Partial<IdentityProvider> = {}): IdentityProvider => ({
  enabled: true,
  certificate: 'SAML_Signing',
  serviceProviders: [serviceProvider()],
  certificates: [orgCertificate()],
  ...changes,
});

export const canvasApp = (initiation = 'SpInitiated', changes: Partial<CanvasApp> = {}): CanvasApp => ({
  app: 'Dashboard',
  kind: 'connected-app',
  url: 'https://canvas.acme.com',
  initiation,
  ...changes,
});

const authProvider = (changes: Partial<AuthProvider> = {}): AuthProvider => ({
  name: 'Acme OIDC',
  type: 'OpenIdConnect',
  logsIn: true,
  handler: undefined,
  runsAs: undefined,
  pkce: true,
  tokenInHeader: true,
  credentialsInHeader: true,
  issuer: 'https://idp.acme.com',
  endpoints: ['https://idp.acme.com/authorize', 'https://idp.acme.com/token', 'https://idp.acme.com/userinfo'],
  ...changes,
});

export const openIdConnect = (
  provider: Partial<AuthProvider> = {},
  changes: Partial<OpenIdConnect> = {}
): OpenIdConnect => ({ providers: [authProvider(provider)], clients: [], ...changes });

export const delegatedAuthentication = (changes: Partial<DelegatedAuthentication> = {}): DelegatedAuthentication => ({
  enabled: true,
  user: { username: 'integration@acme.com', through: ['permission set AQUILA'] },
  ...changes,
});
