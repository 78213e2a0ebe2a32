import { partTypes, type Part, type PartType } from '../app/component.ts';
import { matchParts, type FoundParts } from '../app/found.ts';
import { usualPartNames } from '../app/part-names.ts';
import { connectedOauth } from '../app/read-connected.ts';
import { externalOauth } from '../app/read-external.ts';
import type { AppHeader, AppOauth } from '../app/settings.ts';
import { readConnectedApp, readPart, type ConnectedAppPart } from '../app/xml.ts';
import { listMetadata, retrieveMetadata, type MetadataComponent, type MetadataName } from './metadata.ts';
import { once } from './once.ts';
import type { Answer, OrgSession } from './session.ts';

const oauthTypes: readonly PartType[] = [
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
];

/** An app with its client id, from metadata; without OAuth it has none. */
export type Identified = {
  kind: AppHeader['kind'];
  developerName: string;
  oauth: AppOauth | undefined;
  /** The settings as they were retrieved, of an external client app. */
  settings?: Part;
};

/** What an org says of its apps by metadata: slower than queries, so each thing is asked for once (docs/reference/external-client-apps.md §2). */
export class AppMetadata {
  readonly #session: OrgSession;
  readonly #connectedApps = new Map<string, () => Promise<Answer<ConnectedAppPart | undefined>>>();
  readonly #ofOauth = new Map<string, () => Promise<Answer<FoundParts | undefined>>>();
  readonly #listed = new Map<string, () => Promise<Answer<MetadataName[]>>>();

  constructor(session: OrgSession) {
    this.#session = session;
  }

  /** The parts of an external client app; undefined where the app is not there. */
  async parts(app: AppHeader, types: readonly PartType[]): Promise<Answer<FoundParts | undefined>> {
    const header = { type: 'ExternalClientApplication' as const, fullName: app.developerName };
    const satellites = types.filter((type) => type !== header.type);
    const listed = await this.#names(satellites);
    if ('refused' in listed) return listed;
    const guesses = satellites.flatMap((type) => usualNames(app, type));
    const wanted = [header, ...listed.value, ...unlistedOf(guesses, listed.value)];
    const components = await retrieveMetadata(this.#session, wanted);
    if ('refused' in components) return components;
    const parts = await Promise.all(
      components.value.flatMap(({ type, fullName, xml }) => {
        const partType = partTypes.find((one) => one === type);
        return partType ? [readPart(partType, fullName, xml)] : [];
      })
    );
    return { value: matchParts(parts, { fullName: app.developerName }) };
  }

  /** All that metadata say of OAuth of an external client app, by one retrieval. */
  async oauthParts(app: AppHeader): Promise<Answer<FoundParts | undefined>> {
    const read = this.#ofOauth.get(app.id) ?? once(() => this.parts(app, oauthTypes));
    this.#ofOauth.set(app.id, read);
    return read();
  }

  /** A connected app as it stands in metadata; undefined where it can't be retrieved. */
  async connected({ developerName }: AppHeader): Promise<Answer<ConnectedAppPart | undefined>> {
    const read = this.#connectedApps.get(developerName) ?? once(() => this.#retrieveConnected(developerName));
    this.#connectedApps.set(developerName, read);
    return read();
  }

  /**
   * Every app with settings of OAuth, and its client id where the org returns it.
   *
   * @param apps what queries show, since a listing of metadata may lack some
   */
  async identified(apps: Promise<Answer<{ apps: AppHeader[] }>>): Promise<Answer<Identified[]>> {
    const type = 'ExtlClntAppGlobalOauthSettings';
    const [names, headers] = await Promise.all([this.#names([type, 'ConnectedApp']), apps]);
    if ('refused' in names) return names;
    const guesses = ('value' in headers ? headers.value.apps : [])
      .filter(({ kind }) => kind === 'external-client-app')
      .flatMap((app) => usualNames(app, type));
    const wanted = [...names.value, ...unlistedOf(guesses, names.value)];
    if (wanted.length === 0) return { value: [] };
    const components = await retrieveMetadata(this.#session, wanted);
    if ('refused' in components) return components;
    return { value: (await Promise.all(components.value.map(identify))).flatMap((one) => one ?? []) };
  }

  async #retrieveConnected(fullName: string): Promise<Answer<ConnectedAppPart | undefined>> {
    const answer = await retrieveMetadata(this.#session, [{ type: 'ConnectedApp', fullName }]);
    if ('refused' in answer) return answer;
    const [component] = answer.value;
    return { value: component && (await readConnectedApp(component.fullName, component.xml)) };
  }

  /** The names of all components of these types. A listing may lack some (§2), so names that an app would have are asked for besides. */
  async #names(types: readonly string[]): Promise<Answer<MetadataName[]>> {
    const key = types.join();
    const list = this.#listed.get(key) ?? once(() => listMetadata(this.#session, types));
    this.#listed.set(key, list);
    return list();
  }
}

/** Whether what metadata call by this name is the app. */
export const isOf = (app: AppHeader, kind: AppHeader['kind'], developerName: string): boolean =>
  app.kind === kind && sameName(app.developerName, developerName);

/** Whether an app may have a client id that its metadata do not show. @param isOff it is known to be without OAuth */
export function hidesClientId(
  app: AppHeader,
  identified: readonly Identified[],
  { isOff }: { isOff: boolean }
): boolean {
  const own = identified.find(({ kind, developerName }) => isOf(app, kind, developerName));
  if (own) return own.oauth !== undefined && own.oauth.clientId === undefined;
  return app.kind === 'external-client-app' && !isOff;
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const usualNames = ({ developerName }: AppHeader, type: PartType): MetadataName[] =>
  usualPartNames(type, developerName).map((fullName) => ({ type, fullName }));

const unlistedOf = (names: readonly MetadataName[], listed: readonly MetadataName[]): MetadataName[] =>
  names.filter(({ type, fullName }) => !listed.some((one) => one.type === type && sameName(one.fullName, fullName)));

async function identify({ type, fullName, xml }: MetadataComponent): Promise<Identified | undefined> {
  if (type === 'ConnectedApp') {
    const oauth = connectedOauth((await readConnectedApp(fullName, xml)).fields);
    return { kind: 'connected-app', developerName: fullName, oauth };
  }
  const part = await readPart('ExtlClntAppGlobalOauthSettings', fullName, xml);
  const parent = part.fields['externalClientApplication'];
  return typeof parent === 'string'
    ? { kind: 'external-client-app', developerName: parent, oauth: externalOauth(part), settings: part }
    : undefined;
}
