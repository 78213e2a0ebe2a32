import { defineCheck, skip } from '../define.ts';
import { delegatedPlace as place, givePermission, passwordNotes, passwordRemarks } from './password-login.ts';
import { verdictOf } from './remarks.ts';

export default defineCheck({
  id: 'sso-delegated-authentication',
  title: 'Salesforce itself takes no password of the integration user',
  why: 'AQUILA logs in by JWT bearer and needs no password, so one that works is a second way in that nobody watches.',
  fix: givePermission,
  needs: ['delegatedAuthentication'],
  reads: 'delegatedAuthentication',
  judge: ({ delegatedAuthentication }) => {
    const { enabled, user } = delegatedAuthentication;
    // Without a name nothing is known of the password that this is about.
    if (user === undefined && enabled !== undefined)
      return skip('give --username, the integration user, to see whether a password of it opens the org');
    return verdictOf(passwordRemarks(delegatedAuthentication), {
      found: `delegated authentication is ${enabled ? 'on' : 'off: Salesforce checks every password itself'}`,
      seen: { 'Security.singleSignOnSettings.isLoginWithSalesforceCredentialsDisabled': enabled ?? null },
      place,
      notes: passwordNotes(delegatedAuthentication),
      data: { username: user?.username ?? null, through: user?.through ?? [] },
    });
  },
});
