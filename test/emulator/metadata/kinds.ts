import type { Permissions } from '../state.ts';
import { applyConnectedApp, connectedAppContent } from './connected-apps.ts';
import { Problem } from './elements.ts';
import type { Place } from './elements.ts';
import { addAutomaticPolicies, applyPart, appWithPart, partContent, partNames, removePart } from './parts.ts';
import type { PartType } from './part-types.ts';
import { settingsKind } from './settings.ts';
import { signOnKinds } from './sign-on-kinds.ts';
import { grants, knowsSsoPermission } from '../sso-permission.ts';
import type { Switches } from '../switches.ts';
import { profileNames, setExists, setNames } from './store.ts';
import type { Draft } from './store.ts';
import { userPermissions } from './user-permissions.ts';
import { rendered } from './xml.ts';
import type { Element } from './xml.ts';

/** What the Metadata API does with one type. */
export type Kind = {
  type: string;
  directory: string;
  suffix: string;
  idPrefix: string;
  /** Of the feature External Client Apps. */
  feature: boolean;
  /** First API version that knows the type; none: every version. */
  since?: number;
  /** What a deploy of it needs beside the permission for the Metadata API, and the words of the refusal, which are a guess. */
  permission?: { name: keyof Permissions; refusal: string };
  /** Why this user does not see the type, in the words of the org; undefined: the user does. */
  hidden?: (place: Place) => string | undefined;
  /** The root element of a file. */
  root: (fullName: string) => string;
  names: (place: Place) => string[];
  /** Inner XML of a component; undefined: there is none of that name. */
  content: (fullName: string, place: Place) => string | undefined;
  /** What stands in the file itself, where the XML stands in a file `-meta.xml` beside it. */
  file?: (fullName: string, place: Place) => string | undefined;
  /** Makes or changes one in the draft, or throws a Problem. */
  apply: (fullName: string, root: Element, place: Place) => void;
  /** Deletes one from the draft; false: there is none. */
  remove: (fullName: string, place: Place) => boolean;
  /** What the org adds once all that was deployed is in the draft. */
  complete?: (fullName: string, place: Place) => void;
};

const inner = (root: Element): string => root.children.map((one) => rendered(one, '    ')).join('');

/** A permission that the org does not have. */
function judgePermissions(content: string, draft: Draft, switches: Switches): void {
  if (grants(content, 'IsSsoEnabled') && !knowsSsoPermission(draft, switches)) {
    throw new Problem('Unknown user permission: IsSsoEnabled');
  }
}

const developer = {
  name: 'externalClientAppDeveloper',
  refusal: 'You need the permission to create, edit, and delete external client apps.',
} as const;
const admin = {
  name: 'externalClientAppAdmin',
  refusal: 'You need the permission to view all external client apps, view their settings, and edit their policies.',
} as const;

const part = (
  type: PartType,
  directory: string,
  suffix: string,
  idPrefix: string,
  { permission, since }: { permission: NonNullable<Kind['permission']>; since: number }
): Kind => ({
  ...{ type, directory, suffix, idPrefix, permission, since, feature: true, root: () => type },
  names: ({ draft }) => partNames(draft.apps, type),
  content: (fullName, place) => {
    const app = appWithPart(place.draft.apps, type, fullName);
    return app && partContent(app, type, place);
  },
  apply: (fullName, root, place) => {
    applyPart(type, fullName, root, place);
  },
  remove: (fullName, place) => removePart(type, fullName, place),
  complete: (fullName, place) => {
    const app = appWithPart(place.draft.apps, type, fullName);
    if (app) addAutomaticPolicies(app, place);
  },
});

const permissionSet: Kind = {
  ...{ type: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset', idPrefix: '0PS', feature: false },
  root: () => 'PermissionSet',
  names: ({ draft }) => setNames(draft),
  content: (name, { draft }) =>
    setExists(draft, name)
      ? (draft.permissionSets.get(name) ??
        `    <hasActivationRequired>false</hasActivationRequired>\n    <label>${name}</label>\n`)
      : undefined,
  apply: (name, root, { draft, switches }) => {
    if (!root.children.some((one) => one.name === 'label')) throw new Problem('Required field is missing: label');
    judgePermissions(inner(root), draft, switches);
    draft.setRights.set(name, userPermissions(root, switches));
    draft.setNames.add(name);
    draft.permissionSets.set(name, inner(root));
  },
  remove: (name, { draft }) => {
    if (!setExists(draft, name)) return false;
    draft.setNames.delete(name);
    draft.permissionSets.delete(name);
    draft.setRights.delete(name);
    for (const [id, names] of draft.assigned)
      draft.assigned.set(
        id,
        names.filter((one) => one !== name)
      );
    for (const app of draft.apps) app.permissionSets = app.permissionSets.filter((one) => one !== name);
    return true;
  },
};

const profile: Kind = {
  ...{ type: 'Profile', directory: 'profiles', suffix: 'profile', idPrefix: '00e', feature: false },
  root: () => 'Profile',
  names: ({ org }) => profileNames(org),
  content: (name, { org, draft }) =>
    profileNames(org).includes(name) ? (draft.profiles.get(name) ?? '    <custom>false</custom>\n') : undefined,
  apply: (name, root, { org, draft, switches }) => {
    // Its words are a guess.
    if (!profileNames(org).includes(name)) throw new Problem(`In field: fullName - no Profile named ${name} found`);
    judgePermissions(inner(root), draft, switches);
    draft.profiles.set(name, inner(root));
  },
  remove: () => false,
};

const connectedApp: Kind = {
  ...{ type: 'ConnectedApp', directory: 'connectedApps', suffix: 'connectedApp', idPrefix: '0H4', feature: false },
  root: () => 'ConnectedApp',
  names: ({ draft }) => draft.apps.filter(({ kind }) => kind === 'connected-app').map((app) => app.developerName),
  content: (name, place) => {
    const app = place.draft.apps.find((one) => one.kind === 'connected-app' && one.developerName === name);
    return app && connectedAppContent(app, place);
  },
  apply: (name, root, place) => {
    applyConnectedApp(name, root, place);
  },
  remove: (name, { draft }) => {
    const at = draft.apps.findIndex((one) => one.kind === 'connected-app' && one.developerName === name);
    if (at >= 0) draft.apps.splice(at, 1);
    return at >= 0;
  },
};

/** Every type, in the order in which a deploy takes them: what is named before what names it (docs/reference/external-client-apps.md §1.1). */
export const kinds: readonly Kind[] = [
  permissionSet,
  profile,
  ...signOnKinds,
  settingsKind,
  part('ExternalClientApplication', 'externalClientApps', 'eca', '0xI', { permission: developer, since: 59 }),
  part('ExtlClntAppOauthSettings', 'extlClntAppOauthSettings', 'ecaOauth', '0x8', { permission: developer, since: 59 }),
  part('ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets', 'ecaGlblOauth', '0x9', {
    permission: developer,
    since: 59,
  }),
  part('ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies', 'ecaOauthPlcy', '0xA', {
    permission: admin,
    since: 59,
  }),
  part('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy', '0xB', { permission: admin, since: 60 }),
  part('ExtlClntAppSamlConfigurablePolicies', 'extlClntAppSamlConfigurablePolicies', 'ecaSamlPlcy', '0xC', {
    permission: admin,
    since: 63,
  }),
  part('ExtlClntAppCanvasSettings', 'extlClntAppCanvasSettings', 'ecaCanvas', '0xD', {
    permission: developer,
    since: 66,
  }),
  connectedApp,
];

/** The type, if this org has it in this version. */
export const kindOf = (type: string, { org, version }: Pick<Place, 'org' | 'version'>): Kind | undefined =>
  kinds.find(
    (kind) => kind.type === type && (!kind.feature || org.facts.externalClientApps) && version >= (kind.since ?? 0)
  );

export const filePath = ({ directory, suffix }: Kind, fullName: string): string => `${directory}/${fullName}.${suffix}`;
