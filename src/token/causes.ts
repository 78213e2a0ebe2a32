import type { Cause } from './cause.ts';
import { bringUpToDate, policies, settings } from './setup-places.ts';

/** Every cause that docs/reference/salesforce-oauth.md §1.4 names, once. */
export const causes = {
  notPreAuthorised: {
    id: 'not-pre-authorised',
    text: 'the user is not pre-authorised for the app, or the app still lets users authorise themselves',
    fix: `${bringUpToDate} --username <username>`,
    sure: true,
  },
  notApproved: {
    id: 'not-pre-authorised',
    text: 'the app admits only users that an admin approved, and the user has no profile or permission set of the app',
    fix: `${bringUpToDate} --username <username>`,
    sure: true,
  },
  notReplicated: {
    id: 'not-replicated',
    text: 'the app or a change to it is not yet known everywhere; that takes 2 to 10 minutes, by some reports 30',
    fix: 'wait ten minutes and try again',
    sure: true,
  },
  wrongHost: {
    id: 'wrong-host',
    text: 'the request went to a host that does not serve this org or app',
    fix: 'use the My Domain address of the org (Setup > My Domain) as the instance URL and as the audience',
    sure: true,
  },
  externalAppHost: {
    id: 'wrong-host',
    text: 'an external client app logs in only through the My Domain of its own org, never through login.salesforce.com or test.salesforce.com',
    fix: 'use the My Domain address of the org (Setup > My Domain) as the instance URL and as the audience',
    sure: true,
  },
  wrongUsername: {
    id: 'wrong-username',
    text: 'the username does not exist in this org; it is not the e-mail address, and a sandbox adds a suffix to it',
    fix: 'copy the username from Setup > Users',
    sure: false,
  },
  approvalsGone: {
    id: 'approvals-gone',
    text: 'the sandbox was refreshed, and approvals, assignments and certificate went with it',
    fix: `${bringUpToDate} --username <username> --certificate-file <certificate>`,
    sure: false,
  },
  keyMismatch: {
    id: 'key-mismatch',
    text: 'the private key does not belong to the certificate that the app holds',
    fix: `give the app the certificate that was made with this key: ${bringUpToDate} --certificate-file <certificate>`,
    sure: true,
  },
  justEdited: {
    id: 'app-just-edited',
    text: 'the app was edited a moment ago, or its certificate was cleared by a deployment',
    fix: `wait ten minutes; if it stays, give the app its certificate again: ${bringUpToDate} --certificate-file <certificate>`,
    sure: true,
  },
  audience: {
    id: 'audience-mismatch',
    text: 'the audience does not belong to the host that was asked',
    fix: 'use the My Domain address of the org (Setup > My Domain) for both',
    sure: true,
  },
  clock: {
    id: 'clock',
    text: 'the clock of this machine is wrong, or local time was taken as UTC',
    fix: 'set the clock (a time service keeps it right), then try again',
    sure: true,
  },
  clientId: {
    id: 'wrong-client-id',
    text: 'no app with this client id is known at this host: a typing error, a lost character, a deleted app, or one of another org',
    fix: `copy the consumer key again: ${settings} > Consumer Key and Secret`,
    sure: true,
  },
  appDisabled: {
    id: 'app-disabled',
    text: 'the app is disabled or absent in this org',
    fix: bringUpToDate,
    sure: false,
  },
  scope: {
    id: 'scope-missing',
    text: 'the app lacks the scope "Perform requests at any time (refresh_token, offline_access)", which is required although this flow never issues a refresh token',
    fix: bringUpToDate,
    sure: true,
  },
  ip: {
    id: 'ip-restricted',
    text: 'the address of this machine is outside the login IP ranges of the profile, or the app enforces IP restrictions',
    fix: `Setup > Profiles > the user's profile > Login IP Ranges: add the address; or ${policies}: relax IP restrictions`,
    sure: true,
  },
  hours: {
    id: 'login-hours',
    text: 'the profile does not allow a login at this hour',
    fix: "Setup > Profiles > the user's profile > Login Hours",
    sure: false,
  },
  rate: {
    id: 'login-rate',
    text: 'the user logged in more than 3600 times within an hour',
    fix: 'find the client that logs in again and again (Setup > Login History), stop it, and wait an hour',
    sure: true,
  },
  inactive: {
    id: 'user-inactive',
    text: 'the user is inactive or frozen',
    fix: 'Setup > Users > the user: activate or unfreeze',
    sure: false,
  },
  orgInactive: {
    id: 'org-inactive',
    text: 'the org is inactive or locked',
    fix: 'ask Salesforce support to unlock the org',
    sure: true,
  },
  locked: {
    id: 'password-or-lock',
    text: 'the user can not log in now: inactive, frozen, locked, or unknown at this host',
    fix: 'Setup > Users > the user, and Setup > Login History for the exact reason',
    sure: false,
  },
  secret: {
    id: 'client-secret',
    text: 'the client secret is wrong; this flow sends none, so something between this machine and Salesforce may add one',
    fix: `look for a gateway that rewrites requests, and give the app the certificate that was made with this key: ${bringUpToDate} --certificate-file <certificate>`,
    sure: false,
  },
  notInstalled: {
    id: 'app-not-installed',
    text: 'the app is not installed in this org, and the user may not use uninstalled apps',
    fix: 'Setup > Connected Apps OAuth Usage: install the app, or give the user "Approve Uninstalled Connected Apps"',
    sure: true,
  },
  notTokenEndpoint: {
    id: 'not-a-token-endpoint',
    text: 'the address is not a token endpoint of Salesforce: a Lightning page, a proxy or another service answered',
    fix: 'use the My Domain address of the org (Setup > My Domain)',
    sure: true,
  },
  transient: {
    id: 'transient',
    text: 'Salesforce could not answer just now',
    fix: 'try again in a minute; see status.salesforce.com',
    sure: true,
  },
  scopeSent: {
    id: 'scope-sent',
    text: 'a scope was sent with the request; this plugin sends none, so something between this machine and Salesforce adds one',
    fix: 'look for a gateway or proxy that rewrites requests',
    sure: false,
  },
  maintenance: {
    id: 'maintenance',
    text: 'the org is under maintenance or not ready, and a page came in place of an answer',
    fix: 'see status.salesforce.com for the instance of the org, and try again later',
    sure: true,
  },
  activation: {
    id: 'activation',
    text: 'the activation of the user or device is not complete',
    fix: 'log in once with the browser as this user',
    sure: false,
  },
  instanceUrlWithoutTls: {
    id: 'instance-url-without-tls',
    text: 'not Salesforce alone answered: an org names an https address, and the token was thrown away, since anybody could read it on its way to this one',
    fix: 'use the My Domain address of the org (Setup > My Domain), and look for a gateway or proxy that rewrites answers',
    sure: false,
  },
} as const satisfies Record<string, Cause>;
