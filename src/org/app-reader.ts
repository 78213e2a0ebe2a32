import { partTypes, type Part } from '../app/component.ts';
import type { FoundParts } from '../app/found.ts';
import {
  connectedExchange,
  connectedHeader,
  connectedOauth,
  connectedPolicy,
  connectedScopes,
  connectedState,
} from '../app/read-connected.ts';
import {
  externalExchange,
  externalHeader,
  externalOauth,
  externalPolicy,
  externalScopes,
  externalState,
  type Row,
} from '../app/read-external.ts';
import type {
  AppExchange,
  AppHeader,
  AppOauth,
  AppPolicy,
  AppScopes,
  AppState,
  Preauthorisation,
} from '../app/settings.ts';
import type { ConnectedAppPart } from '../app/xml.ts';
import { AppMetadata, hidesClientId, isOf, type Identified } from './app-metadata.ts';
import { appQueries } from './app-queries.ts';
import { once } from './once.ts';
import { readPreauthorisation } from './preauthorisation.ts';
import type { Answer, OrgSession, RestRefusal } from './session.ts';
import { soqlText } from './soql.ts';

/** Every app of the org, as far as this administrator sees them. */
export type Apps = {
  apps: AppHeader[];
  /** Why the external client apps can't be seen, where that is so. */
  hidden: RestRefusal | undefined;
  /** The same of connected apps. */
  hiddenConnected: RestRefusal | undefined;
};

/**
 * What an org says of its apps: queries first, a retrieve for what no query shows. A refusal by the org is an answer; only what is no
 * answer at all is thrown (docs/reference/external-client-apps.md §10).
 */
export class AppReader {
  readonly session: OrgSession;
  /** Every app of both kinds. */
  readonly apps: () => Promise<Answer<Apps>>;
  readonly #metadata: AppMetadata;
  readonly #exchange: boolean;

  /** @param options.exchange `exchange` will be asked, so that one retrieval should bring what it needs and `oauth` too */
  constructor(session: OrgSession, { exchange = false } = {}) {
    this.session = session;
    this.#exchange = exchange;
    this.#metadata = new AppMetadata(session);
    this.apps = once(() => this.#readApps());
  }

  async state(app: AppHeader): Promise<Answer<AppState | undefined>> {
    if (app.kind === 'connected-app') return this.#fromConnected(app, ({ fields }) => connectedState(fields));
    return this.#row(app, appQueries.state, externalState);
  }

  /** Undefined where the app has no OAuth settings. */
  async scopes(app: AppHeader): Promise<Answer<AppScopes | undefined>> {
    if (app.kind === 'external-client-app') return this.#row(app, appQueries.scopes, externalScopes);
    return this.#fromConnected(app, ({ fields }) =>
      connectedState(fields).oauth ? connectedScopes(fields) : undefined
    );
  }

  async policy(app: AppHeader): Promise<Answer<AppPolicy | undefined>> {
    if (app.kind === 'external-client-app') return this.#row(app, appQueries.policy, externalPolicy);
    const [row, metadata] = await Promise.all([
      this.session.query<Row>(`${appQueries.connectedPolicy} WHERE Id = ${soqlText(app.id)}`),
      this.#metadata.connected(app),
    ]);
    if ('refused' in row) return row;
    const fields = 'value' in metadata ? metadata.value?.fields : undefined;
    return { value: row.value[0] && connectedPolicy(row.value[0], fields) };
  }

  /** Undefined where the app has no such settings, or the org does not return them. */
  async oauth(app: AppHeader): Promise<Answer<AppOauth | undefined>> {
    if (app.kind === 'connected-app') return this.#fromConnected(app, ({ fields }) => connectedOauth(fields));
    const settings = await this.settings(app);
    return 'refused' in settings ? settings : { value: settings.value && externalOauth(settings.value) };
  }

  /** The same of an external client app as it was retrieved, from which a new deployment of this part alone starts. */
  async settings(app: AppHeader): Promise<Answer<Part | undefined>> {
    // Whoever came by the client id has read the settings of all apps.
    const identified = this.#whose && (await this.#whose());
    if (identified && 'value' in identified) {
      return { value: identified.value.find(({ kind, developerName }) => isOf(app, kind, developerName))?.settings };
    }
    const parts = this.#exchange
      ? await this.#metadata.oauthParts(app)
      : await this.#metadata.parts(app, ['ExtlClntAppGlobalOauthSettings']);
    return 'refused' in parts ? parts : { value: parts.value?.global };
  }

  /** Undefined where the org does not return the app. */
  async exchange(app: AppHeader): Promise<Answer<AppExchange | undefined>> {
    if (app.kind === 'connected-app') return this.#fromConnected(app, ({ fields }) => connectedExchange(fields));
    const parts = await this.#metadata.oauthParts(app);
    return 'refused' in parts
      ? parts
      : { value: parts.value && externalExchange(parts.value.oauth, parts.value.oauthPolicy) };
  }

  /** The metadata of an external client app, from which a new deployment starts. */
  async parts(app: AppHeader): Promise<Answer<FoundParts | undefined>> {
    return this.#metadata.parts(app, partTypes);
  }

  #whose: (() => Promise<Answer<Identified[]>>) | undefined;

  /** The app with this client id; no query shows it, so the metadata of every app is read. */
  async byClientId(clientId: string): Promise<Answer<AppHeader | undefined>> {
    this.#whose ??= once(() => this.#metadata.identified(this.apps()));
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
    const off = rows.filter((row) => externalState(row)?.oauth === false);
    const isOff = ({ id }: AppHeader): boolean => off.some((row) => row['ExternalClientApplicationId'] === id);
    return headers.value.apps.filter((app) => hidesClientId(app, identified.value, { isOff: isOff(app) }));
  }

  /** @throws UserUnknown where nobody has the username */
  async preauthorisation(app: AppHeader, username: string | undefined): Promise<Answer<Preauthorisation>> {
    return readPreauthorisation(this.session, app, username);
  }

  async #readApps(): Promise<Answer<Apps>> {
    const [external, connected] = await Promise.all([
      this.#anyQuery(appQueries.external),
      this.session.query<Row>(appQueries.connected),
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

  async #fromConnected<Value>(
    app: AppHeader,
    read: (part: ConnectedAppPart) => Value | undefined
  ): Promise<Answer<Value | undefined>> {
    const answer = await this.#metadata.connected(app);
    return 'refused' in answer ? answer : { value: answer.value && read(answer.value) };
  }
}
