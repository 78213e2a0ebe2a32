import type { OrgOauth } from '../app/org-settings.ts';
import type { AppExchange } from '../app/settings.ts';

/** A far-reaching permission in the words of Setup, and the profile or permission set that gives it. */
export type Power = { permission: string; through: string };

/** The user that client credentials run as. */
export type RunAs = {
  username: string;
  /** Undefined where the org does not show it. */
  active: boolean | undefined;
  /** Permissions that a program which reads logs does not need; undefined where the org does not show them. */
  powers: readonly Power[] | undefined;
  /** The user can't log in to the pages of Salesforce. */
  apiOnly: boolean | undefined;
};

/** Whom an assertion that is signed with the app's key can name. */
export type NamableUsers = { usernames: readonly string[]; /** False where there are more. */ complete: boolean };

/** What clients need that register themselves: a place to do so, and an app that could give them the token for it. */
export type Registration = {
  /** Null: the org names none; undefined: it does not say. */
  endpoint: string | null | undefined;
  /** Connected apps of this org with OAuth, by developer name. */
  apps: readonly string[];
};

/** What is read of the flows of OAuth that an org and an app leave open, with an administrator's session. */
export type FlowRead = {
  orgOauth: OrgOauth;
  appExchange: AppExchange;
  /** Undefined where nobody is named. */
  runAs: RunAs | undefined;
  namableUsers: NamableUsers;
  registration: Registration;
};

/** Flows of a person that the Login History tells apart. */
export type FlowName = 'username-password' | 'user-agent' | 'web-server';

/** Logins that succeeded, flow by flow. */
export type FlowLogins = {
  days: number;
  /** False where the org has more lines than were asked for. */
  complete: boolean;
  flows: Readonly<Record<FlowName, { logins: number; users: number }>>;
};

/** Tokens of the app that the org still honours. */
export type AppTokens = {
  tokens: number;
  users: number;
  /** ISO 8601; undefined: none was used. */
  lastUsed: string | undefined;
  complete: boolean;
};

/** What is read of the flows if it can be. */
export type FlowAside = {
  /** Undefined where the administrator may not see the logins of others. */
  flowLogins: FlowLogins | undefined;
  /** Undefined where the administrator may not see the tokens of others. */
  appTokens: AppTokens | undefined;
};
