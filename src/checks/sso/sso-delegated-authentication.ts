import { defineCheck, skip } from '../define.ts';
import { notShown, verdictOf, type Remark } from './remarks.ts';

const place = 'Single Sign-On Settings > Delegated Authentication > Disable login with Salesforce credentials';
const turnOn = `Setup > ${place}: select it, with no Delegated Gateway URL`;
const give =
  'Setup > Permission Sets > New > System Permissions > Is Single Sign-On Enabled; then assign it to <username>, and never to the last ' +
  'administrator without another way in';

export default defineCheck({
  id: 'sso-delegated-authentication',
  title: 'the integration user has no password that opens the org',
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
    const verdict = verdictOf(enabled === undefined ? [notShown(place)] : isClosed ? [] : [open], {
      found: `delegated authentication is ${enabled ? 'on' : 'off: Salesforce checks every password itself'}`,
      seen: { 'Security.singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled': enabled ?? null },
      place,
      notes: [...(user ? [permission(user.username, user.through)] : []), ...(isClosed ? [gateway] : []), noPassword],
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
const gateway =
  'Its password goes to the service behind the Delegated Gateway URL, which decides; where there is none, no password is right.';

const permission = (username: string, through: string[] | undefined): string => {
  if (through === undefined)
    return `${username}: the permission "Is Single Sign-On Enabled" does not exist while the feature is off`;
  return through.length === 0
    ? `${username}: does not have the permission "Is Single Sign-On Enabled"`
    : `${username}: has the permission "Is Single Sign-On Enabled" by the ${through.join(', ')}`;
};
