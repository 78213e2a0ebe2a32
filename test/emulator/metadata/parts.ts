import { randomBytes } from 'node:crypto';
import { OrgState } from '../state.ts';
import type { App, PartNames } from '../state.ts';
import { Problem, known, readValues } from './elements.ts';
import type { Place, Values } from './elements.ts';
import { judgeExecutionUser, partTypes } from './part-types.ts';
import type { PartType } from './part-types.ts';
import { escapeXml, rendered } from './xml.ts';

// The two views of one state: an app of the org, and the components that it is made of (docs/reference/external-client-apps.md §1, §2).

const partKeys: Record<Exclude<PartType, 'ExternalClientApplication'>, keyof PartNames> = {
  ExtlClntAppGlobalOauthSettings: 'global',
  ExtlClntAppOauthSettings: 'oauth',
  ExtlClntAppOauthConfigurablePolicies: 'oauthPolicy',
  ExtlClntAppConfigurablePolicies: 'policy',
  ExtlClntAppSamlConfigurablePolicies: 'saml',
  ExtlClntAppCanvasSettings: 'canvas',
};

/** The name that an app's component of a type has in the org; undefined if there is none. */
const partName = (app: App, type: PartType): string | undefined =>
  type === 'ExternalClientApplication' ? app.developerName : app.parts[partKeys[type]];

const isExternal = (app: App): boolean => app.kind === 'external-client-app';

/** The app that has the component. */
export const appWithPart = (apps: readonly App[], type: PartType, fullName: string): App | undefined =>
  apps.find((app) => isExternal(app) && partName(app, type) === fullName);

/** The names of all components of a type. */
export const partNames = (apps: readonly App[], type: PartType): string[] =>
  apps.filter(isExternal).flatMap((app) => partName(app, type) ?? []);

/** What stands in the file of a component, every element that the org has, in alphabetical order. */
export function partContent(app: App, type: PartType, place: Place): string {
  const other = app.otherMetadata[type] ?? {};
  return Object.entries(partTypes[type])
    .filter(([, elementType]) => known(elementType, place.version))
    .map(([name, { kind, bound, initial }]) => {
      if (name === 'consumerSecret' && !secretShown(place)) return '';
      if (kind === 'structure') return other[name] ?? '';
      const kept = other[name] ?? initial ?? (name === 'label' ? partName(app, type) : undefined);
      const value = name === 'externalClientApplication' ? app.developerName : bound ? bound.read(app, place) : kept;
      return value === undefined || value === '' ? '' : `    <${name}>${escapeXml(value)}</${name}>\n`;
    })
    .join('');
}

const secretShown = ({ draft }: Place): boolean =>
  draft.settings.get('ExternalClientApp')?.['enableConsumerSecretApiAccess'] === 'true';

/** Makes or changes a component in the draft. */
export function applyPart(type: PartType, fullName: string, root: Parameters<typeof readValues>[0], place: Place): App {
  const values = readValues(root, type, partTypes[type], place);
  const { app, made } =
    type === 'ExternalClientApplication' ? headerOf(fullName, place) : parentOf(type, fullName, values, place);
  if (type === 'ExtlClntAppGlobalOauthSettings') judgeGlobal(app, made, values, place);
  write(app, type, values, made || place.switches.omittedFieldsReset, place);
  if (type === 'ExtlClntAppOauthConfigurablePolicies') judgeExecutionUser(app, place);
  if (type === 'ExtlClntAppSamlConfigurablePolicies') judgeSamlPlugin(app);
  return app;
}

function write(app: App, type: PartType, values: Values, reset: boolean, place: Place): void {
  const other = (app.otherMetadata[type] ??= {});
  for (const [name, elementType] of Object.entries(partTypes[type])) {
    const value = values.get(name);
    const omitted = value === undefined;
    if (name === 'externalClientApplication' || (omitted && !reset && name !== 'certificate')) continue;
    if (elementType.bound) elementType.bound.write(app, typeof value === 'string' ? value : undefined, place);
    else if (omitted || value === elementType.initial) Reflect.deleteProperty(other, name);
    else other[name] = typeof value === 'string' ? value : value.map((one) => rendered(one, '    ')).join('');
  }
}

/** One name belongs to one app, of whichever kind. */
export const sameName = (name: string, apps: readonly App[]): App | undefined =>
  apps.find(({ developerName }) => developerName.toLowerCase() === name.toLowerCase());

/** Its words are a guess. */
export const nameTaken = ({ developerName }: App): Problem =>
  new Problem(`DUPLICATE_DEVELOPER_NAME: An app with this name already exists: ${developerName}`);

/** Keys are one of a kind. The words are a guess (docs/reference/external-client-apps.md §7 has only what a client looks for in them). */
export function judgeNewKey(key: string, app: App, apps: readonly App[]): void {
  if (apps.some((one) => one !== app && one.clientId === key)) throw new Problem('The consumer key is already in use.');
}

function headerOf(fullName: string, { draft, org }: Place): { app: App; made: boolean } {
  const same = sameName(fullName, draft.apps);
  if (same && isExternal(same)) return { app: same, made: false };
  if (same) throw nameTaken(same);
  const app = newApp(org, fullName);
  draft.apps.push(app);
  return { app, made: true };
}

function parentOf(
  type: keyof typeof partKeys,
  fullName: string,
  values: Values,
  { draft }: Place
): { app: App; made: boolean } {
  const parent = values.get('externalClientApplication');
  if (parent === undefined || parent === '') throw new Problem('Enter the name of the parent external client app');
  const app = draft.apps.find((one) => isExternal(one) && one.developerName === parent);
  if (!app) throw new Problem('INVALID_CROSS_REFERENCE_KEY: invalid cross reference id');
  const key = partKeys[type];
  const name = app.parts[key];
  if (name !== undefined && name !== fullName) {
    const field =
      type === 'ExtlClntAppOauthConfigurablePolicies' ? 'ExtlClntAppOauthSettingsId' : 'ExternalClientApplicationId';
    throw new Problem(`duplicate value found: ${field} duplicates value on ${name}`);
  }
  const other = appWithPart(draft.apps, type, fullName);
  if (other && other !== app) throw new Problem(`duplicate value found: DeveloperName duplicates value on ${fullName}`);
  if (type === 'ExtlClntAppOauthConfigurablePolicies' && app.parts.oauth === undefined) {
    throw new Problem('INVALID_CROSS_REFERENCE_KEY: invalid cross reference id');
  }
  app.parts[key] = fullName;
  return { app, made: name === undefined };
}

/** Global settings stand on OAuth settings and name a callback URL (§1.2), and their consumer key is chosen when they are made or never (§4, §7). */
function judgeGlobal(app: App, made: boolean, values: Values, { draft, switches }: Place): void {
  if (app.parts.oauth === undefined) {
    const lead = "The external client app configured in your global OAuth Settings doesn't have";
    throw new Problem(`${lead} a valid OAuth settings configuration.`);
  }
  // Its words are a guess.
  if (switches.callbackUrlRequired && !values.has('callbackUrl'))
    throw new Problem('Required field is missing: callbackUrl');
  const key = values.get('consumerKey');
  if (!made || typeof key !== 'string' || key === '') return;
  judgeNewKey(key, app, draft.apps);
  app.clientId = key;
}

/** Its words are a guess; the documentation has the rule (docs/reference/single-sign-on.md §3). */
function judgeSamlPlugin({ otherMetadata }: App): void {
  if (otherMetadata['ExtlClntAppConfigurablePolicies']?.['isSamlPluginEnabled'] === 'true') return;
  throw new Problem('Enable the SAML plugin of the external client app first.');
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => base62.charAt(byte % 62)).join('');

/** An app as the org makes it from a header: without OAuth, open to all, and with the policies of §2. */
export function newApp(org: OrgState, developerName: string, kind: App['kind'] = 'external-client-app'): App {
  const app = new OrgState().addApp({
    ...{ kind, clientId: `3MVG9${randomText(80)}`, name: developerName, developerName },
    ...{
      contactEmail: '',
      callbackUrls: [],
      scopes: [],
      permittedUsers: 'self-authorize',
      sessionTimeoutInMinutes: undefined,
    },
    flows: { clientCredentials: false },
    parts: { global: undefined, oauth: undefined, oauthPolicy: undefined, policy: undefined },
  });
  return { ...app, id: org.newId(kind === 'connected-app' ? '0H4' : '0xI') };
}

/** Gives an app the policies that nobody deployed; their content is what `newApp` has (§2). */
export function addAutomaticPolicies({ developerName, parts }: App, { switches }: Place): void {
  const asSetup = switches.automaticPolicyNames === 'setup';
  parts.policy ??= asSetup ? `${developerName}_plcy` : `${developerName}_defaultPolicy`;
  if (parts.oauth !== undefined) {
    parts.oauthPolicy ??= asSetup ? `${developerName}_oauthPlcy` : `${parts.oauth}_defaultPolicy`;
  }
}

/** Deletes a component: the header with all that hangs on it. False: there is none. */
export function removePart(type: PartType, fullName: string, { draft }: Place): boolean {
  const app = appWithPart(draft.apps, type, fullName);
  if (!app) return false;
  if (type === 'ExternalClientApplication') {
    draft.apps.splice(draft.apps.indexOf(app), 1);
    return true;
  }
  app.parts[partKeys[type]] = undefined;
  if (type === 'ExtlClntAppGlobalOauthSettings') app.certificate = undefined;
  Reflect.deleteProperty(app.otherMetadata, type);
  return true;
}
