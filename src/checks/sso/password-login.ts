import type { DelegatedAuthentication } from '../sso-facts.ts';
import { notShown, type Remark } from './remarks.ts';

/** Where Setup has the switch that takes passwords away from those who have the permission. */
export const delegatedPlace =
  'Single Sign-On Settings > Delegated Authentication > Disable login with Salesforce credentials';

/** How the permission gets to the integration user. */
export const givePermission =
  'Setup > Permission Sets > New > System Permissions > Is Single Sign-On Enabled; then assign it to <username>, and never to the last ' +
  'administrator without another way in\nThat JWT bearer stays as it is, Salesforce does not say; so try it afterwards: sf aquila verify --target-org <org>';

const gateway =
  'Its password goes to the service behind the Delegated Gateway URL, which decides. Where there is none, no password is right; no API shows the URL, so look.';

const permissionHidden: Remark = {
  status: 'unknown',
  text: 'the org does not show who has the permission "Is Single Sign-On Enabled"',
  fix: 'look in Setup > Users > <username>: in the profile and the permission sets, System Permissions > Is Single Sign-On Enabled',
};

const isHidden = ({ enabled, user }: DelegatedAuthentication): boolean =>
  enabled === true && user !== undefined && user.through === undefined;

const isClosed = ({ enabled, user }: DelegatedAuthentication): boolean =>
  enabled === true && (user?.through ?? []).length > 0;

/** Whether Salesforce itself takes a password of the user. */
export function passwordRemarks(delegated: DelegatedAuthentication): Remark[] {
  const { enabled, user } = delegated;
  if (enabled === undefined) return [notShown(delegatedPlace)];
  if (isHidden(delegated)) return [permissionHidden];
  if (isClosed(delegated)) return [];
  const turnOn = `Setup > ${delegatedPlace}: select it, with no Delegated Gateway URL`;
  return [
    {
      status: 'warn',
      text: `a password of ${user?.username ?? ''}, if it has one, opens the org`,
      fix: enabled ? givePermission : `${turnOn}\n${givePermission}`,
    },
  ];
}

/** What is seen of the user, whatever it means. */
export function passwordNotes(delegated: DelegatedAuthentication): string[] {
  const { user } = delegated;
  return [
    ...(user && !isHidden(delegated) ? [permission(user.username, user.through)] : []),
    ...(isClosed(delegated) ? [gateway] : []),
    'AQUILA logs in by JWT bearer and sends no password.',
  ];
}

function permission(username: string, through: string[] | undefined): string {
  if (through === undefined)
    return `${username}: the permission "Is Single Sign-On Enabled" does not exist while the feature is off`;
  return through.length === 0
    ? `${username}: does not have the permission "Is Single Sign-On Enabled"`
    : `${username}: has the permission "Is Single Sign-On Enabled" by the ${through.join(', ')}`;
}
