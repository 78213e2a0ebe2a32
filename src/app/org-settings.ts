import type { Fields } from './component.ts';
import { isTrue, textOf } from './words.ts';

/**
 * The members of the metadata type `Settings` that speak of OAuth (docs/reference/external-client-apps.md §11) and of single sign-on
 * (docs/reference/single-sign-on.md §1).
 */
export const settingsMembers = [
  ...(['OauthOidc', 'ConnectedApp', 'ExternalClientApp'] as const),
  ...(['MyDomain', 'Security', 'IdentityProvider'] as const),
];
export type SettingsMember = (typeof settingsMembers)[number];

/** What was retrieved of them; one that the org did not return is left out. */
export type OrgSettings = Partial<Record<SettingsMember, Fields>>;

/** What the settings of the org say of all apps. Undefined: the org returns no such element. */
export type OrgOauth = {
  usernamePasswordBlocked: boolean | undefined;
  userAgentBlocked: boolean | undefined;
  /** For every app that uses the web server flow or another one with an authorization code. */
  pkceRequired: boolean | undefined;
  /** Authorization code and credentials: a login page of one's own that sends username and password. */
  codeCredentials: boolean | undefined;
  /** API Access Control: only apps that an administrator has approved reach the API. */
  adminApprovedAppsOnly: boolean | undefined;
};

/** One element of these settings, as messages and files name it. */
export type OrgSetting = { member: SettingsMember; element: string };

/** Where each of them stands. */
export const orgSettings = {
  usernamePasswordBlocked: { member: 'OauthOidc', element: 'blockOAuthUnPwFlow' },
  userAgentBlocked: { member: 'OauthOidc', element: 'blockOAuthUsrAgtFlow' },
  pkceRequired: { member: 'OauthOidc', element: 'isPkceRequired' },
  codeCredentials: { member: 'OauthOidc', element: 'oAuthCdCrdtFlowEnable' },
  adminApprovedAppsOnly: { member: 'ConnectedApp', element: 'enableAdminApprovedAppsOnly' },
} as const satisfies Record<keyof OrgOauth, OrgSetting>;

export function orgOauth(settings: OrgSettings): OrgOauth {
  const valueOf = ({ member, element }: OrgSetting): boolean | undefined =>
    textOf(settings[member], element) === undefined ? undefined : isTrue(settings[member], element);
  return {
    usernamePasswordBlocked: valueOf(orgSettings.usernamePasswordBlocked),
    userAgentBlocked: valueOf(orgSettings.userAgentBlocked),
    pkceRequired: valueOf(orgSettings.pkceRequired),
    codeCredentials: valueOf(orgSettings.codeCredentials),
    adminApprovedAppsOnly: valueOf(orgSettings.adminApprovedAppsOnly),
  };
}

/** What is to be done to one element so that a flow or a way of signing on is closed. */
export type Closing = OrgSetting & { to: 'true' | 'false' };

/** As findings name it for machines: `OauthOidc.blockOAuthUnPwFlow=true`. */
export const closingText = ({ member, element, to }: Closing): string => `${member}.${element}=${to}`;

/** The other way round; undefined where the text is of another form. */
export function closingOf(text: string): Closing | undefined {
  const [, name, element, to] = /^(\w+)\.(\w+)=(true|false)$/.exec(text) ?? [];
  const member = settingsMembers.find((one) => one === name);
  return member && element !== undefined && to !== undefined ? { member, element, to: to as Closing['to'] } : undefined;
}
