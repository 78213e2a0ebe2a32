import { partTypes, type PartType } from '../app/component.ts';
import { matchParts, type FoundParts } from '../app/found.ts';
import { usualPartNames } from '../app/part-names.ts';
import {
  connectedHeader,
  connectedOauth,
  connectedPolicy,
  connectedScopes,
  connectedState,
} from '../app/read-connected.ts';
import { externalHeader, externalOauth, externalPolicy, externalScopes, externalState } from '../app/read-external.ts';
import type { AppHeader, AppOauth, AppPolicy, AppScopes, AppState, Preauthorisation } from '../app/settings.ts';
import { readConnectedApp, readPart, type ConnectedAppPart } from '../app/xml.ts';
import { listMetadata, retrieveMetadata, type MetadataComponent, type MetadataName } from './metadata.ts';
import { once } from './once.ts';
import { readPreauthorisation } from './preauthorisation.ts';
import type { Answer, OrgSession, RestRefusal } from './session.ts';
import { soqlText } from './soql.ts';

type Row = Readonly<Record<string, unknown>>;

/** Every app of the org, as far as this administrator sees them. */
export type Apps = {
  apps: AppHeader[];
  /** Why the external client apps can't be seen, where that is so. */
  hidden: RestRefusal | undefined;
  /** The same of connected apps. */
  hiddenConnected: RestRefusal | undefined;
};

/** An app with its client id, from metadata; without OAuth it has none. */
type Identified = { kind: AppHeader['kind']; developerName: string; oauth: AppOauth | undefined };

/**
 * What an org says of its apps: queries first, a retrieve for what no query shows. A refusal by the org is an answer; only what is no
 * answer at all is thrown (docs/reference/external-client-apps.md §10).
 */
export class AppReader {
  readonly session: OrgSession;
  /** Every app of both kinds. */
  readonly apps: () => Promise<Answer<Apps>>;

  constructor(session: OrgSession) {
    this.session = session;
    this.apps = once(() => this.#readApps());
  }

  async state(app: AppHeader): Promise<Answer<AppState | undefined>> {
    if (app.kind === 'connected-app') return this.#fromConnected(app, ({ fields }) => connectedState(fields));
    return this.#row(app, 'SELECT IsEnabled, OauthPluginStatus FROM ExtlClntAppPlcyCnfg', externalState);
  }

  /** Undefined where the app has no OAuth settings. */
  async scopes(app: AppHeader): Promise<Answer<AppScopes | undefined>> {
    if (app.kind === 'connected-app') {
      return this.#fromConnected(app, ({ fields }) =>
        connectedState(fields).oauth ? connectedScopes(fields) : undefined
      );
    }
    const columns = ['API', 'WEB', 'FULL', 'REFRESH_TOKEN', 'OFFLINE_ACCESS'].map((name) => `OauthScopes${name}`);
    return this.#row(app, `SELECT ${columns.join(', ')} FROM ExtlClntAppOauthSettings`, externalScopes);
  }

  async policy(app: AppHeader): Promise<Answer<AppPolicy | undefined>> {
    if (app.kind === 'external-client-app') return this.#row(app, policyQuery, externalPolicy);
    const [row, metadata] = await Promise.all([
      this.session.query<Row>(`${connectedPolicyQuery} WHERE Id = ${soqlText(app.id)}`),
      this.#connected(app),
    ]);
    if ('refused' in row) return row;
    const fields = 'value' in metadata ? metadata.value?.fields : undefined;
    return { value: row.value[0] && connectedPolicy(row.value[0], fields) };
  }

  /** Undefined where the app has no such settings, or the org does not return them. */
  async oauth(app: AppHeader): Promise<Answer<AppOauth | undefined>> {
    if (app.kind === 'connected-app') return this.#fromConnected(app, ({ fields }) => connectedOauth(fields));
    // Whoever came by the client id has read the settings of all apps.
    const identified = this.#whose && (await this.#whose());
    if (identified && 'value' in identified) {
      return { value: identified.value.find(({ kind, developerName }) => isOf(app, kind, developerName))?.oauth };
    }
    const parts = await this.#parts(app, ['ExtlClntAppGlobalOauthSettings']);
    return 'refused' in parts ? parts : { value: parts.value?.global && externalOauth(parts.value.global) };
  }

  /** The metadata of an external client app, from which a new deployment starts. */
  async parts(app: AppHeader): Promise<Answer<FoundParts | undefined>> {
    return this.#parts(app, partTypes);
  }

  #whose: (() => Promise<Answer<Identified[]>>) | undefined;

  /** The app with this client id; no query shows it, so the metadata of every app is read. */
  async byClientId(clientId: string): Promise<Answer<AppHeader | undefined>> {
    this.#whose ??= once(() => this.#identified());
    const [headers, identified] = await Promise.all([this.apps(), this.#whose()]);
    if ('refused' in headers) return headers;
    if ('refused' in identified) return identified;
    const owner = identified.value.find(({ oauth }) => oauth?.clientId === clientId);
    return { value: headers.value.apps.find((app) => owner && isOf(app, owner.kind, owner.developerName)) };
  }

  /**
   * After `byClientId`: the apps that may have a client id which metadata do not show. A connected app that is not listed is most likely
   * one of another org, which nearly every org has: it does not count.
   */
  async unidentified(): Promise<AppHeader[]> {
    const [headers, identified, states] = await Promise.all([
      this.apps(),
      this.#whose?.(),
      this.#anyQuery('SELECT ExternalClientApplicationId, IsEnabled, OauthPluginStatus FROM ExtlClntAppPlcyCnfg'),
    ]);
    if ('refused' in headers || !identified || 'refused' in identified) return [];
    const rows = 'value' in states ? states.value : [];
    const withoutOauth = rows.filter((row) => externalState(row)?.oauth === false);
    return headers.value.apps.filter((app) => {
      const own = identified.value.find(({ kind, developerName }) => isOf(app, kind, developerName));
      if (own) return own.oauth !== undefined && own.oauth.clientId === undefined;
      const isOff = withoutOauth.some((row) => row['ExternalClientApplicationId'] === app.id);
      return app.kind === 'external-client-app' && !isOff;
    });
  }

  /** @throws UserUnknown where nobody has the username */
  async preauthorisation(app: AppHeader, username: string | undefined): Promise<Answer<Preauthorisation>> {
    return readPreauthorisation(this.session, app, username);
  }

  async #readApps(): Promise<Answer<Apps>> {
    const [external, connected] = await Promise.all([
      this.#anyQuery('SELECT Id, DeveloperName, MasterLabel, ContactEmail, Description FROM ExternalClientApplication'),
      this.session.query<Row>('SELECT Id, Name, DeveloperName, ContactEmail FROM ConnectedApplication'),
    ]);
    if ('refused' in external && 'refused' in connected) return external;
    const rows = <Value>(answer: Answer<Value[]>): Value[] => ('value' in answer ? answer.value : []);
    return {
      value: {
        apps: [
          ...rows(external).flatMap((row) => externalHeader(row) ?? []),
          ...rows(connected).flatMap((row) => connectedHeader(row) ?? []),
        ],
        hidden: 'refused' in external ? external.refused : undefined,
        hiddenConnected: 'refused' in connected ? connected.refused : undefined,
      },
    };
  }

  /** Where the objects of external client apps can be asked for is not documented: the REST API first, then Tooling (§10.1). */
  async #anyQuery(soql: string): Promise<Answer<Row[]>> {
    const rest = await this.session.query<Row>(soql);
    if (!('refused' in rest) || rest.refused.errorCode !== 'INVALID_TYPE') return rest;
    const tooling = await this.session.query<Row>(soql, { tooling: true });
    return 'refused' in tooling ? rest : tooling;
  }

  async #row<Value>(
    { id }: AppHeader,
    soql: string,
    read: (row: Row) => Value | undefined
  ): Promise<Answer<Value | undefined>> {
    const answer = await this.#anyQuery(`${soql} WHERE ExternalClientApplicationId = ${soqlText(id)}`);
    return 'refused' in answer ? answer : { value: answer.value[0] && read(answer.value[0]) };
  }

  readonly #listed = new Map<string, () => Promise<Answer<MetadataName[]>>>();

  /** The names of all components of these types. A listing may lack some (§2), so names that an app would have are asked for besides. */
  async #names(types: readonly string[]): Promise<Answer<MetadataName[]>> {
    const key = types.join();
    const list = this.#listed.get(key) ?? once(() => listMetadata(this.session, types));
    this.#listed.set(key, list);
    return list();
  }

  async #parts(app: AppHeader, types: readonly PartType[]): Promise<Answer<FoundParts | undefined>> {
    const header = { type: 'ExternalClientApplication' as const, fullName: app.developerName };
    const satellites = types.filter((type) => type !== header.type);
    const listed = await this.#names(satellites);
    if ('refused' in listed) return listed;
    const guesses = satellites.flatMap((type) => usualNames(app, type));
    const wanted = [header, ...listed.value, ...unlistedOf(guesses, listed.value)];
    const components = await retrieveMetadata(this.session, wanted);
    if ('refused' in components) return components;
    const parts = await Promise.all(
      components.value.flatMap(({ type, fullName, xml }) => {
        const partType = partTypes.find((one) => one === type);
        return partType ? [readPart(partType, fullName, xml)] : [];
      })
    );
    return { value: matchParts(parts, { fullName: app.developerName }) };
  }

  readonly #connectedApps = new Map<string, () => Promise<Answer<ConnectedAppPart | undefined>>>();

  async #connected({ developerName }: AppHeader): Promise<Answer<ConnectedAppPart | undefined>> {
    const read = this.#connectedApps.get(developerName) ?? once(() => this.#retrieveConnected(developerName));
    this.#connectedApps.set(developerName, read);
    return read();
  }

  async #retrieveConnected(fullName: string): Promise<Answer<ConnectedAppPart | undefined>> {
    const answer = await retrieveMetadata(this.session, [{ type: 'ConnectedApp', fullName }]);
    if ('refused' in answer) return answer;
    const [component] = answer.value;
    return { value: component && (await readConnectedApp(component.fullName, component.xml)) };
  }

  async #fromConnected<Value>(
    app: AppHeader,
    read: (part: ConnectedAppPart) => Value | undefined
  ): Promise<Answer<Value | undefined>> {
    const answer = await this.#connected(app);
    return 'refused' in answer ? answer : { value: answer.value && read(answer.value) };
  }

  async #identified(): Promise<Answer<Identified[]>> {
    const type = 'ExtlClntAppGlobalOauthSettings';
    const [names, headers] = await Promise.all([this.#names([type, 'ConnectedApp']), this.apps()]);
    if ('refused' in names) return names;
    const guesses = ('value' in headers ? headers.value.apps : [])
      .filter(({ kind }) => kind === 'external-client-app')
      .flatMap((app) => usualNames(app, type));
    const wanted = [...names.value, ...unlistedOf(guesses, names.value)];
    if (wanted.length === 0) return { value: [] };
    const components = await retrieveMetadata(this.session, wanted);
    if ('refused' in components) return components;
    return { value: (await Promise.all(components.value.map(identify))).flatMap((one) => one ?? []) };
  }
}

const usualNames = ({ developerName }: AppHeader, type: PartType): MetadataName[] =>
  usualPartNames(type, developerName).map((fullName) => ({ type, fullName }));

const unlistedOf = (names: readonly MetadataName[], listed: readonly MetadataName[]): MetadataName[] =>
  names.filter(({ type, fullName }) => !listed.some((one) => one.type === type && sameName(one.fullName, fullName)));

const policyQuery =
  'SELECT PermittedUsersPolicyType, RefreshTokenPolicyType, RefreshTokenValidityPeriod, RefreshTokenValidityUnit, SessionTimeoutInMinutes, ' +
  'NamedUserJwtSessionTimeoutType, NamedUserJwtTimeout, IsClientCredentialsFlowEnabled, ClientCredentialsFlowUser, IpRelaxationPolicyType FROM ExtlClntAppOauthPlcyCnfg';

const connectedPolicyQuery =
  'SELECT Id, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod, SessionTimeout FROM ConnectedApplication';

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isOf = (app: AppHeader, kind: AppHeader['kind'], developerName: string): boolean =>
  app.kind === kind && sameName(app.developerName, developerName);

async function identify({ type, fullName, xml }: MetadataComponent): Promise<Identified | undefined> {
  if (type === 'ConnectedApp') {
    const oauth = connectedOauth((await readConnectedApp(fullName, xml)).fields);
    return { kind: 'connected-app', developerName: fullName, oauth };
  }
  const part = await readPart('ExtlClntAppGlobalOauthSettings', fullName, xml);
  const parent = part.fields['externalClientApplication'];
  return typeof parent === 'string'
    ? { kind: 'external-client-app', developerName: parent, oauth: externalOauth(part) }
    : undefined;
}
