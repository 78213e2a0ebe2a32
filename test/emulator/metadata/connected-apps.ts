import type { App } from '../state.ts';
import { certificatePem } from './certificate.ts';
import { Problem } from './elements.ts';
import type { Place } from './elements.ts';
import { judgeNewKey, nameTaken, newApp, sameName } from './parts.ts';
import { scopesOf, tokensOfScopes } from './scopes.ts';
import { child, escapeXml, metadataNamespace, rendered, texts } from './xml.ts';
import type { Element, Value } from './xml.ts';

// The older kind of app, which can be changed but no longer made (docs/reference/external-client-apps.md §12).

const elements = new Set(
  (
    'attributes canvasConfig contactEmail contactPhone description iconUrl infoUrl ipRanges label logoUrl mobileAppConfig mobileStartUrl ' +
    'oauthConfig oauthPolicy permissionSetName plugin pluginExecutionUser profileName samlConfig sessionPolicy startUrl'
  ).split(' ')
);

const policyWords: Record<string, App['refreshToken']['policy'] | undefined> = {
  zero: 'Zero',
  infinite: 'Infinite',
  specific_lifetime: 'SpecificLifetime',
  specific_inactivity: 'SpecificInactivity',
};
const units: Record<string, App['refreshToken']['unit'] | undefined> = {
  DAYS: 'Days',
  HOURS: 'Hours',
  MONTHS: 'Months',
};

function refreshTokenText({ policy, period, unit }: App['refreshToken']): string {
  const word = Object.entries(policyWords).find(([, name]) => name === policy)![0];
  return period === undefined || /zero|infinite/.test(word) ? word : `${word}:${period}:${unit.toUpperCase()}`;
}

function refreshTokenOf(text: string): App['refreshToken'] {
  const [word = '', period, unit = 'DAYS'] = text.split(':');
  const policy = policyWords[word];
  const known = units[unit];
  if (!policy || !known) throw new Problem(`'${text}' is not a valid refresh token policy`);
  return { policy, period: period === undefined ? undefined : Number(period), unit: known };
}

const isTrue = (element: Element | undefined, name: string): boolean => child(element, name)?.text === 'true';

/** Makes a change to a connected app in the draft; makes none where the org does not allow it. */
export function applyConnectedApp(fullName: string, root: Element, place: Place): App {
  const wrong = root.children.find(({ name }) => !elements.has(name));
  if (wrong) {
    const where = `{${metadataNamespace}}${wrong.name} invalid at this location in type ConnectedApp`;
    throw new Problem(`Error parsing file: Element ${where}`);
  }
  const app = appOf(fullName, root, place);
  for (const name of ['contactEmail', 'label']) {
    if (!child(root, name)) throw new Problem(`Required field is missing: ${name}`);
  }
  app.name = child(root, 'label')!.text;
  app.contactEmail = child(root, 'contactEmail')!.text;
  app.description = child(root, 'description')?.text ?? '';
  applyOauth(app, root, place);
  app.profiles = texts(root, 'profileName');
  app.permissionSets = texts(root, 'permissionSetName');
  const parts = signOnParts(root);
  if (Object.keys(parts).length > 0) app.otherMetadata['ConnectedApp'] = parts;
  else Reflect.deleteProperty(app.otherMetadata, 'ConnectedApp');
  const timeout = child(child(root, 'sessionPolicy'), 'sessionTimeout')?.text;
  app.sessionTimeoutInMinutes = timeout === undefined ? undefined : Number(timeout);
  return app;
}

/** What is required in a part for single sign-on, and the values of its enums (docs/reference/single-sign-on.md §3, §4). */
const signOnRules: Record<string, { required: string[]; enums: Record<string, RegExp> }> = {
  canvasConfig: {
    required: ['accessMethod', 'canvasUrl'],
    enums: { accessMethod: /^(Get|Post)$/, samlInitiationMethod: /^(None|IdpInitiated|SpInitiated)$/ },
  },
  samlConfig: {
    required: ['acsUrl', 'entityUrl', 'samlSubjectType'],
    enums: { samlSigningAlgoType: /^SHA(1|256)$/, encryptionType: /^(AES_128|AES_256|Triple_Des)$/ },
  },
};

/** The parts of a connected app for single sign-on, as they stand in the file; nothing here logs in by them. */
function signOnParts(root: Element): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const [name, { required, enums }] of Object.entries(signOnRules)) {
    const part = child(root, name);
    if (!part) continue;
    const missing = required.find((one) => !child(part, one));
    if (missing !== undefined) throw new Problem(`Required field is missing: ${missing}`);
    for (const [element, values] of Object.entries(enums)) {
      const value = child(part, element)?.text;
      if (value === undefined || values.test(value)) continue;
      const enumName = element.charAt(0).toUpperCase() + element.slice(1);
      throw new Problem(`'${value}' is not a valid value for the enum '${enumName}'`);
    }
    parts[name] = rendered(part, '    ');
  }
  return parts;
}

/** The app to change; a new one only where Support allowed that. Its key is chosen then or never. */
function appOf(fullName: string, root: Element, { draft, org }: Place): App {
  const same = sameName(fullName, draft.apps);
  if (same?.kind === 'connected-app') return same;
  if (!org.facts.connectedAppCreation) {
    const contact = 'To enable connected app creation, contact Salesforce Customer Support.';
    throw new Problem(`You can't create a connected app. ${contact}`);
  }
  if (same) throw nameTaken(same);
  const app = newApp(org, fullName, 'connected-app');
  app.clientId = child(child(root, 'oauthConfig'), 'consumerKey')?.text ?? app.clientId;
  judgeNewKey(app.clientId, app, draft.apps);
  draft.apps.push(app);
  return app;
}

function applyOauth(app: App, root: Element, { switches }: Place): void {
  const config = child(root, 'oauthConfig');
  app.oauthEnabled = config !== undefined;
  app.callbackUrls = (child(config, 'callbackUrl')?.text ?? '').split('\n').filter((url) => url !== '');
  const certificate = child(config, 'certificate')?.text;
  if (certificate !== undefined) app.certificate = certificatePem(certificate);
  else if (switches.certificateClearedWhenOmitted) app.certificate = undefined;
  app.scopes = scopesOf(texts(config, 'scopes'), 'connected-app');
  app.permittedUsers = isTrue(config, 'isAdminApproved') ? 'admin-approved' : 'self-authorize';
  app.tokenFormat = isTrue(config, 'isNamedUserJwtEnabled') ? 'jwt' : 'opaque';
  Object.assign(app.flows, {
    clientCredentials: isTrue(config, 'isClientCredentialEnabled'),
    clientCredentialsUser: child(config, 'oauthClientCredentialUser')?.text,
    pkceRequired: isTrue(config, 'isPkceRequired'),
    secretOptional: isTrue(config, 'isConsumerSecretOptional'),
    secretRequiredForRefresh: isTrue(config, 'isSecretRequiredForRefreshToken'),
    refreshTokenRotation: isTrue(config, 'isRefreshTokenRotationEnabled'),
    codeCredentials: isTrue(config, 'isCodeCredentialEnabled'),
    introspectAllTokens: isTrue(config, 'isIntrospectAllTokens'),
    tokenExchange: isTrue(config, 'isTokenExchangeEnabled'),
    assetTokens: child(config, 'assetTokenConfig') !== undefined,
  });
  const policy = child(root, 'oauthPolicy');
  app.flows.tokenExchangePolicy = isTrue(policy, 'isTokenExchangeFlowEnabled');
  app.refreshToken = refreshTokenOf(child(policy, 'refreshTokenPolicy')?.text ?? 'infinite');
  const relaxation = child(policy, 'ipRelaxation')?.text ?? 'ENFORCE';
  const known = (['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'] as const).find(
    (one) => one.toUpperCase() === relaxation
  );
  if (!known) throw new Problem(`'${relaxation}' is not a valid value for the enum 'ConnectedAppOauthIpRelaxation'`);
  app.ipRelaxation = known;
}

/** What stands in the file of a connected app. */
export function connectedAppContent(app: App, { switches }: Place): string {
  const { flows } = app;
  const config: Value = {
    assetTokenConfig: flows.assetTokens ? { assetAudiences: 'https://assets.acme.com', assetValidity: 5 } : undefined,
    callbackUrl: app.callbackUrls.join('\n'),
    certificate: switches.certificateOnRetrieve === 'returned' ? app.certificate : undefined,
    consumerKey: switches.consumerKeyOnRetrieve === 'returned' ? app.clientId : undefined,
    isAdminApproved: app.permittedUsers === 'admin-approved',
    isClientCredentialEnabled: flows.clientCredentials,
    isCodeCredentialEnabled: flows.codeCredentials,
    isCodeCredentialPostOnly: false,
    isConsumerSecretOptional: flows.secretOptional,
    isIntrospectAllTokens: flows.introspectAllTokens,
    isNamedUserJwtEnabled: app.tokenFormat === 'jwt',
    isPkceRequired: flows.pkceRequired,
    isRefreshTokenRotationEnabled: flows.refreshTokenRotation,
    isSecretRequiredForRefreshToken: flows.secretRequiredForRefresh,
    isTokenExchangeEnabled: flows.tokenExchange,
    oauthClientCredentialUser: flows.clientCredentialsUser,
    scopes: tokensOfScopes(app.scopes, 'connected-app'),
  };
  const policy: Value = {
    ipRelaxation: app.ipRelaxation.toUpperCase(),
    isTokenExchangeFlowEnabled: flows.tokenExchangePolicy,
    refreshTokenPolicy: refreshTokenText(app.refreshToken),
  };
  const { canvasConfig = '', samlConfig = '' } = app.otherMetadata['ConnectedApp'] ?? {};
  const fields: Record<string, Value> = {
    contactEmail: app.contactEmail,
    description: app.description === '' ? undefined : app.description,
    label: app.name,
    oauthConfig: app.oauthEnabled ? config : undefined,
    oauthPolicy: app.oauthEnabled ? policy : undefined,
    permissionSetName: app.permissionSets,
    profileName: app.profiles,
  };
  const sessionPolicy =
    app.sessionTimeoutInMinutes === undefined ? undefined : { sessionTimeout: app.sessionTimeoutInMinutes };
  return canvasConfig + allIndented(fields) + samlConfig + allIndented({ sessionPolicy });
}

const allIndented = (fields: Record<string, Value>): string =>
  Object.entries(fields)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one) => [name, one] as const) : [[name, value] as const]
    )
    .map(([name, value]) => indented(name, value, '    '))
    .join('');

function indented(name: string, value: Value, indent: string): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => indented(name, one, indent)).join('');
  if (typeof value !== 'object') return `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`;
  const inner = Object.entries(value).map(([key, one]) => indented(key, one, `${indent}    `));
  return `${indent}<${name}>\n${inner.join('')}${indent}</${name}>\n`;
}
