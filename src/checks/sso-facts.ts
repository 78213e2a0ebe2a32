import type {
  AuthProvider,
  CanvasApp,
  LoginPage,
  OrgCertificate,
  SamlProvider,
  ServiceProvider,
} from '../app/sign-on.ts';

/** Where people may log in. Undefined: the org does not show it. */
export type MyDomain = {
  /** Host of the instance URL. */
  host: string;
  /** `canOnlyLoginWithMyDomainUrl`. */
  usersOnly: boolean | undefined;
  /** `doesApiLoginRequireOrgDomain`: logins by SOAP. */
  soapOnly: boolean | undefined;
  loginPage: LoginPage | undefined;
};

/** Salesforce as SAML service provider. */
export type SamlLogins = {
  /** "SAML Enabled". */
  enabled: boolean | undefined;
  providers: SamlProvider[];
  /** Undefined where the administrator does not see Certificate and Key Management. */
  certificates: OrgCertificate[] | undefined;
};

/** Salesforce as SAML identity provider. */
export type IdentityProvider = {
  enabled: boolean | undefined;
  /** Name of the certificate that signs. */
  certificate: string | undefined;
  serviceProviders: ServiceProvider[];
  certificates: OrgCertificate[] | undefined;
};

/** Providers of OpenID Connect and its kin, and the org as such a provider. */
export type OpenIdConnect = {
  providers: AuthProvider[];
  /** Apps with the scope openid, to which the org gives ID tokens; undefined: not shown. */
  clients: string[] | undefined;
};

/** Delegated authentication, which takes Salesforce's own password away from whom it is given. */
export type DelegatedAuthentication = {
  /** `isLoginWithSalesforceCredentialsDisabled`. */
  enabled: boolean | undefined;
  /** The integration user, where one was named: what gives "Is Single Sign-On Enabled"; undefined: the org has no such permission. */
  user: { username: string; through: string[] | undefined } | undefined;
};

/** What is read of single sign-on, with an administrator's session. */
export type SsoRead = {
  myDomain: MyDomain;
  samlLogins: SamlLogins;
  identityProvider: IdentityProvider;
  canvasApps: CanvasApp[];
  openIdConnect: OpenIdConnect;
  delegatedAuthentication: DelegatedAuthentication;
};
