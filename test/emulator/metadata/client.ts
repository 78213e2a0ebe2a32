import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AuthInfo, Connection, StateAggregator } from '@salesforce/core';
import {
  ComponentSet,
  DestructiveChangesType,
  MetadataApiDeploy,
  RegistryAccess,
  SourceComponent,
  VirtualTreeContainer,
} from '@salesforce/source-deploy-retrieve';
import type { DeployResult, FileResponse, MetadataApiDeployOptions } from '@salesforce/source-deploy-retrieve';
import JSZip from 'jszip';
import { example, trustInProcess } from '../index.ts';
import type { Emulator } from '../index.ts';
import { writeManifest } from './manifest.ts';
import { document } from './xml.ts';

/** Gives this process a HOME of its own, as sf's libraries write there, and trust in the org. Returns what undoes both. */
export function settleIn(emulator: Emulator): () => void {
  const home = mkdtempSync(join(tmpdir(), 'aquila-metadata-'));
  const mine = { HOME: home, USERPROFILE: home, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
  const before = Object.keys(mine).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, mine);
  StateAggregator.clearInstance();
  const distrust = trustInProcess(emulator.tlsCertificate);
  return () => {
    distrust();
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    StateAggregator.clearInstance();
    rmSync(home, { recursive: true, force: true });
  };
}

/** A connection of sf's libraries. */
export async function connect(
  emulator: Emulator,
  { username = example.admin, version = '66.0' }: { username?: string; version?: string } = {}
): Promise<Connection> {
  const { org, myDomainUrl } = emulator;
  const { accessToken } = emulator.login(username);
  const userId = org.user(username)!.id;
  const known = { isDevHub: false, namespacePrefix: null, isSandbox: false, isScratch: false };
  const urls = { loginUrl: myDomainUrl, instanceUrl: myDomainUrl };
  const options = { accessToken, username, orgId: org.id, userId, ...urls, ...known };
  await (await StateAggregator.getInstance()).orgs.remove(username);
  const connection = await Connection.create({
    authInfo: await AuthInfo.create({ username, accessTokenOptions: options }),
  });
  connection.setApiVersion(version);
  return connection;
}

const folders: Record<string, [folder: string, suffix: string]> = {
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
  ExtlClntAppConfigurablePolicies: ['extlClntAppPolicies', 'ecaPlcy'],
  ConnectedApp: ['connectedApps', 'connectedApp'],
  ExtlClntAppSamlConfigurablePolicies: ['extlClntAppSamlConfigurablePolicies', 'ecaSamlPlcy'],
  ExtlClntAppCanvasSettings: ['extlClntAppCanvasSettings', 'ecaCanvas'],
  SamlSsoConfig: ['samlssoconfigs', 'samlssoconfig'],
  AuthProvider: ['authproviders', 'authprovider'],
  PermissionSet: ['permissionsets', 'permissionset'],
  Profile: ['profiles', 'profile'],
  Settings: ['settings', 'settings'],
};

/** A component as a project has it; `content` is inner XML. */
export type Source = { type: string; fullName: string; content: string };

export const sourceFile = ({ type, fullName }: Source): { folder: string; name: string } => {
  const [folder, suffix] = folders[type]!;
  return { folder, name: `${fullName}.${suffix}-meta.xml` };
};

export const sourceXml = ({ type, fullName, content }: Source): string =>
  document(type === 'Settings' ? `${fullName}Settings` : type, content);

type ApiOptions = NonNullable<MetadataApiDeployOptions['apiOptions']>;
type Name = { type: string; fullName: string };

/** Files in memory that can be read as streams too. */
class Tree extends VirtualTreeContainer {
  override stream(path: string): Readable {
    return Readable.from([this.readFileSync(path)]);
  }
}

/** Deploys by source-deploy-retrieve and waits for the end. */
export async function deploy(
  connection: Connection,
  sources: readonly Source[],
  options: ApiOptions & { remove?: Name[] } = {}
): Promise<DeployResult> {
  const { remove = [], ...apiOptions } = options;
  const directories = [...new Set(sources.map((one) => sourceFile(one).folder))];
  const tree = new Tree([
    { dirPath: 'app', children: directories },
    ...directories.map((folder) => ({
      dirPath: join('app', folder),
      children: sources
        .filter((one) => sourceFile(one).folder === folder)
        .map((one) => ({ name: sourceFile(one).name, data: Buffer.from(sourceXml(one)) })),
    })),
  ]);
  // SDR deploys deletions only beside a component of a project.
  if (sources.length === 0) return remover(connection, remove, apiOptions);
  const components = ComponentSet.fromSource({ fsPaths: ['app'], tree });
  const registry = new RegistryAccess();
  for (const { type, fullName } of remove) {
    const deleted = new SourceComponent({ name: fullName, type: registry.getTypeByName(type) });
    components.add(deleted, DestructiveChangesType.POST);
  }
  const operation = await components.deploy({ usernameOrConnection: connection, apiOptions });
  return operation.pollStatus(10, 20);
}

async function remover(connection: Connection, names: readonly Name[], apiOptions: ApiOptions): Promise<DeployResult> {
  const types = names.map(({ type, fullName }) => ({ name: type, members: [fullName] }));
  const zip = new JSZip();
  zip.file('package.xml', writeManifest({ types: [], version: '66.0' }));
  zip.file('destructiveChanges.xml', writeManifest({ types, version: '66.0' }));
  const zipPath = join(homedir(), 'deletions.zip');
  writeFileSync(zipPath, await zip.generateAsync({ type: 'nodebuffer' }));
  const operation = new MetadataApiDeploy({ usernameOrConnection: connection, zipPath, apiOptions });
  await operation.start();
  return operation.pollStatus(10, 20);
}

/** What the org says of each component that it refused, as `Type Name: problem`. */
export const problems = ({ response }: DeployResult): string[] =>
  [response.details.componentFailures ?? []]
    .flat()
    .map(({ componentType, fullName, problem }) => `${componentType} ${fullName}: ${problem}`);

/** Retrieves by source-deploy-retrieve into a folder. */
export async function retrieve(
  connection: Connection,
  members: readonly Name[],
  output: string
): Promise<FileResponse[]> {
  const operation = await new ComponentSet([...members]).retrieve({ usernameOrConnection: connection, output });
  return (await operation.pollStatus(10, 20)).getFileResponses();
}

type Changes = Record<string, string | undefined>;

/** Inner XML of text elements, alphabetically. */
export const elements = (fields: Changes): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `    <${name}>${value}</${name}>\n`)
    .join('');

/** The components of docs/reference/external-client-apps.md §5, with changes by type. */
export function fiveParts(name: string, certificate: string, changes: Record<string, Changes> = {}): Source[] {
  const parts: Array<[type: string, fullName: string, fields: Changes]> = [
    [
      'ExternalClientApplication',
      name,
      {
        contactEmail: 'admin@example.com',
        description: 'Headless JWT access for Vendor.',
        distributionState: 'Local',
        isProtected: 'false',
        label: 'Vendor App',
      },
    ],
    [
      'ExtlClntAppGlobalOauthSettings',
      `${name}_glbloauth`,
      {
        callbackUrl: 'http://localhost:1717/OauthRedirect',
        certificate: certificate.trim(),
        consumerKey: 'c0ffee00c0ffee00c0ffee00c0ffee00',
        isClientCredentialsFlowEnabled: 'true',
        isCodeCredFlowEnabled: 'false',
        isCodeCredPostOnly: 'false',
        isConsumerSecretOptional: 'false',
        isDeviceFlowEnabled: 'false',
        isIntrospectAllTokens: 'false',
        isNamedUserJwtEnabled: 'false',
        isPkceRequired: 'true',
        isRefreshTokenRotationEnabled: 'false',
        isSecretRequiredForRefreshToken: 'true',
        isTokenExchangeEnabled: 'false',
        label: 'Vendor App Global OAuth',
        shouldRotateConsumerKey: 'false',
        shouldRotateConsumerSecret: 'false',
      },
    ],
    [
      'ExtlClntAppOauthSettings',
      `${name}_oauth`,
      {
        commaSeparatedOauthScopes: 'Api, Web, RefreshToken',
        isFirstPartyAppEnabled: 'false',
        label: 'Vendor App OAuth',
      },
    ],
    [
      'ExtlClntAppOauthConfigurablePolicies',
      `${name}_oauth_defaultPolicy`,
      {
        commaSeparatedPermissionSet: 'Vendor_App_Access',
        commaSeparatedProfile: 'System Administrator',
        ipRelaxationPolicyType: 'Enforce',
        isClientCredentialsFlowEnabled: 'false',
        isGuestCodeCredFlowEnabled: 'false',
        isTokenExchangeFlowEnabled: 'false',
        label: 'Vendor App OAuth policy',
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: '365',
        refreshTokenValidityUnit: 'Days',
        requiredSessionLevel: 'STANDARD',
        sessionTimeoutInMinutes: '5',
      },
    ],
    [
      'ExtlClntAppConfigurablePolicies',
      `${name}_defaultPolicy`,
      { isEnabled: 'true', isOauthPluginEnabled: 'true', label: 'Vendor App policy', startPage: 'None' },
    ],
  ];
  return parts.map(([type, fullName, fields]) => {
    const parent = type === 'ExternalClientApplication' ? {} : { externalClientApplication: name };
    return { type, fullName, content: elements({ ...fields, ...parent, ...changes[type] }) };
  });
}

export const permissionSet = (fullName: string): Source => ({
  ...{ type: 'PermissionSet', fullName },
  content: elements({ hasActivationRequired: 'false', label: fullName }),
});
