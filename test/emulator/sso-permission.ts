import { draftOf } from './metadata/store.ts';
import type { Draft } from './metadata/store.ts';
import { child, parseXml } from './metadata/xml.ts';
import type { OrgState, User } from './state.ts';
import type { Switches } from './switches.ts';

// "Is Single Sign-On Enabled" and delegated authentication (docs/reference/single-sign-on.md §7).

/** Single Sign-On Settings, "Disable login with Salesforce credentials". */
const delegates = (draft: Pick<Draft, 'settings'>): boolean =>
  draft.settings.get('Security')?.['singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled'] === 'true';

/** Whether the org knows the permission now: a switch. */
export const knowsSsoPermission = (draft: Draft, { ssoPermission }: Switches): boolean =>
  ssoPermission === 'always' || delegates(draft);

/** Whether the file of a profile or a permission set turns a permission of users on; `content` is inner XML. */
export function grants(content: string | undefined, permission: string): boolean {
  if (content === undefined) return false;
  return parseXml(`<file>${content}</file>`).children.some(
    (one) =>
      one.name === 'userPermissions' &&
      child(one, 'name')?.text === permission &&
      child(one, 'enabled')?.text === 'true'
  );
}

/** Whether a user's password goes to the delegated service, of which there is none here: no password is right then. */
export function isDelegated(org: OrgState, user: User): boolean {
  const draft = draftOf(org);
  if (!delegates(draft)) return false;
  const files = [
    draft.profiles.get(user.profile),
    ...org.permissionSetsOf(user).map((name) => draft.permissionSets.get(name)),
  ];
  return files.some((content) => grants(content, 'IsSsoEnabled'));
}
