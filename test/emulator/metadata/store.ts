import type { SamlConfig } from '../saml-configs.ts';
import type { AuthProvider, OrgCertificate } from '../sign-on.ts';
import type { App, OrgState, Permissions } from '../state.ts';

/** What the Metadata API knows of an org beside its state: the files of what it keeps as XML only. */
export type Files = {
  /** Inner XML of deployed permission sets, by name. */
  permissionSets: Map<string, string>;
  /** Inner XML of deployed profiles, by name. */
  profiles: Map<string, string>;
  /** Elements of `Settings` by member, such as OauthOidc. */
  settings: Map<string, Record<string, string>>;
};

/** What a deploy changes: a deep copy of the org, which is the org once the deploy has succeeded. */
export type Draft = Files & {
  apps: App[];
  samlConfigs: SamlConfig[];
  certificates: OrgCertificate[];
  authProviders: AuthProvider[];
  /** Names of permission sets that exist although nobody has them yet. */
  setNames: Set<string>;
  /** What deployed permission sets let their users do. */
  setRights: Map<string, Array<keyof Permissions>>;
  /** Permission sets that each user has, by user id. */
  assigned: Map<string, string[]>;
};

/** The element of the settings ExternalClientApp that the state of the org has too. */
const secretToggle = 'enableClientSecretInRestApiAccess';

const files = new WeakMap<OrgState, Files>();

function filesOf(org: OrgState): Files {
  const known = files.get(org);
  if (known) return known;
  const none: Files = { permissionSets: new Map(), profiles: new Map(), settings: new Map() };
  files.set(org, none);
  return none;
}

export function draftOf(org: OrgState): Draft {
  const draft = structuredClone({
    ...filesOf(org),
    apps: org.apps,
    samlConfigs: org.samlConfigs,
    certificates: org.certificates,
    authProviders: org.authProviders,
    setNames: org.permissionSets,
    setRights: org.permissionSetRights,
    assigned: new Map(org.users.map(({ id, permissionSets }) => [id, permissionSets])),
  });
  const { clientSecretInRestApi } = org.facts;
  const kept = draft.settings.get('ExternalClientApp');
  draft.settings.set('ExternalClientApp', { ...kept, [secretToggle]: String(clientSecretInRestApi) });
  return draft;
}

/** Makes a draft the state of the org. Apps that are in both stay the objects that tokens point to; tokens of the others end. */
export function commit(org: OrgState, draft: Draft, now: number): void {
  for (const app of [...org.apps]) {
    if (draft.apps.some(({ id }) => id === app.id)) continue;
    org.removeApp(app.clientId);
    for (const token of [...org.tokens, ...org.refreshTokens]) if (token.app === app) token.revoked = true;
  }
  for (const changed of structuredClone(draft.apps)) {
    const app = org.apps.find(({ id }) => id === changed.id);
    if (!app) {
      org.apps.push({ ...changed, changedAt: now });
    } else if (fingerprint(app) !== fingerprint(changed)) {
      if (app.certificate !== changed.certificate) {
        const former = org.formerCertificates.get(app.id) ?? [];
        org.formerCertificates.set(app.id, [...former, { pem: app.certificate, replacedAt: now }]);
      }
      Object.assign(app, changed, { changedAt: now });
    }
  }
  replaceRows(org.samlConfigs, draft.samlConfigs);
  replaceRows(org.certificates, draft.certificates);
  replaceRows(org.authProviders, draft.authProviders);
  org.permissionSets.clear();
  for (const name of draft.setNames) org.permissionSets.add(name);
  org.permissionSetRights.clear();
  for (const [name, rights] of draft.setRights) org.permissionSetRights.set(name, [...rights]);
  for (const user of org.users) user.permissionSets = [...(draft.assigned.get(user.id) ?? user.permissionSets)];
  const { permissionSets, profiles, settings } = structuredClone(draft);
  files.set(org, { permissionSets, profiles, settings });
  const secret = settings.get('ExternalClientApp')?.[secretToggle];
  if (secret !== undefined) org.facts.clientSecretInRestApi = secret === 'true';
}

/** Makes the first list the second; rows that are in both stay the objects that a test may hold. */
function replaceRows<Row extends { id: string }>(rows: Row[], next: readonly Row[]): void {
  const kept = structuredClone(next).map((one) => Object.assign(rows.find(({ id }) => id === one.id) ?? one, one));
  rows.splice(0, Infinity, ...kept);
}

/** Settings as if they had been deployed; an element within another is `outer.inner`. */
export function changeSettings(org: OrgState, member: string, values: Record<string, string>): void {
  const { settings } = filesOf(org);
  settings.set(member, { ...settings.get(member), ...values });
}

/** A permission set as if it had been deployed; `content` is inner XML. */
export function changePermissionSet(org: OrgState, name: string, content: string): void {
  org.permissionSets.add(name);
  filesOf(org).permissionSets.set(name, content);
}

/** The same for a profile. */
export function changeProfile(org: OrgState, name: string, content: string): void {
  org.profiles.add(name);
  filesOf(org).profiles.set(name, content);
}

/** Equal for apps without a difference but the time of the last change. */
const fingerprint = (app: App): string => JSON.stringify({ ...app, approvals: [...app.approvals], changedAt: 0 });

export const setExists = (draft: Draft, name: string): boolean =>
  draft.setNames.has(name) || [...draft.assigned.values()].some((names) => names.includes(name));

/** Every permission set by name, sorted. */
export const setNames = (draft: Draft): string[] =>
  [...new Set([...draft.setNames, ...[...draft.assigned.values()].flat()])].sort();

export const profileNames = (org: OrgState): string[] =>
  [...new Set([...org.profiles, ...org.users.map(({ profile }) => profile)])].sort();
