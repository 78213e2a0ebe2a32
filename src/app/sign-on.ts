import type { Fields } from './component.ts';
import { allOf, inside, isTrue, textOf } from './words.ts';

// What an org shows of single sign-on, as plain values (docs/reference/single-sign-on.md).

/** An identity provider that the org trusts: one row of SAML Single Sign-On Settings. */
export type SamlProvider = {
  /** The label. */
  name: string;
  issuer: string;
  /** What the org calls itself: the audience of every assertion. */
  entityId: string;
  /** Where the org sends its requests; without it only the identity provider can begin a login. */
  loginUrl: string | undefined;
  version: string;
  /** What an assertion names the user by. */
  mapping: string;
  /** Id of the certificate that signs the org's requests; undefined: they are not signed. */
  requestCertificateId: string | undefined;
  /** `RSA-SHA1` or `RSA-SHA256`. */
  signatureMethod: string | undefined;
  /** Digests are SHA-1 whatever the method. */
  sha1Digests: boolean;
  /** Name of the certificate that assertions are encrypted for; undefined: they are not encrypted. */
  decryptionCertificate: string | undefined;
  /** Just-in-time provisioning: the Apex class, if there is one, and whom it runs as. */
  provisioning: { handler: string | undefined; runsAs: string | undefined } | undefined;
  /** Certificate of the identity provider, base64 of the DER. */
  certificate: string;
};

export function samlProvider(fullName: string, fields: Fields): SamlProvider {
  const text = (element: string): string => textOf(fields, element) ?? '';
  return {
    name: textOf(fields, 'name') ?? fullName,
    issuer: text('issuer'),
    entityId: text('samlEntityId'),
    loginUrl: textOf(fields, 'loginUrl'),
    version: text('samlVersion'),
    mapping: text('identityMapping'),
    requestCertificateId: textOf(fields, 'requestSigningCertId'),
    signatureMethod: textOf(fields, 'requestSignatureMethod'),
    sha1Digests: textOf(fields, 'useSameDigestAlgoForSigning') === 'false',
    decryptionCertificate: textOf(fields, 'decryptionCertificate'),
    provisioning: isTrue(fields, 'userProvisioning')
      ? { handler: textOf(fields, 'samlJitHandlerId'), runsAs: textOf(fields, 'executionUserId') }
      : undefined,
    certificate: text('validationCert'),
  };
}

/** A certificate of Certificate and Key Management. */
export type OrgCertificate = {
  id: string;
  name: string;
  /** The day on which it ends, `YYYY-MM-DD`; undefined while it waits for what its authority signed. */
  ends: string | undefined;
};

/** An app that people sign on to with their Salesforce login, by SAML. */
export type ServiceProvider = {
  app: string;
  kind: 'external-client-app' | 'connected-app';
  /** Where Salesforce posts its assertions. */
  acsUrl: string;
  entityUrl: string;
  /** `SHA1` or `SHA256`. */
  signatures: string | undefined;
  /** Its requests must be signed; else unsigned ones are taken. */
  requestsSigned: boolean;
  encrypted: boolean;
};

/** An app that is shown within Salesforce. */
export type CanvasApp = {
  app: string;
  kind: ServiceProvider['kind'];
  url: string;
  /** Who begins its login by SAML: `None`, `IdpInitiated` or `SpInitiated`. */
  initiation: string;
};

/** What a connected app is to single sign-on. */
export function connectedSignOn(app: string, fields: Fields) {
  const [saml, canvas] = [inside(fields, 'samlConfig'), inside(fields, 'canvasConfig')];
  const kind = 'connected-app' as const;
  return {
    serviceProvider: saml && serviceProvider(app, kind, saml, 'samlSigningAlgoType'),
    canvas: canvas && canvasApp(app, kind, canvas),
    openid: allOf(inside(fields, 'oauthConfig'), 'scopes').includes('OpenID'),
    oauth: inside(fields, 'oauthConfig') !== undefined,
  };
}

const parentOf = (fields: Fields, fullName: string): string => textOf(fields, 'externalClientApplication') ?? fullName;

/** The SAML policies of an external client app. */
export const externalServiceProvider = (fullName: string, fields: Fields): ServiceProvider =>
  serviceProvider(parentOf(fields, fullName), 'external-client-app', fields, 'signingAlgorithmType');

export const externalCanvasApp = (fullName: string, fields: Fields): CanvasApp =>
  canvasApp(parentOf(fields, fullName), 'external-client-app', fields);

const serviceProvider = (
  app: string,
  kind: ServiceProvider['kind'],
  fields: Fields,
  algorithm: string
): ServiceProvider => ({
  ...{ app, kind },
  acsUrl: textOf(fields, 'acsUrl') ?? '',
  entityUrl: textOf(fields, 'entityUrl') ?? '',
  signatures: textOf(fields, algorithm),
  requestsSigned: textOf(fields, 'certificate') !== undefined,
  encrypted: textOf(fields, 'encryptionCertificate') !== undefined,
});

const canvasApp = (app: string, kind: ServiceProvider['kind'], fields: Fields): CanvasApp => ({
  ...{ app, kind },
  url: textOf(fields, 'canvasUrl') ?? '',
  initiation: textOf(fields, 'samlInitiationMethod') ?? 'None',
});

/** One row of AuthProvider. */
export type AuthProvider = {
  name: string;
  type: string;
  /** People log in to the org by it; some types only let the org act elsewhere. */
  logsIn: boolean;
  /** The Apex class that finds and makes users. */
  handler: string | undefined;
  runsAs: string | undefined;
  pkce: boolean;
  /** False: in the address. */
  tokenInHeader: boolean;
  credentialsInHeader: boolean;
  /** The issuer that ID tokens must have; undefined: nobody looks. */
  issuer: string | undefined;
  /** Endpoints that were given. */
  endpoints: string[];
};

/** These can't log anyone in (Object Reference, AuthProvider, ProviderType). */
const outward = ['Bitbucket', 'GitHub', 'MicrosoftACS'];

type AuthProviderRow = Readonly<Record<string, unknown>>;

export function authProvider(row: AuthProviderRow): AuthProvider {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const related = (name: string, field: string): string | undefined =>
    text((row[name] as Record<string, unknown> | null | undefined)?.[field]);
  const type = text(row['ProviderType']) ?? '';
  return {
    name: text(row['FriendlyName']) ?? text(row['DeveloperName']) ?? '',
    type,
    logsIn: !outward.includes(type),
    handler: related('RegistrationHandler', 'Name'),
    runsAs: related('ExecutionUser', 'Username'),
    pkce: row['OptionsIsPkceEnabled'] === true,
    tokenInHeader: row['OptionsSendAccessTokenInHeader'] === true,
    credentialsInHeader: row['OptionsSendClientCredentialsInHeader'] === true,
    issuer: text(row['IdTokenIssuer']),
    endpoints: ['AuthorizeUrl', 'TokenUrl', 'UserInfoUrl'].flatMap((name) => text(row[name]) ?? []),
  };
}

/** What the login page of the My Domain offers. */
export type LoginPage = { password: boolean; saml: boolean; authProviders: boolean; certificate: boolean };
