import {
  authProvider,
  connectedSignOn,
  externalCanvasApp,
  externalServiceProvider,
  samlProvider,
  type AuthProvider,
  type CanvasApp,
  type LoginPage,
  type OrgCertificate,
  type SamlProvider,
  type ServiceProvider,
} from '../app/sign-on.ts';
import { readComponent } from '../app/xml.ts';
import { retrieveShown, type MetadataComponent, type Retrieved } from './metadata.ts';
import { once } from './once.ts';
import { readUser } from './preauthorisation.ts';
import type { Answer, OrgSession } from './session.ts';

type Row = Readonly<Record<string, unknown>>;

/** The apps of an org, as far as single sign-on goes. */
export type SignOnApps = {
  serviceProviders: ServiceProvider[];
  canvasApps: CanvasApp[];
  openid: string[];
  /** Connected apps of this org with OAuth. */ oauth: string[];
};

const [samlType, connectedType] = ['SamlSsoConfig', 'ConnectedApp'];
const externalTypes = ['ExtlClntAppSamlConfigurablePolicies', 'ExtlClntAppCanvasSettings'] as const;

/** What an administrator sees of single sign-on. All metadata come by one retrieval (docs/reference/single-sign-on.md). */
export class SignOnReader {
  readonly session: OrgSession;
  /** SAML Single Sign-On Settings. */
  readonly samlProviders: () => Promise<Answer<SamlProvider[]>>;
  readonly apps: () => Promise<Answer<SignOnApps>>;
  /** Certificate and Key Management. */
  readonly certificates: () => Promise<Answer<OrgCertificate[]>>;

  constructor(session: OrgSession) {
    this.session = session;
    const types = [samlType, connectedType, ...externalTypes];
    const metadata = once(() =>
      retrieveShown(
        session,
        types.map((type) => ({ type, fullName: '*' }))
      )
    );
    this.samlProviders = once(async () => {
      const found = ofTypes(await metadata(), [samlType]);
      if ('refused' in found) return found;
      const read = async ({ type, fullName, xml }: MetadataComponent): Promise<SamlProvider> =>
        samlProvider(fullName, await readComponent(type, fullName, xml));
      return { value: await Promise.all(found.value.map(read)) };
    });
    this.apps = once(async () => {
      const found = ofTypes(await metadata(), [connectedType, ...externalTypes]);
      return 'refused' in found ? found : { value: joined(await Promise.all(found.value.map(readApp))) };
    });
    this.certificates = once(() => this.#readCertificates());
  }

  async authProviders(): Promise<Answer<AuthProvider[]>> {
    const plain =
      'FriendlyName, DeveloperName, ProviderType, IdTokenIssuer, AuthorizeUrl, TokenUrl, UserInfoUrl, OptionsIsPkceEnabled, ' +
      'OptionsSendAccessTokenInHeader, OptionsSendClientCredentialsInHeader';
    const rows = await this.session.query<Row>(
      `SELECT ${plain}, RegistrationHandler.Name, ExecutionUser.Username FROM AuthProvider`
    );
    return 'refused' in rows ? rows : { value: rows.value.map(authProvider) };
  }

  /** The login page of the My Domain, not those of sites; undefined where there is no such row. */
  async loginPage(): Promise<Answer<LoginPage | undefined>> {
    const rows = await this.session.query<Row>(
      'SELECT AuthOptionsUsernamePassword, AuthOptionsSaml, AuthOptionsAuthProvider, AuthOptionsCertificate FROM AuthConfig ' +
        "WHERE Type = 'Org' AND IsActive = TRUE"
    );
    if ('refused' in rows) return rows;
    const [row] = rows.value;
    return {
      value: row && {
        password: row['AuthOptionsUsernamePassword'] === true,
        saml: row['AuthOptionsSaml'] === true,
        authProviders: row['AuthOptionsAuthProvider'] === true,
        certificate: row['AuthOptionsCertificate'] === true,
      },
    };
  }

  /** Labels of the external client apps with the scope openid. */
  async openidClients(): Promise<Answer<string[]>> {
    const rows = await this.session.query<{ ExternalClientApplication?: { MasterLabel?: string } | null }>(
      'SELECT ExternalClientApplication.MasterLabel FROM ExtlClntAppOauthSettings WHERE OauthScopesOPENID = TRUE'
    );
    if ('refused' in rows) return rows;
    return { value: rows.value.flatMap((row) => row.ExternalClientApplication?.MasterLabel ?? []) };
  }

  /**
   * The profile and permission sets through which a user has "Is Single Sign-On Enabled"; undefined where the org has no such permission,
   * because delegated authentication is off.
   *
   * @throws UserUnknown where nobody in the org has the username
   */
  async ssoPermission(username: string): Promise<Answer<string[] | undefined>> {
    const [user, sets] = await Promise.all([
      readUser(this.session, username),
      this.session.query<{ Id: string; Label?: string; Profile?: { Name?: string } | null }>(
        'SELECT Id, Label, Profile.Name FROM PermissionSet WHERE PermissionsIsSsoEnabled = TRUE'
      ),
    ]);
    if ('refused' in user) return user;
    if ('refused' in sets) return sets.refused.errorCode === 'INVALID_FIELD' ? { value: undefined } : sets;
    const { profile, permissionSetIds } = user.value;
    const granting = sets.value.flatMap(({ Id, Label, Profile }) => {
      if (Profile?.Name !== undefined) return Profile.Name === profile ? [`profile ${Profile.Name}`] : [];
      return permissionSetIds.includes(Id) ? [`permission set ${Label ?? Id}`] : [];
    });
    return { value: granting };
  }

  async #readCertificates(): Promise<Answer<OrgCertificate[]>> {
    const rows = await this.session.query<{ Id: string; DeveloperName: string; ExpirationDate?: string | null }>(
      'SELECT Id, DeveloperName, ExpirationDate FROM Certificate',
      { tooling: true }
    );
    if ('refused' in rows) return rows;
    const certificates = rows.value.map(({ Id, DeveloperName, ExpirationDate }) => ({
      ...{ id: Id, name: DeveloperName },
      ends: ExpirationDate ?? undefined,
    }));
    return { value: certificates };
  }
}

/**
 * The components of some types. Where the org complains of one of them, that is a refusal, but for the types of external client apps in
 * an org that does not know these: it has none.
 */
function ofTypes(answer: Answer<Retrieved>, types: readonly string[]): Answer<MetadataComponent[]> {
  if ('refused' in answer) return answer;
  const { components, complaints } = answer.value;
  const complaint = complaints.find((text) => {
    const named = [samlType, connectedType, ...externalTypes].filter((type) => text.includes(type));
    const isAbsent =
      named.some((type) => externalTypes.some((one) => one === type)) && /unknown|not supported/i.test(text);
    return !isAbsent && (named.length === 0 || named.some((type) => types.includes(type)));
  });
  if (complaint !== undefined) {
    // The words of a missing permission are not documented (docs/reference/single-sign-on.md §9).
    const errorCode = /permission|access/i.test(complaint) ? 'INSUFFICIENT_ACCESS' : 'RETRIEVE_PROBLEM';
    return { refused: { status: 200, errorCode, message: complaint } };
  }
  return { value: components.filter(({ type }) => types.includes(type)) };
}

async function readApp({ type, fullName, xml }: MetadataComponent): Promise<SignOnApps> {
  const fields = await readComponent(type, fullName, xml);
  const none: SignOnApps = { serviceProviders: [], canvasApps: [], openid: [], oauth: [] };
  if (type === 'ExtlClntAppSamlConfigurablePolicies') {
    return { ...none, serviceProviders: [externalServiceProvider(fullName, fields)] };
  }
  if (type === 'ExtlClntAppCanvasSettings') return { ...none, canvasApps: [externalCanvasApp(fullName, fields)] };
  const { serviceProvider, canvas, openid, oauth } = connectedSignOn(fullName, fields);
  return {
    serviceProviders: serviceProvider ? [serviceProvider] : [],
    canvasApps: canvas ? [canvas] : [],
    openid: openid ? [fullName] : [],
    oauth: oauth ? [fullName] : [],
  };
}

const joined = (apps: readonly SignOnApps[]): SignOnApps => ({
  serviceProviders: apps.flatMap(({ serviceProviders }) => serviceProviders),
  canvasApps: apps.flatMap(({ canvasApps }) => canvasApps),
  openid: apps.flatMap(({ openid }) => openid),
  oauth: apps.flatMap(({ oauth }) => oauth),
});
