import { Problem } from './elements.ts';
import type { Place } from './elements.ts';
import type { Kind } from './kinds.ts';
import type { Draft } from './store.ts';
import { escapeXml, metadataNamespace } from './xml.ts';
import type { Element } from './xml.ts';

type Setting = {
  kind: 'boolean' | 'text';
  /** What the org has where nothing was deployed, or always where it is not kept among the settings; undefined: the element is left out. */
  read?: (place: Place) => string | undefined;
  /** Shown, and in a deploy ignored. */
  readOnly?: boolean;
  required?: boolean;
};

type Member = {
  /** First API version that knows it. */
  since: number;
  /** By element; `outer.inner` for one that stands in another. Alphabetical. */
  settings: Record<string, Setting>;
  /** What a deploy changes beside the settings, or a Problem. */
  judge?: (values: Record<string, string>, draft: Draft) => void;
};

const flags = (names: string): Record<string, Setting> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { kind: 'boolean' }]));

/** Names of the timeouts that the settings Security know, by minutes. */
const timeouts: Readonly<Record<number, string>> = {
  15: 'FifteenMinutes',
  30: 'ThirtyMinutes',
  60: 'SixtyMinutes',
  120: 'TwoHours',
  240: 'FourHours',
  480: 'EightHours',
  720: 'TwelveHours',
  1440: 'TwentyFourHours',
};

const samlLogin = 'singleSignOnSettings.enableSamlLogin';

/** The members that are here, with the elements that anything here reads (docs/reference/external-client-apps.md §11, single-sign-on.md). */
const members: Record<string, Member> = {
  ConnectedApp: {
    since: 0,
    settings: flags(
      'enableAdminApprovedAppsOnly enableAdminApprovedAppsOnlyForExternalUser enableSkipUserProvisioningWizardWelcomePage'
    ),
  },
  ExternalClientApp: {
    since: 0,
    settings: flags('enableClientSecretInRestApiAccess enableConsumerSecretApiAccess enablePackageEcaOauthFromDevOrg'),
  },
  IdentityProvider: {
    since: 57,
    settings: {
      certificateName: { kind: 'text', required: true },
      enableIdentityProvider: { kind: 'boolean', required: true },
    },
    judge: ({ certificateName = '' }, { certificates }) => {
      if (certificates.some(({ developerName }) => developerName === certificateName)) return;
      // Its words are a guess.
      throw new Problem(`In field: certificateName - no Certificate named ${certificateName} found`);
    },
  },
  MyDomain: {
    since: 47,
    settings: {
      ...flags('canOnlyLoginWithMyDomainUrl doesApiLoginRequireOrgDomain'),
      myDomainName: { kind: 'text', readOnly: true, read: ({ org }) => org.facts.name.toLowerCase() },
    },
  },
  OauthOidc: {
    since: 0,
    settings: flags('blockOAuthUnPwFlow blockOAuthUsrAgtFlow isPkceRequired oAuthCdCrdtFlowEnable'),
  },
  Security: {
    since: 0,
    settings: {
      'sessionSettings.sessionTimeout': {
        ...{ kind: 'text', readOnly: true },
        read: ({ org }) => timeouts[org.facts.sessionTimeoutInMinutes],
      },
      'singleSignOnSettings.enableForceDelegatedCallout': { kind: 'boolean' },
      'singleSignOnSettings.enableMultipleSamlConfigs': { kind: 'boolean', read: () => 'true' },
      'singleSignOnSettings.enableSamlJitProvisioning': { kind: 'boolean' },
      [samlLogin]: { kind: 'boolean', read: ({ draft }) => String(draft.samlConfigs.some(({ enabled }) => enabled)) },
      'singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled': { kind: 'boolean' },
    },
    judge: ({ [samlLogin]: enabled }, { samlConfigs }) => {
      if (enabled === 'false') for (const config of samlConfigs) config.enabled = false;
    },
  },
};

/** What the org has of a setting; undefined where it shows nothing. */
function valueOf(member: string, name: string, place: Place): string | undefined {
  const { kind, read, readOnly } = members[member]!.settings[name]!;
  const kept = readOnly ? undefined : place.draft.settings.get(member)?.[name];
  return kept ?? read?.(place) ?? (kind === 'boolean' ? 'false' : undefined);
}

const indented = (lines: string): string => lines.replace(/^/gm, '    ').replace(/ {4}$/, '');

function content(member: string, place: Place): string {
  const groups = new Map<string, string>();
  for (const path of Object.keys(members[member]!.settings)) {
    const [name = '', inner] = path.split('.');
    const value = valueOf(member, path, place);
    const element = value === undefined ? '' : `    <${inner ?? name}>${escapeXml(value)}</${inner ?? name}>\n`;
    groups.set(name, (groups.get(name) ?? '') + element);
  }
  return [...groups]
    .map(([name, lines]) =>
      name in members[member]!.settings ? lines : `    <${name}>\n${indented(lines)}    </${name}>\n`
    )
    .join('');
}

/** What a file gives, by path. */
function read(member: string, root: Element, outer = ''): Record<string, string> {
  const { settings } = members[member]!;
  return Object.assign(
    {},
    ...root.children.map((element): Record<string, string> => {
      const path = outer + element.name;
      const setting = settings[path];
      if (!setting && Object.keys(settings).some((one) => one.startsWith(`${path}.`))) {
        return read(member, element, `${path}.`);
      }
      if (!setting) {
        const where = `{${metadataNamespace}}${element.name} invalid at this location in type ${member}Settings`;
        throw new Problem(`Error parsing file: Element ${where}`);
      }
      if (setting.kind === 'boolean' && !/^(true|false)$/.test(element.text)) {
        throw new Problem(`'${element.text}' is not a valid value for the type xsd:boolean`);
      }
      return setting.readOnly ? {} : { [path]: element.text };
    })
  ) as Record<string, string>;
}

const knows = (member: string, version: number): boolean => version >= (members[member]?.since ?? Infinity);

export const settingsKind: Kind = {
  ...{ type: 'Settings', directory: 'settings', suffix: 'settings', idPrefix: '000', feature: false },
  root: (member) => `${member}Settings`,
  names: ({ version }) => Object.keys(members).filter((member) => knows(member, version)),
  content: (member, place) => (knows(member, place.version) ? content(member, place) : undefined),
  apply: (member, root, { draft, version, switches }) => {
    if (!knows(member, version)) throw new Problem(`Unknown settings: ${member}`);
    const given = read(member, root);
    const { settings, judge } = members[member]!;
    for (const [name, { required }] of Object.entries(settings)) {
      if (required && given[name] === undefined) throw new Problem(`Required field is missing: ${name}`);
    }
    judge?.(given, draft);
    draft.settings.set(
      member,
      switches.omittedSettings === 'reset' ? given : { ...draft.settings.get(member), ...given }
    );
  },
  remove: () => false,
};
