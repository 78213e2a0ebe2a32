import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

// What an org has for single sign-on beside `saml-configs.ts` (docs/reference/single-sign-on.md).

/** A certificate of Certificate and Key Management, with the private key in the org. */
export type OrgCertificate = {
  id: string;
  developerName: string;
  /** The label. */
  name: string;
  /** The last day, `YYYY-MM-DD`; undefined: it waits for what its authority signed. */
  expirationDate: string | undefined;
  keySize: 2048 | 3072 | 4096;
  caSigned: boolean;
  privateKeyExportable: boolean;
  /** PEM. */
  content: string;
};

export type NewOrgCertificate = Partial<Omit<OrgCertificate, 'id' | 'expirationDate'>> & {
  name: string;
  /** From the org's clock on; negative: it has ended. */
  daysLeft?: number;
};

const day = 86_400_000;

/** A certificate with what was given; what is left out makes a self-signed one of 2048 bits that ends in 300 days. */
export function makeOrgCertificate(
  { daysLeft = 300, ...given }: NewOrgCertificate,
  id: string,
  now: number
): OrgCertificate {
  return {
    id,
    developerName: given.name.replace(/\W+/g, '_'),
    expirationDate: new Date(now + daysLeft * day).toISOString().slice(0, 10),
    keySize: 2048,
    caSigned: false,
    privateKeyExportable: true,
    // What the file of a certificate holds matters to nobody here, so that one stands for all.
    content: readFileSync(new URL('../fixtures/keys/other2048.crt', import.meta.url), 'utf8'),
    ...given,
  };
}

export const providerTypes = [
  ...['Apple', 'Bitbucket', 'Custom', 'Facebook', 'GitHub', 'Google', 'Janrain', 'LinkedIn', 'Microsoft'],
  ...['MicrosoftACS', 'OpenIdConnect', 'Salesforce', 'Slack', 'Twitter'],
] as const;

/** One provider of "Auth. Providers", by the names of the metadata. */
export type AuthProvider = {
  id: string;
  developerName: string;
  friendlyName: string;
  providerType: string;
  authorizeUrl: string | undefined;
  tokenUrl: string | undefined;
  userInfoUrl: string | undefined;
  idTokenIssuer: string | undefined;
  consumerKey: string | undefined;
  consumerSecret: string | undefined;
  defaultScopes: string | undefined;
  /** Apex class; undefined: logins never make users. */
  registrationHandler: string | undefined;
  /** Username of whom the class runs as. */
  executionUser: string | undefined;
  isPkceEnabled: boolean;
  requireMfa: boolean;
  sendAccessTokenInHeader: boolean;
  sendClientCredentialsInHeader: boolean;
  sendSecretInApis: boolean;
};

export type NewAuthProvider = Partial<Omit<AuthProvider, 'id'>> & { friendlyName: string };

/** A provider with what was given; what is left out makes one of OpenID Connect as one would set it up today, without a handler. */
export function makeAuthProvider(given: NewAuthProvider, id: string): AuthProvider {
  return {
    id,
    developerName: given.friendlyName.replace(/\W+/g, '_'),
    providerType: 'OpenIdConnect',
    authorizeUrl: 'https://idp.acme.com/authorize',
    tokenUrl: 'https://idp.acme.com/token',
    userInfoUrl: 'https://idp.acme.com/userinfo',
    idTokenIssuer: 'https://idp.acme.com',
    consumerKey: 'acme-salesforce',
    consumerSecret: 'secret-of-the-auth-provider',
    defaultScopes: 'openid email profile',
    registrationHandler: undefined,
    executionUser: undefined,
    isPkceEnabled: true,
    requireMfa: false,
    sendAccessTokenInHeader: true,
    sendClientCredentialsInHeader: true,
    sendSecretInApis: true,
    ...given,
  };
}

/** What the login page of the My Domain offers: the object AuthConfig. */
export type LoginPage = {
  usernamePassword: boolean;
  certificate: boolean;
  /** Developer names of SAML configurations and Auth. Providers that have a button. */
  services: string[];
};

/** The body of a certificate as `validationCert` has it: base64 on one line, without the lines of PEM. */
export const certificateBody = (pem: string): string => new X509Certificate(pem).raw.toString('base64');
