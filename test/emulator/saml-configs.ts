/**
 * One identity provider that the org trusts: a row of SAML Single Sign-On Settings, the type SamlSsoConfig of the Metadata API and of the
 * Object Reference, by the names of the former.
 */
export type SamlConfig = {
  id: string;
  developerName: string;
  /** The label. */
  name: string;
  /** What the identity provider calls itself: `Issuer` of its assertions. */
  issuer: string;
  /** What the org is called by the identity provider: the audience of its assertions. `samlEntityId`, in SOQL `Audience`. */
  entityId: string;
  /** PEM of the certificate that the provider signs with: `validationCert`. */
  certificate: string;
  /** `RSA-SHA1` or `RSA-SHA256`, the names of the metadata. */
  requestSignatureMethod: 'RSA-SHA1' | 'RSA-SHA256';
  /** Digests are of the algorithm of the signatures; false: SHA-1, as in configurations from before Spring '22. */
  sameDigestAlgorithm: boolean;
  /** Name of the org's certificate that signs its requests; undefined: they are not signed. */
  requestSigningCertificate: string | undefined;
  /** Requests go by HTTP Redirect rather than by HTTP POST. */
  redirectBinding: boolean;
  /** Where an assertion names the user. */
  identityLocation: 'SubjectNameId' | 'Attribute';
  /** The attribute that names the user, where `identityLocation` is Attribute. */
  attributeName: string | undefined;
  /** What an assertion names the user by. */
  identityMapping: 'Username' | 'FederationId' | 'UserId';
  /** Just-in-time provisioning: users are made and changed by what assertions say. */
  userProvisioning: boolean;
  /** Apex class of the provisioning; undefined: the standard one. */
  jitHandler: string | undefined;
  /** The user that the class runs as; undefined: none. */
  executionUser: string | undefined;
  /** Name of the org's certificate that assertions are encrypted for; undefined: they are not encrypted. */
  decryptionCertificate: string | undefined;
  /** The provider's address for the org's requests; undefined: only the provider begins a login. */
  loginUrl: string | undefined;
  logoutUrl: string | undefined;
  singleLogoutUrl: string | undefined;
  errorUrl: string | undefined;
  samlVersion: 'SAML2_0' | 'SAML1_1';
  /** Multi-factor authentication of Salesforce on top. */
  requireMfa: boolean;
  /** A way into the org now: "SAML Enabled", and for people a service of My Domain's login page. */
  enabled: boolean;
};

export type NewSamlConfig = Partial<Omit<SamlConfig, 'id'>> & Pick<SamlConfig, 'issuer' | 'certificate'>;

/** A configuration with what was given; what is left out makes an enabled one of SAML 2.0 that names users by their usernames. */
export function makeSamlConfig(given: NewSamlConfig, id: string): SamlConfig {
  const name = given.name ?? 'Identity Provider';
  return {
    id,
    developerName: name.replace(/\W+/g, '_').replace(/_$/, ''),
    name,
    entityId: 'https://saml.salesforce.com',
    requestSignatureMethod: 'RSA-SHA256',
    sameDigestAlgorithm: true,
    requestSigningCertificate: 'SelfSignedCert_01Jan2026_000000',
    redirectBinding: false,
    identityLocation: 'SubjectNameId',
    attributeName: undefined,
    identityMapping: 'Username',
    userProvisioning: false,
    jitHandler: undefined,
    executionUser: undefined,
    decryptionCertificate: undefined,
    loginUrl: undefined,
    logoutUrl: undefined,
    singleLogoutUrl: undefined,
    errorUrl: undefined,
    samlVersion: 'SAML2_0',
    requireMfa: false,
    enabled: true,
    ...given,
  };
}
