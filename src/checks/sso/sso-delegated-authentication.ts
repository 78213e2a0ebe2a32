import { defineCheck, pass, skip, unknown, warn } from '../define.ts';
import { flowDetail } from '../flow/evidence.ts';

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
    const closed = enabled === true && through.length > 0;
    const { detail, data } = flowDetail(
      enabled === true
        ? 'delegated authentication is on'
        : 'delegated authentication is off: Salesforce checks every password itself',
      { 'Security.singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled': enabled ?? null },
      place,
      ...(user ? [permission(user.username, user.through)] : []),
      ...(closed
        ? [
            'Whose password it is, the service behind the Delegated Gateway URL decides; without one, no password is right.',
          ]
        : []),
      'AQUILA sends no password.'
    );
    if (enabled === undefined) return unknown(detail, { data, fix: `look in Setup > ${place}` });
    if (user === undefined) return skip(`${detail}\nwhether it covers the integration user, --username would tell`);
    const more = { ...data, username: user.username, through };
    if (closed) return pass(detail, { data: more });
    return warn(`${detail}\na password of ${user.username}, if it has one, opens the org`, {
      data: more,
      fix: enabled ? give : `${turnOn}\n${give}`,
    });
  },
});

const permission = (username: string, through: string[] | undefined): string => {
  if (through === undefined)
    return `${username}: this org does not have the permission "Is Single Sign-On Enabled" now`;
  return through.length === 0
    ? `${username}: has not the permission "Is Single Sign-On Enabled"`
    : `${username}: has the permission "Is Single Sign-On Enabled" by the ${through.join(', ')}`;
};
