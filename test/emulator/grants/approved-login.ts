import type { GrantRequest } from '../token-endpoint.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App, OrgState, User } from '../state.ts';
import type { Answers, Switches } from '../switches.ts';

/** Refuses with the row that `switches.answers` has for a situation, if the situation is there and not accepted. */
export type Judge = (situation: keyof Answers, found: boolean) => void;

export const judgeBy =
  ({ answers }: Switches): Judge =>
  (situation, found) => {
    const row = answers[situation];
    if (found && row !== 'accept') throw new Refusal(row, situation);
  };

/** The app that an assertion was issued by, if it may log in by one at this host. */
export function judgeIssuer({ world, face, now }: GrantRequest, issuer: unknown, judge: Judge): App {
  const { org, switches } = world;
  const app = typeof issuer === 'string' ? org.app(issuer) : undefined;
  if (!app) throw new Refusal(switches.answers.unknownClient, 'unknownClient');
  judge('externalAppAtLoginHost', app.kind === 'external-client-app' && face === 'login');
  judge('notYetKnown', now - app.changedAt < switches.propagationSeconds * 1000);
  judge('disabledApp', !app.enabled || !app.oauthEnabled);
  judge('uninstalledApp', !app.installed);
  judge('blockedApp', app.blocked);
  judge('jwtFlowOff', !app.jwtBearer);
  return app;
}

/** The user that an assertion names, if an earlier approval lets that user log in through the app; counts the login. */
export function judgeSubject(request: GrantRequest, name: unknown, app: App, judge: Judge): User {
  const { org, switches } = request.world;
  const user = judgeUser(request, name, judge);
  const counted = countLogin(request, user, judge);
  try {
    judge('ipRestricted', user.ipRestricted || app.ipRestricted);
    judgeApproval(org, user, app, judge);
  } catch (error) {
    if (!switches.failedLoginsCount) counted.undo();
    throw error;
  }
  return user;
}

function judgeUser({ world, face }: GrantRequest, name: unknown, judge: Judge): User {
  const { org, switches } = world;
  const served = face === 'my-domain' || org.facts.servedByLoginHost;
  const user = typeof name === 'string' && served ? org.user(name) : undefined;
  if (!user) throw new Refusal(switches.answers.unknownUser, 'unknownUser');
  judge('inactiveUser', !user.active);
  judge('frozenUser', user.frozen);
  judge('passwordExpired', user.passwordExpired);
  judge('highAssuranceOrg', org.facts.highAssurance);
  return user;
}

/** Counts this login against the limit per hour (docs/reference/salesforce-oauth.md §6). */
function countLogin({ world, now }: GrantRequest, user: User, judge: Judge): { undo: () => void } {
  const { org } = world;
  const recent = (org.logins.get(user.id) ?? []).filter((time) => time > now - 3_600_000);
  judge('loginRate', recent.length >= org.facts.loginLimit);
  org.logins.set(user.id, [...recent, now]);
  return { undo: () => org.logins.set(user.id, recent) };
}

function judgeApproval(org: OrgState, user: User, app: App, judge: Judge): void {
  const refreshes = (scope: string): boolean => scope === 'refresh_token' || scope === 'offline_access';
  judge('refreshScopeMissing', !app.scopes.some(refreshes));
  judge('noStandardScope', app.scopes.every(refreshes));
  if (app.permittedUsers === 'admin-approved') {
    const assigned =
      app.profiles.includes(user.profile) || org.permissionSetsOf(user).some((set) => app.permissionSets.includes(set));
    judge('notPreauthorized', !assigned);
  } else {
    judge('notApproved', ![...app.approvals].some((name) => name.toLowerCase() === user.username.toLowerCase()));
  }
  judge('apiDisabled', !org.permissionsOf(user).apiEnabled);
}
