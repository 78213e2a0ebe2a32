import type { OrgOauth } from '../app/org-settings.ts';

/** What is read of the flows of OAuth that an org and an app leave open, with an administrator's session. */
export type FlowRead = {
  orgOauth: OrgOauth;
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

/** What is read of the flows if it can be. */
export type FlowAside = {
  /** Undefined where the administrator may not see the logins of others. */
  flowLogins: FlowLogins | undefined;
};
