import type { AppHeader, AppPolicy } from '../app/settings.ts';
import type { DataRead } from '../checks/data-facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import { once } from '../org/once.ts';
import type { OrgSession } from '../org/session.ts';
import { UserReader } from '../org/user-state.ts';
import { makeTokenReaders, type TokenSources } from './collected.ts';
import { readLoginHistory } from './login-history.ts';
import { readSessionLifetime } from './session-lifetime.ts';
import { readUserState } from './user.ts';

export type DataSources = Omit<TokenSources, 'admin'> & {
  /** What `--admin-org` lends: the session, and what is read of the app with it. */
  admin?:
    | {
        session: OrgSession;
        app: () => Promise<Reading<AppHeader>>;
        appPolicy: () => Promise<Reading<AppPolicy>>;
      }
    | undefined;
};

/**
 * One reader per fact of the rooms user and data. With the token of the attempt two requests follow it at most: a query and the download.
 * With an administrator's session two follow a refused login: the user, and what is asked about that user.
 */
export function makeDataReaders(sources: DataSources): Readers<keyof DataRead | 'loginHistory'> {
  const { login, tried, admin } = sources;
  const user = admin && new UserReader(admin.session, login.username);
  return {
    ...makeTokenReaders({ ...sources, admin: admin?.session }),
    userState: once(async () => readUserState(await tried(), admin && user && { user, app: admin.app })),
    sessionLifetime: once(() => readSessionLifetime(tried, admin)),
    loginHistory: once(async () => readLoginHistory(await tried(), user)),
  };
}
