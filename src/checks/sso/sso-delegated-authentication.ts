import { defineCheck, skip } from '../define.ts';
import { notShown, verdictOf, type Remark } from './remarks.ts';

const place = 'Single Sign-On Settings > Delegated Authentication > Disable login with Salesforce credentials';
const turnOn = `Setup > ${place}: select it, with no Delegated Gateway URL`;
const give =
  'Setup > Permission Sets > New > System Permissions > Is Single Sign-On Enabled; then assign it to <username>, and never to the last ' +
  'administrator without another way in\nThat JWT bearer stays as it is, Salesforce does not say; so try it afterwards: sf aquila verify';

export default defineCheck({
  id: 'sso-delegated-authentication',
  title: 'Salesforce itself takes no password of the integration user',
  why: 'AQUILA logs in by JWT bearer and needs no password, so one that works is a second way in that nobody watches.',
  fix: give,
  needs: ['delegatedAuthentication'],
  reads: 'delegatedAuthentication',
  judge: ({ delegatedAuthentication: { enabled, user } }) => {
    const through = user?.through ?? [];
    const isClosed = enabled === true && through.length > 0;
    const open: Remark = {
      status: 'warn',
      text: `a password of ${user?.username ?? ''}, if it has one, opens the org`,
      fix: enabled ? give : `${turnOn}\n${give}`,
    };
    const isHidden = enabled === true && user !== undefined && user.through === undefined;
    const doubt = isHidden ? permissionHidden : notShown(place);
    const verdict = verdictOf(enabled === undefined || isHidden ? [doubt] : isClosed ? [] : [open], {
      found: `delegated authentication is ${enabled ? 'on' : 'off: Salesforce checks every password itself'}`,
      seen: { 'Security.singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled': enabled ?? null },
      place,
      notes: [
        ...(user && !isHidden ? [permission(user.username, user.through)] : []),
        ...(isClosed ? [gateway] : []),
        noPassword,
      ],
      data: { username: user?.username ?? null, through },
    });
    // Without a name nothing is known of the password that this is about.
    const isAsked = user !== undefined || enabled === undefined;
    return isAsked
      ? verdict
      : skip('give --username, the integration user, to see whether a password of it opens the org');
  },
});

const noPassword = 'AQUILA logs in by JWT bearer and sends no password.';
const permissionHidden: Remark = {
  status: 'unknown',
  text: 'the org does not show who has the permission "Is Single Sign-On Enabled"',
  fix: 'look in Setup > Users > <username>: in the profile and the permission sets, System Permissions > Is Single Sign-On Enabled',
};
const gateway =
  'Its password goes to the service behind the Delegated Gateway URL, which decides. Where there is none, no password is right; no API shows the URL, so look.';

const permission = (username: string, through: string[] | undefined): string => {
  if (through === undefined)
    return `${username}: the permission "Is Single Sign-On Enabled" does not exist while the feature is off`;
  return through.length === 0
    ? `${username}: does not have the permission "Is Single Sign-On Enabled"`
    : `${username}: has the permission "Is Single Sign-On Enabled" by the ${through.join(', ')}`;
};
