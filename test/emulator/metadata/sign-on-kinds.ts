import type { SamlConfig } from '../saml-configs.ts';
import { certificateBody, providerTypes } from '../sign-on.ts';
import type { AuthProvider } from '../sign-on.ts';
import { certificatePem } from './certificate.ts';
import { Problem, readValues } from './elements.ts';
import type { ElementType, ElementTypes, Place, Values } from './elements.ts';
import type { Kind } from './kinds.ts';
import { escapeXml } from './xml.ts';

// SamlSsoConfig, AuthProvider and Certificate (docs/reference/single-sign-on.md §2, §5, §6).

const text: ElementType = { kind: 'text' };
const flag: ElementType = { kind: 'boolean' };
const must = (type: ElementType): ElementType => ({ ...type, required: true });
const oneOf = (...kind: string[]): ElementType => ({ kind });

const samlElements: ElementTypes = {
  attributeName: text,
  attributeNameIdFormat: text,
  decryptionCertificate: text,
  errorUrl: text,
  executionUserId: text,
  identityLocation: must(oneOf('SubjectNameId', 'Attribute')),
  identityMapping: must(oneOf('Username', 'FederationId', 'UserId')),
  issuer: must(text),
  loginUrl: text,
  logoutUrl: text,
  name: must(text),
  oauthTokenEndpoint: text,
  redirectBinding: flag,
  requestSignatureMethod: oneOf('RSA-SHA1', 'RSA-SHA256'),
  requestSigningCertId: text,
  salesforceLoginUrl: text,
  samlEntityId: must(text),
  samlJitHandlerId: text,
  samlVersion: must(oneOf('SAML1_1', 'SAML2_0')),
  singleLogoutBinding: oneOf('RedirectBinding', 'PostBinding'),
  singleLogoutUrl: text,
  useConfigRequestMethod: flag,
  useSameDigestAlgoForSigning: { ...flag, since: 55 },
  userProvisioning: flag,
  validationCert: must(text),
};

const providerElements: ElementTypes = {
  authorizeUrl: text,
  consumerKey: text,
  consumerSecret: text,
  defaultScopes: text,
  errorUrl: text,
  executionUser: text,
  friendlyName: must(text),
  iconUrl: text,
  idTokenIssuer: text,
  includeOrgIdInIdentifier: flag,
  isPkceEnabled: { ...flag, since: 59 },
  linkKickoffUrl: text,
  logoutUrl: text,
  oauthKickoffUrl: text,
  plugin: text,
  portal: text,
  providerType: must(oneOf(...providerTypes)),
  registrationHandler: text,
  requireMfa: flag,
  sendAccessTokenInHeader: flag,
  sendClientCredentialsInHeader: flag,
  sendSecretInApis: flag,
  ssoKickoffUrl: text,
  tokenUrl: text,
  userInfoUrl: text,
};

/** Elements that have a value, in alphabetical order. */
const lines = (fields: Record<string, string | boolean | number | undefined>): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([name, value]) => `    <${name}>${escapeXml(String(value))}</${name}>\n`)
    .join('');

const textIn = (values: Values, name: string): string | undefined => {
  const value = values.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const flagIn = (values: Values, name: string): boolean => ['true', '1'].includes(textIn(values, name) ?? '');

/** Whoever sees Setup, or may change all of it. Its words are a guess. */
const hiddenUnless =
  (type: string, allowed: (place: Place) => boolean): NonNullable<Kind['hidden']> =>
  (place) =>
    allowed(place) ? undefined : `You do not have the proper permissions to access ${type}.`;

const seesSetup = ({ user: { permissions } }: Place): boolean =>
  permissions.viewSetup || (permissions.modifyMetadata && permissions.modifyAllData);

function samlContent(config: SamlConfig, { org, draft }: Place): string {
  const { requestSigningCertificate: signing } = config;
  const certificate = draft.certificates.find(({ developerName }) => developerName === signing);
  return lines({
    attributeName: config.attributeName,
    decryptionCertificate: config.decryptionCertificate,
    errorUrl: config.errorUrl,
    executionUserId: config.executionUser,
    identityLocation: config.identityLocation,
    identityMapping: config.identityMapping,
    issuer: config.issuer,
    loginUrl: config.loginUrl,
    logoutUrl: config.logoutUrl,
    name: config.name,
    redirectBinding: config.redirectBinding,
    requestSignatureMethod: config.requestSignatureMethod,
    requestSigningCertId: signing === undefined ? undefined : (certificate?.id ?? org.idOf('0P1', signing)),
    samlEntityId: config.entityId,
    samlJitHandlerId: config.jitHandler,
    samlVersion: config.samlVersion,
    singleLogoutUrl: config.singleLogoutUrl,
    useConfigRequestMethod: config.sameDigestAlgorithm,
    useSameDigestAlgoForSigning: config.sameDigestAlgorithm,
    userProvisioning: config.userProvisioning,
    validationCert: certificateBody(config.certificate),
  });
}

/** The certificate that a file names by its id. */
function signingCertificate(id: string | undefined, { draft, org }: Place): string | undefined {
  if (id === undefined) return undefined;
  const known = [
    ...draft.certificates,
    ...draft.samlConfigs.map(({ requestSigningCertificate: name }) => ({
      id: org.idOf('0P1', name ?? ''),
      developerName: name,
    })),
  ].find((one) => one.id.startsWith(id.slice(0, 15)));
  // Its words are a guess.
  if (!known) throw new Problem('In field: requestSigningCertId - no Certificate with this id found');
  return known.developerName;
}

const samlSsoConfig: Kind = {
  ...{ type: 'SamlSsoConfig', directory: 'samlssoconfigs', suffix: 'samlssoconfig', idPrefix: '0LE', since: 28 },
  ...{ feature: false, root: () => 'SamlSsoConfig', hidden: hiddenUnless('SamlSsoConfig', seesSetup) },
  names: ({ draft }) => draft.samlConfigs.map(({ developerName }) => developerName),
  content: (name, place) => {
    const config = place.draft.samlConfigs.find(({ developerName }) => developerName === name);
    return config && samlContent(config, place);
  },
  apply: (name, root, place) => {
    const { draft, org } = place;
    const values = readValues(root, 'SamlSsoConfig', samlElements, place);
    const one = (element: string): string => textIn(values, element) ?? '';
    const decryptionCertificate = textIn(values, 'decryptionCertificate');
    if (
      decryptionCertificate !== undefined &&
      !draft.certificates.some(({ developerName }) => developerName === decryptionCertificate)
    ) {
      throw new Problem(`In field: decryptionCertificate - no Certificate named ${decryptionCertificate} found`);
    }
    const found = draft.samlConfigs.find(({ developerName }) => developerName === name);
    const config: SamlConfig = {
      id: found?.id ?? org.newId('0LE'),
      developerName: name,
      name: one('name'),
      issuer: one('issuer'),
      entityId: one('samlEntityId'),
      certificate: certificatePem(one('validationCert')),
      requestSignatureMethod: (textIn(values, 'requestSignatureMethod') ??
        'RSA-SHA1') as SamlConfig['requestSignatureMethod'],
      sameDigestAlgorithm: flagIn(values, 'useSameDigestAlgoForSigning'),
      requestSigningCertificate: signingCertificate(textIn(values, 'requestSigningCertId'), place),
      redirectBinding: flagIn(values, 'redirectBinding'),
      identityLocation: one('identityLocation') as SamlConfig['identityLocation'],
      attributeName: textIn(values, 'attributeName'),
      identityMapping: one('identityMapping') as SamlConfig['identityMapping'],
      userProvisioning: flagIn(values, 'userProvisioning'),
      jitHandler: textIn(values, 'samlJitHandlerId'),
      executionUser: textIn(values, 'executionUserId'),
      decryptionCertificate,
      loginUrl: textIn(values, 'loginUrl'),
      logoutUrl: textIn(values, 'logoutUrl'),
      singleLogoutUrl: textIn(values, 'singleLogoutUrl'),
      errorUrl: textIn(values, 'errorUrl'),
      samlVersion: one('samlVersion') as SamlConfig['samlVersion'],
      requireMfa: found?.requireMfa ?? false,
      enabled: found?.enabled ?? true,
    };
    if (found) Object.assign(found, config);
    else draft.samlConfigs.push(config);
  },
  remove: (name, { draft }) => removeRow(draft.samlConfigs, name),
};

function removeRow(rows: Array<{ developerName: string }>, name: string): boolean {
  const at = rows.findIndex(({ developerName }) => developerName === name);
  if (at >= 0) rows.splice(at, 1);
  return at >= 0;
}

const managesProviders = ({ user: { permissions } }: Place): boolean =>
  permissions.modifyMetadata && permissions.manageAuthProviders;

function providerContent(provider: AuthProvider): string {
  const { id: _id, developerName: _name, consumerSecret, ...fields } = provider;
  // Encrypted by a key of the org: nobody outside can read what comes back.
  const secret = consumerSecret === undefined ? undefined : 'ciphertext-of-the-consumer-secret';
  return lines({ ...fields, consumerSecret: provider.sendSecretInApis ? secret : undefined });
}

const authProvider: Kind = {
  ...{ type: 'AuthProvider', directory: 'authproviders', suffix: 'authprovider', idPrefix: '0SO', since: 27 },
  ...{ feature: false, root: () => 'AuthProvider', hidden: hiddenUnless('AuthProvider', managesProviders) },
  names: ({ draft }) => draft.authProviders.map(({ developerName }) => developerName),
  content: (name, { draft }) => {
    const provider = draft.authProviders.find(({ developerName }) => developerName === name);
    return provider && providerContent(provider);
  },
  apply: (name, root, place) => {
    const { draft, org } = place;
    const values = readValues(root, 'AuthProvider', providerElements, place);
    const executionUser = textIn(values, 'executionUser');
    if (textIn(values, 'registrationHandler') !== undefined && executionUser === undefined) {
      throw new Problem('Required field is missing: executionUser');
    }
    const found = draft.authProviders.find(({ developerName }) => developerName === name);
    const provider: AuthProvider = {
      id: found?.id ?? org.newId('0SO'),
      developerName: name,
      friendlyName: textIn(values, 'friendlyName') ?? name,
      providerType: textIn(values, 'providerType') ?? '',
      authorizeUrl: textIn(values, 'authorizeUrl'),
      tokenUrl: textIn(values, 'tokenUrl'),
      userInfoUrl: textIn(values, 'userInfoUrl'),
      idTokenIssuer: textIn(values, 'idTokenIssuer'),
      consumerKey: textIn(values, 'consumerKey'),
      consumerSecret: found?.consumerSecret ?? textIn(values, 'consumerSecret'),
      defaultScopes: textIn(values, 'defaultScopes'),
      registrationHandler: textIn(values, 'registrationHandler'),
      executionUser,
      isPkceEnabled: flagIn(values, 'isPkceEnabled'),
      requireMfa: flagIn(values, 'requireMfa'),
      sendAccessTokenInHeader: flagIn(values, 'sendAccessTokenInHeader'),
      sendClientCredentialsInHeader: flagIn(values, 'sendClientCredentialsInHeader'),
      sendSecretInApis: flagIn(values, 'sendSecretInApis'),
    };
    if (found) Object.assign(found, provider);
    else draft.authProviders.push(provider);
  },
  remove: (name, { draft }) => removeRow(draft.authProviders, name),
};

/** Two files: the chain, and the XML beside it. A deploy would make a key pair in the org; none is made here. */
const certificate: Kind = {
  ...{ type: 'Certificate', directory: 'certs', suffix: 'crt', idPrefix: '0P1', since: 36, feature: false },
  root: () => 'Certificate',
  hidden: hiddenUnless('Certificate', seesSetup),
  names: ({ draft }) => draft.certificates.map(({ developerName }) => developerName),
  file: (name, { draft }) => draft.certificates.find(({ developerName }) => developerName === name)?.content,
  content: (name, { draft }) => {
    const found = draft.certificates.find(({ developerName }) => developerName === name);
    if (!found) return undefined;
    const { caSigned, expirationDate, keySize, name: masterLabel, privateKeyExportable } = found;
    return lines({ caSigned, expirationDate, keySize, masterLabel, privateKeyExportable });
  },
  apply: () => {
    throw new Problem('this loopback org makes no certificates');
  },
  remove: (name, { draft }) => removeRow(draft.certificates, name),
};

/** What is named before what names it. */
export const signOnKinds: readonly Kind[] = [certificate, samlSsoConfig, authProvider];
