import { certificateBody } from '../sign-on.ts';
import type { OrgState } from '../state.ts';
import type { Asking, Table } from '../tables.ts';

// What SOQL shows of single sign-on (docs/reference/single-sign-on.md §2, §5, §6).

/** Whoever sees Setup, or may change all of it. */
const unlessSetup = ({ user: { permissions } }: Asking): 'invalid-type' | undefined =>
  permissions.viewSetup || (permissions.modifyMetadata && permissions.modifyAllData) ? undefined : 'invalid-type';

const userId = (org: OrgState, username: string | undefined): string | null =>
  username === undefined ? null : (org.user(username)?.id ?? null);

/** An Apex class has no state here but its name. */
const classId = (org: OrgState, name: string | undefined): string | null =>
  name === undefined ? null : org.idOf('01p', name);

const samlSsoConfig: Table = {
  keyPrefix: '0LE',
  absence: unlessSetup,
  columns: {
    Id: 'id',
    DeveloperName: 'string',
    MasterLabel: 'string',
    NamespacePrefix: 'string',
    AttributeName: 'string',
    Audience: 'string',
    ErrorUrl: 'string',
    ExecutionUserId: 'id',
    IdentityLocation: 'string',
    IdentityMapping: 'string',
    Issuer: 'string',
    LoginUrl: 'string',
    LogoutUrl: 'string',
    OptionsRequireMfaSaml: 'boolean',
    OptionsSpInitBinding: 'boolean',
    OptionsUseConfigRequestMethod: 'boolean',
    OptionsUseSameDigestAlgoForSigning: 'boolean',
    OptionsUserProvisioning: 'boolean',
    RequestSignatureMethod: 'string',
    SamlJitHandlerId: 'id',
    SingleLogoutUrl: 'string',
    ValidationCert: 'string',
    Version: 'string',
  },
  relations: {
    ExecutionUser: { object: 'User', by: 'ExecutionUserId' },
    SamlJitHandler: { object: 'ApexClass', by: 'SamlJitHandlerId' },
  },
  rows: (org) =>
    org.samlConfigs.map((config) => ({
      Id: config.id,
      DeveloperName: config.developerName,
      MasterLabel: config.name,
      NamespacePrefix: null,
      AttributeName: config.attributeName ?? null,
      Audience: config.entityId,
      ErrorUrl: config.errorUrl ?? null,
      ExecutionUserId: userId(org, config.executionUser),
      IdentityLocation: config.identityLocation,
      IdentityMapping: config.identityMapping,
      Issuer: config.issuer,
      LoginUrl: config.loginUrl ?? null,
      LogoutUrl: config.logoutUrl ?? null,
      OptionsRequireMfaSaml: config.requireMfa,
      OptionsSpInitBinding: config.redirectBinding,
      OptionsUseConfigRequestMethod: config.sameDigestAlgorithm,
      OptionsUseSameDigestAlgoForSigning: config.sameDigestAlgorithm,
      OptionsUserProvisioning: config.userProvisioning,
      RequestSignatureMethod: config.requestSignatureMethod,
      SamlJitHandlerId: classId(org, config.jitHandler),
      SingleLogoutUrl: config.singleLogoutUrl ?? null,
      ValidationCert: certificateBody(config.certificate),
      Version: config.samlVersion,
    })),
};

/** Needs Customize Application and Manage Auth. Providers; never shows a secret. */
const authProvider: Table = {
  keyPrefix: '0SO',
  absence: ({ user: { permissions } }) =>
    permissions.modifyMetadata && permissions.manageAuthProviders ? undefined : 'invalid-type',
  columns: {
    Id: 'id',
    DeveloperName: 'string',
    FriendlyName: 'string',
    ProviderType: 'string',
    AuthorizeUrl: 'string',
    TokenUrl: 'string',
    UserInfoUrl: 'string',
    IdTokenIssuer: 'string',
    DefaultScopes: 'string',
    ConsumerKey: 'string',
    ExecutionUserId: 'id',
    RegistrationHandlerId: 'id',
    OptionsIsPkceEnabled: 'boolean',
    OptionsRequireMfa: 'boolean',
    OptionsSendAccessTokenInHeader: 'boolean',
    OptionsSendClientCredentialsInHeader: 'boolean',
    OptionsSendSecretInApis: 'boolean',
  },
  relations: {
    ExecutionUser: { object: 'User', by: 'ExecutionUserId' },
    RegistrationHandler: { object: 'ApexClass', by: 'RegistrationHandlerId' },
  },
  rows: (org) =>
    org.authProviders.map((provider) => ({
      Id: provider.id,
      DeveloperName: provider.developerName,
      FriendlyName: provider.friendlyName,
      ProviderType: provider.providerType,
      AuthorizeUrl: provider.authorizeUrl ?? null,
      TokenUrl: provider.tokenUrl ?? null,
      UserInfoUrl: provider.userInfoUrl ?? null,
      IdTokenIssuer: provider.idTokenIssuer ?? null,
      DefaultScopes: provider.defaultScopes ?? null,
      ConsumerKey: provider.consumerKey ?? null,
      ExecutionUserId: userId(org, provider.executionUser),
      RegistrationHandlerId: classId(org, provider.registrationHandler),
      OptionsIsPkceEnabled: provider.isPkceEnabled,
      OptionsRequireMfa: provider.requireMfa,
      OptionsSendAccessTokenInHeader: provider.sendAccessTokenInHeader,
      OptionsSendClientCredentialsInHeader: provider.sendClientCredentialsInHeader,
      OptionsSendSecretInApis: provider.sendSecretInApis,
    })),
};

/** Of the Tooling API alone. */
const certificate: Table = {
  keyPrefix: '0P1',
  place: () => 'tooling',
  absence: unlessSetup,
  columns: {
    Id: 'id',
    DeveloperName: 'string',
    MasterLabel: 'string',
    ExpirationDate: 'date',
    KeySize: 'int',
    OptionsIsCaSigned: 'boolean',
    OptionsIsPrivateKeyExportable: 'boolean',
    OptionsIsUnusable: 'boolean',
  },
  rows: (org) =>
    org.certificates.map((one) => ({
      Id: one.id,
      DeveloperName: one.developerName,
      MasterLabel: one.name,
      ExpirationDate: one.expirationDate ?? null,
      KeySize: one.keySize,
      OptionsIsCaSigned: one.caSigned,
      OptionsIsPrivateKeyExportable: one.privateKeyExportable,
      OptionsIsUnusable: one.expirationDate === undefined,
    })),
};

/** The login page of the My Domain; those of Experience Cloud sites are not here. */
const authConfig: Table = {
  keyPrefix: '0LG',
  permission: 'viewSetup',
  columns: {
    Id: 'id',
    DeveloperName: 'string',
    MasterLabel: 'string',
    Type: 'string',
    IsActive: 'boolean',
    AuthOptionsUsernamePassword: 'boolean',
    AuthOptionsSaml: 'boolean',
    AuthOptionsAuthProvider: 'boolean',
    AuthOptionsCertificate: 'boolean',
  },
  rows: (org) => {
    const { services, usernamePassword, certificate: byCertificate } = org.loginPage;
    const name = org.facts.name.toLowerCase();
    const offers = (rows: ReadonlyArray<{ developerName: string }>): boolean =>
      rows.some(({ developerName }) => services.includes(developerName));
    return [
      {
        Id: org.idOf('0LG', name),
        DeveloperName: name,
        MasterLabel: name,
        Type: 'Org',
        IsActive: true,
        AuthOptionsUsernamePassword: usernamePassword,
        AuthOptionsSaml: offers(org.samlConfigs),
        AuthOptionsAuthProvider: offers(org.authProviders),
        AuthOptionsCertificate: byCertificate,
      },
    ];
  },
};

/** Only the classes that handle logins. */
const apexClass: Table = {
  keyPrefix: '01p',
  permission: ['viewSetup', 'modifyMetadata'],
  columns: { Id: 'id', Name: 'string', NamespacePrefix: 'string' },
  rows: (org) => {
    const names = [
      ...org.authProviders.map(({ registrationHandler }) => registrationHandler),
      ...org.samlConfigs.map(({ jitHandler }) => jitHandler),
    ].filter((name) => name !== undefined);
    return [...new Set(names)].map((name) => ({ Id: org.idOf('01p', name), Name: name, NamespacePrefix: null }));
  },
};

/** Ways of signing on. */
export const signOnTables: Readonly<Record<string, Table>> = {
  SamlSsoConfig: samlSsoConfig,
  AuthProvider: authProvider,
  Certificate: certificate,
  AuthConfig: authConfig,
  ApexClass: apexClass,
};
