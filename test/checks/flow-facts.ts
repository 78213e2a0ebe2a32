import type { OrgOauth } from '../../src/app/org-settings.ts';
import type { AppExchange } from '../../src/app/settings.ts';
import type { AppTokens, FlowLogins, NamableUsers, RunAs } from '../../src/checks/flow-facts.ts';

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

export const appExchange = (changes: Partial<AppExchange> = {}): AppExchange => ({
  allowed: false,
  assetTokens: [],
  ...changes,
});

/** A user as the flow should have one. */
export const runAs = (changes: Partial<RunAs> = {}): RunAs => ({
  username: 'integration@acme.com',
  active: true,
  powers: [],
  apiOnly: true,
  ...changes,
});

export const namableUsers = (...usernames: string[]): NamableUsers => ({
  usernames: usernames.length === 0 ? ['integration@acme.com'] : usernames,
  complete: true,
});

export const appTokens = (changes: Partial<AppTokens> = {}): AppTokens => ({
  tokens: 0,
  users: 0,
  lastUsed: undefined,
  complete: true,
  ...changes,
});
