import { createHash } from 'node:crypto';
import type { Context } from '../http.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App, OrgState, User } from '../state.ts';
import type { Answers } from '../switches.ts';

/** A user's password: the same for the same username. */
export const passwordOf = ({ username }: User): string => `Passw0rd of ${username}`;

/** What Salesforce mails to a user to be put behind the password: 24 characters. */
export const securityTokenOf = ({ username }: User): string =>
  createHash('sha256').update(`security token of ${username}`).digest('base64url').slice(0, 24);

/** Whether profile or permission set of the user belongs to an admin-approved app. */
export const preauthorized = (org: OrgState, user: User, app: App): boolean =>
  app.profiles.includes(user.profile) || org.permissionSetsOf(user).some((set) => app.permissionSets.includes(set));

/** Refuses a user who may not log in, then counts the login against the limit per hour (docs/reference/salesforce-oauth.md §1.4, §6). */
export function judgeUser({ world, now }: Context, user: User, app: App): void {
  const { org, switches } = world;
  const recent = (org.logins.get(user.id) ?? []).filter((time) => time > now - 3_600_000);
  const situations: Array<[keyof Answers, boolean]> = [
    ['inactiveUser', !user.active],
    ['frozenUser', user.frozen],
    ['loginRate', recent.length >= org.facts.loginLimit],
    ['ipRestricted', user.ipRestricted || app.ipRestricted],
  ];
  for (const [situation, found] of situations) {
    const row = switches.answers[situation];
    if (found && row !== 'accept') throw new Refusal(row, situation);
  }
  org.logins.set(user.id, [...recent, now]);
}
