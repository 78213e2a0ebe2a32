import type { OrgOauth } from '../../src/app/org-settings.ts';
import type { FlowLogins } from '../../src/checks/flow-facts.ts';

/** Facts of the flows of OAuth in an org where none is open without need, and what a test changes in them. */

export const orgOauth = (changes: Partial<OrgOauth> = {}): OrgOauth => ({
  usernamePasswordBlocked: true,
  userAgentBlocked: true,
  pkceRequired: true,
  codeCredentials: false,
  adminApprovedAppsOnly: false,
  ...changes,
});

export const flowLogins = (changes: Partial<FlowLogins['flows']> = {}): FlowLogins => {
  const none = { logins: 0, users: 0 };
  return {
    days: 30,
    complete: true,
    flows: { 'username-password': none, 'user-agent': none, 'web-server': none, ...changes },
  };
};
