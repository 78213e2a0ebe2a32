import { aquilaError } from '../errors.ts';
import { once } from './once.ts';
import { nearestUser } from './preauthorisation.ts';
import type { Answer, OrgSession } from './session.ts';
import { soqlText } from './soql.ts';

type UserRow = { Id: string; IsActive: boolean };
type HistoryRow = { LoginTime: string; Status: string; Application?: string | null; LoginType?: string | null };

/** One line of the Login History, with the org's own words. */
export type HistoryEntry = { time: string; status: string; application: string; loginType: string };

/** What an administrator sees of one user. The user is looked up once for both questions. */
export class UserReader {
  readonly #session: OrgSession;
  readonly #user: () => Promise<Answer<UserRow>>;

  constructor(session: OrgSession, username: string) {
    this.#session = session;
    this.#user = once(async () => {
      const found = await session.query<UserRow>(
        `SELECT Id, IsActive FROM User WHERE Username = ${soqlText(username)}`
      );
      if ('refused' in found) return found;
      const [user] = found.value;
      if (!user) throw aquilaError('UserUnknown', [username], [await nearestUser(session, username), session.name]);
      return { value: user };
    });
  }

  /** @throws UserUnknown where nobody in the org has the username */
  async state(): Promise<Answer<{ active: boolean; frozen: boolean | undefined }>> {
    const user = await this.#user();
    if ('refused' in user) return user;
    const logins = await this.#session.query<{ IsFrozen: boolean }>(
      `SELECT IsFrozen FROM UserLogin WHERE UserId = ${soqlText(user.value.Id)}`
    );
    if ('refused' in logins) return { value: { active: user.value.IsActive, frozen: undefined } };
    return { value: { active: user.value.IsActive, frozen: logins.value.some(({ IsFrozen }) => IsFrozen) } };
  }

  /** @throws UserUnknown where nobody in the org has the username */
  async newestLogin(): Promise<Answer<HistoryEntry | undefined>> {
    const user = await this.#user();
    if ('refused' in user) return user;
    const history = await this.#session.query<HistoryRow>(
      `SELECT LoginTime, Status, Application, LoginType FROM LoginHistory WHERE UserId = ${soqlText(user.value.Id)} ` +
        'ORDER BY LoginTime DESC LIMIT 1'
    );
    if ('refused' in history) return history;
    const [row] = history.value;
    return {
      value: row && {
        time: row.LoginTime,
        status: row.Status,
        application: row.Application ?? '',
        loginType: row.LoginType ?? '',
      },
    };
  }
}
